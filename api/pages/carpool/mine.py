"""My offers with who asks for a seat, my own asks, and what becomes of an offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from api.carpool import offer_acts, ride_acts
from api.pages.carpool.frame import carpool_page
from api.pages.carpool.offers import OfferCard, offer_card
from api.pages.carpool.rides import RideCard, booking_card
from api.pages.frame import Frame, frame, href
from api.pages.session import sender, visitor
from api.present import carpool as present
from api.present import carpool_rides as present_rides
from api.privacy.uses import uses
from api.problems import kind_of
from api.service import Service
from mobility.carpool.offer import AccountId, OfferId
from mobility.errors import InTwoCars, PriceTooHigh
from mobility.privacy.register import BOOKING, LIMITS, OFFER, SESSION

REFUSED = (PriceTooHigh, InTwoCars)
"""What keeps an offer from being shown again; said by the problem's name."""
DONE = frozenset({"published", "changed", "confirmed", "asked", "price-too-high", "in-two-cars", *offer_acts.STATUSES})
"""What the page says that was done just before."""


@dataclass(frozen=True, slots=True)
class Mine:
    """asks: of each offer, by its id. rides: asked for. over: of both kinds."""

    offers: tuple[OfferCard, ...]
    asks: dict[str, list[RideCard]]
    rides: tuple[RideCard, ...]
    over: tuple[RideCard, ...]


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/mine")
    @uses(OFFER, BOOKING, SESSION)
    def mine() -> ResponseReturnValue:
        of, who = frame(service), visitor(service)
        done = request.args.get("done", "")
        found = _mine(of, who.account.id)
        return carpool_page("carpool/mine.html", of, who, mine=found, done=done if done in DONE else "")

    @bp.post("/offers/<id>/confirm")
    @uses(OFFER, SESSION, LIMITS)
    def confirm(id: str) -> ResponseReturnValue:
        account = sender(service).account.id
        return _tried("confirmed", id, lambda: offer_acts.confirm(service, account, OfferId(id)))

    for verb in offer_acts.STATUSES:
        bp.add_url_rule(f"/offers/<id>/{verb}", verb, _becoming(service, verb), methods=["POST"])


def _becoming(service: Service, verb: str) -> Callable[[str], ResponseReturnValue]:
    @uses(OFFER, SESSION, LIMITS)
    def view(id: str) -> ResponseReturnValue:
        account = sender(service).account.id
        return _tried(verb, id, lambda: offer_acts.become(service, account, OfferId(id), verb))

    return view


def _tried(done: str, offer: str, act: Callable[[], object]) -> ResponseReturnValue:
    try:
        act()
    except REFUSED as error:
        done = kind_of(error).name
    return _back(done, offer)


def _back(done: str, offer: str) -> ResponseReturnValue:
    return redirect(f"{href('/carpool/mine', done=done)}#offer-{offer}", 303)


def _mine(of: Frame, account: AccountId) -> Mine:
    service, zone = of.service, of.asking.territory.zone
    cents = service.config.carpool.cost_cents_per_km
    offers = [present.offer(one, cents) for one in service.carpooling().registry.of_driver(account)]
    booked = [present_rides.booking(one, service.now()) for one in ride_acts.bookings(service, account)]
    rides = [booking_card(one, zone, of.said) for one in booked]
    asks: dict[str, list[RideCard]] = {offer["id"]: [] for offer in offers}
    for ride in rides:
        if ride.drives and ride.open and ride.offer in asks:
            asks[ride.offer].append(ride)
    return Mine(
        offers=tuple(offer_card(one, of.said) for one in offers),
        asks=asks,
        rides=tuple(ride for ride in rides if ride.open and not ride.drives),
        over=tuple(ride for ride in rides if not ride.open),
    )
