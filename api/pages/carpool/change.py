"""Changing an offer: its days, time, seats, price and what else it says; its ends stay."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from api.carpool import offer_acts, ride_acts
from api.pages.carpool import offer_form as forms
from api.pages.carpool.faults import body_of
from api.pages.carpool.frame import carpool_page
from api.pages.carpool.mine import back
from api.pages.carpool.offer_form import OfferForm
from api.pages.carpool.offers import offer_card
from api.pages.carpool.publish import choices, faults
from api.pages.frame import Frame, frame
from api.pages.session import Visitor, sender, visitor
from api.parse.bodies.carpool import OfferChange
from api.present import carpool as present
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from mobility.carpool.offer import OfferId
from mobility.errors import MobilityError
from mobility.privacy.register import LIMITS, OFFER, SESSION


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/offers/<id>/change")
    @uses(OFFER, SESSION)
    def change_form(id: str) -> ResponseReturnValue:
        of, who = frame(service), visitor(service)
        offer = _offer(of, who, id)
        return _page(of, who, offer, forms.of_offer(offer))

    @bp.post("/offers/<id>/change")
    @uses(OFFER, SESSION, LIMITS)
    def change(id: str) -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        offer, form = _offer(of, who, id), forms.read(of, request.form)
        if request.form.get("step") != "save":
            return _page(of, who, offer, form)
        agreed = ride_acts.seats_agreed(service, who.account.id, OfferId(id))
        try:
            offer_acts.change(service, who.account.id, OfferId(id), body_of(OfferChange, _changed(form, offer)))
        except MobilityError as error:
            return _page(of, who, offer, form, error)
        return back("changed", id, agreed - ride_acts.seats_agreed(service, who.account.id, OfferId(id)))


def _offer(of: Frame, who: Visitor, id: str) -> Json:
    """Raises NotFound."""
    found = of.service.carpooling().registry.of_driver_by_id(who.account.id, OfferId(id))
    return present.offer(found, of.service.config.carpool.cost_cents_per_km)


def _changed(form: OfferForm, offer: Json) -> Json:
    """The days stay as they were, exceptions and all, where nobody touched them."""
    changed = form.terms()
    return changed if form.schedule() == forms.of_offer(offer).schedule() else changed | form.schedule()


def _page(
    of: Frame, who: Visitor, offer: Json, form: OfferForm, error: MobilityError | None = None
) -> ResponseReturnValue:
    given = {"form": form, "faults": faults(of, error), "among": choices(of)}
    return carpool_page("carpool/change.html", of, who, error, card=offer_card(offer, of.said), **given)
