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
from mobility.carpool.booking import LOST, Side
from mobility.carpool.offer import AccountId, OfferId
from mobility.carpool.rides import Shared
from mobility.errors import InTwoCars, PriceTooHigh
from mobility.privacy.register import BOOKING, LIMITS, OFFER, SESSION

REFUSED = (PriceTooHigh, InTwoCars)
"""What keeps an offer from being shown again; said by the problem's name."""
DONE = frozenset({"published", "changed", "confirmed", "asked", "price-too-high", "in-two-cars", *offer_acts.STATUSES})
"""What the page says that was done just before."""


@dataclass(frozen=True, slots=True)
class Mine:
    """asks: of each offer, by its id. rides: asked for. lost: asked for, not had, and to leave yet. given_up: agreed,
    given up by who was to ride along, and to leave yet. over: the others that are done with, of both kinds."""

    offers: tuple[OfferCard, ...]
    asks: dict[str, list[RideCard]]
    rides: tuple[RideCard, ...]
    lost: tuple[RideCard, ...]
    given_up: tuple[RideCard, ...]
    over: tuple[RideCard, ...]


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/mine")
    @uses(OFFER, BOOKING, SESSION)
    def mine() -> ResponseReturnValue:
        of, who = frame(service), visitor(service)
        done, seats_lost = _what_was_done(request.args.get("done", ""))
        found = _mine(of, who.account.id)
        return carpool_page("carpool/mine.html", of, who, mine=found, done=done, seats_lost=seats_lost)

    @bp.post("/offers/<id>/confirm")
    @uses(OFFER, SESSION, LIMITS)
    def confirm(id: str) -> ResponseReturnValue:
        account = sender(service).account.id
        return back(_tried("confirmed", lambda: offer_acts.confirm(service, account, OfferId(id))), id)

    for verb in offer_acts.STATUSES:
        bp.add_url_rule(f"/offers/<id>/{verb}", verb, _becoming(service, verb), methods=["POST"])


def _becoming(service: Service, verb: str) -> Callable[[str], ResponseReturnValue]:
    @uses(OFFER, SESSION, LIMITS)
    def view(id: str) -> ResponseReturnValue:
        account, offer = sender(service).account.id, OfferId(id)
        agreed = ride_acts.seats_agreed(service, account, offer)
        told = _tried(verb, lambda: offer_acts.become(service, account, offer, verb))
        return back(told, id, agreed - ride_acts.seats_agreed(service, account, offer))

    return view


def _tried(done: str, act: Callable[[], object]) -> str:
    try:
        act()
    except REFUSED as error:
        return kind_of(error).name
    return done


def back(done: str, offer: str, seats_lost: int = 0) -> ResponseReturnValue:
    """seats_lost: that were agreed on, and are cancelled by what was done."""
    told = f"{done}.{seats_lost}" if seats_lost > 0 else done
    return redirect(f"{href('/carpool/mine', done=told)}#offer-{offer}", 303)


def _what_was_done(told: str) -> tuple[str, int]:
    """And how many seats that were agreed on it has cancelled: `changed`, `changed.2`."""
    done, _, seats = told.partition(".")
    is_number = seats.isascii() and seats.isdecimal() and len(seats) <= 2
    return (done, int(seats) if is_number else 0) if done in DONE else ("", 0)


def _mine(of: Frame, account: AccountId) -> Mine:
    service = of.service
    cents = service.config.carpool.cost_cents_per_km
    offers = [present.offer(one, cents) for one in service.carpooling().registry.of_driver(account)]
    shared, now = ride_acts.bookings(service, account), service.now()
    rides = [_ride_card(one, of, now) for one in shared]
    lost = {one.booking.id for one in shared if _is_lost(one, now)}
    given_up = {one.booking.id for one in shared if one.given_up}
    asks: dict[str, list[RideCard]] = {offer["id"]: [] for offer in offers}
    for ride in rides:
        if ride.drives and ride.open and ride.offer in asks:
            asks[ride.offer].append(ride)
    return Mine(
        offers=tuple(offer_card(one, of.said) for one in offers),
        asks=asks,
        rides=tuple(ride for ride in rides if ride.open and not ride.drives),
        lost=tuple(ride for ride in rides if ride.id in lost),
        given_up=tuple(ride for ride in rides if ride.id in given_up),
        over=tuple(ride for ride in rides if not ride.open and ride.id not in lost | given_up),
    )


def _ride_card(known: Shared, of: Frame, now: int) -> RideCard:
    freed = present_rides.freed_words(known, of.said)
    return booking_card(present_rides.booking(known, now), of.asking.territory.zone, of.said, freed)


def _is_lost(known: Shared, now: int) -> bool:
    """Who gave their seat up themselves needs not be told."""
    about = known.booking
    is_wanted = known.side is Side.PASSENGER and about.ended_by is not Side.PASSENGER and about.span.pickup_at > now
    return is_wanted and about.status_at(now) in LOST
