"""Offers of carpooling, by their driver: publish, look at, change, pause, resume, withdraw, take back, confirm."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint

from api.carpool import offer_acts
from api.parse.bodies.carpool import OfferChange, OfferRequest
from api.present import carpool as present
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, json_body, signed_in
from mobility.carpool.offer import Offer, OfferId
from mobility.privacy.register import LIMITS, OFFER, SESSION


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("carpool_offers", __name__, url_prefix="/api/carpool")

    @bp.get("/offers")
    @uses(OFFER, SESSION)
    def mine() -> Json:
        return _told(service, service.carpooling().registry.of_driver(signed_in(service).id))

    @bp.post("/offers")
    @uses(OFFER, SESSION, LIMITS)
    def publish() -> Json:
        driver = signed_in(service).id
        return _told(service, offer_acts.publish(service, driver, json_body(OfferRequest)))

    @bp.post("/preview")
    @uses(OFFER, SESSION, LIMITS)
    def preview() -> Json:
        driver = signed_in(service).id
        return _told(service, offer_acts.preview(service, driver, json_body(OfferRequest)))

    @bp.get("/offers/<id>")
    @uses(OFFER, SESSION)
    def one(id: str) -> Json:
        return _one(service, service.carpooling().registry.of_driver_by_id(signed_in(service).id, OfferId(id)))

    @bp.patch("/offers/<id>")
    @uses(OFFER, SESSION, LIMITS)
    def change(id: str) -> Json:
        driver = signed_in(service).id
        return _one(service, offer_acts.change(service, driver, OfferId(id), json_body(OfferChange)))

    @bp.post("/offers/<id>/confirm")
    @uses(OFFER, SESSION, LIMITS)
    def confirm(id: str) -> Json:
        return _one(service, offer_acts.confirm(service, signed_in(service).id, OfferId(id)))

    for verb in offer_acts.STATUSES:
        bp.add_url_rule(f"/offers/<id>/{verb}", verb, _becoming(service, verb), methods=["POST"])
    return bp


def _becoming(service: Service, verb: str) -> Callable[[str], Json]:
    @uses(OFFER, SESSION, LIMITS)
    def view(id: str) -> Json:
        return _one(service, offer_acts.become(service, signed_in(service).id, OfferId(id), verb))

    return view


def _one(service: Service, offer: Offer) -> Json:
    return present.offer(offer, service.config.carpool.cost_cents_per_km)


def _told(service: Service, offers: Sequence[Offer]) -> Json:
    return present.offers(offers, service.config.carpool.cost_cents_per_km)
