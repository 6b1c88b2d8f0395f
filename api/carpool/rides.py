"""Rides of carpooling: what can be asked for, bookings by both sides, their messages, rides that are looked for."""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint

from api.carpool import ride_acts
from api.parse.bodies.carpool import AskRequest, MessageRequest, RideRequest, WantedRequest
from api.present import carpool_rides as present
from api.present.carpool import DONE
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, json_body, signed_in
from mobility.carpool.booking import STATUSES, BookingId
from mobility.carpool.messages import Message
from mobility.carpool.offer import AccountId
from mobility.privacy.register import BOOKING, LIMITS, MESSAGE, OFFER, SESSION, WANTED


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("carpool_rides", __name__, url_prefix="/api/carpool")
    _add_bookings(bp, service)
    _add_messages(bp, service)
    _add_wanted(bp, service)
    return bp


def _add_bookings(bp: Blueprint, service: Service) -> None:
    @bp.post("/ride")
    @uses(BOOKING, OFFER)
    def ride() -> Json:
        body = json_body(RideRequest)
        return present.ride(ride_acts.look(service, body), body.seats)

    @bp.post("/bookings")
    @uses(BOOKING, MESSAGE, SESSION, LIMITS)
    def ask() -> Json:
        passenger = signed_in(service).id
        return present.booking(ride_acts.ask(service, passenger, json_body(AskRequest)), service.now())

    @bp.get("/bookings")
    @uses(BOOKING, SESSION)
    def bookings() -> Json:
        account = signed_in(service).id
        found, outside = ride_acts.bookings(service, account), ride_acts.outside_bookings(service, account)
        return present.bookings(found, outside, service.now())

    @bp.get("/bookings/<id>")
    @uses(BOOKING, SESSION)
    def booking(id: str) -> Json:
        return present.booking(ride_acts.booking(service, signed_in(service).id, BookingId(id)), service.now())

    for verb in STATUSES:
        bp.add_url_rule(f"/bookings/<id>/{verb}", verb, _becoming(service, verb), methods=["POST"])


def _add_messages(bp: Blueprint, service: Service) -> None:
    @bp.get("/bookings/<id>/messages")
    @uses(MESSAGE, SESSION)
    def messages(id: str) -> Json:
        reader = signed_in(service).id
        return _messages(service, reader, ride_acts.messages(service, reader, BookingId(id)))

    @bp.post("/bookings/<id>/messages")
    @uses(MESSAGE, SESSION, LIMITS)
    def write(id: str) -> Json:
        writer = signed_in(service)
        written = ride_acts.write(service, writer.id, BookingId(id), json_body(MessageRequest).text)
        return present.message(written, writer.id, {writer.id: writer.alias})

    @bp.get("/messages")
    @uses(MESSAGE, SESSION)
    def other_messages() -> Json:
        reader = signed_in(service).id
        return _messages(service, reader, ride_acts.other_messages(service, reader))


def _add_wanted(bp: Blueprint, service: Service) -> None:
    @bp.get("/wanted")
    @uses(WANTED, SESSION)
    def wanted() -> Json:
        return {"wanted": [present.wanted(one) for one in ride_acts.wanted(service, signed_in(service).id)]}

    @bp.post("/wanted")
    @uses(WANTED, SESSION, LIMITS)
    def publish() -> Json:
        account = signed_in(service).id
        return present.wanted(ride_acts.publish_wanted_ride(service, account, json_body(WantedRequest)))

    @bp.delete("/wanted/<id>")
    @uses(WANTED, SESSION)
    def withdraw(id: str) -> Json:
        ride_acts.withdraw_wanted_ride(service, signed_in(service).id, id)
        return DONE


def _becoming(service: Service, verb: str) -> Callable[[str], Json]:
    @uses(BOOKING, SESSION, LIMITS)
    def view(id: str) -> Json:
        found = ride_acts.become(service, signed_in(service).id, BookingId(id), verb)
        return present.booking(found, service.now())

    return view


def _messages(service: Service, reader: AccountId, known: tuple[Message, ...]) -> Json:
    return present.messages(known, reader, ride_acts.aliases(service, known))
