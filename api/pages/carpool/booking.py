"""Asking for a seat from a trip's answer; one ride between two people, with what they write to each other."""

from __future__ import annotations

from collections.abc import Callable
from secrets import token_hex

from flask import Blueprint, make_response, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from api.carpool import ride_acts
from api.pages.carpool.faults import body_of, faults_of, number
from api.pages.carpool.frame import carpool_page
from api.pages.carpool.rides import booking_card, message_card, ride_card
from api.pages.frame import Frame, frame, href
from api.pages.legs import SEAT
from api.pages.session import Visitor, find_visitor, sender, visitor
from api.parse.bodies.carpool import AskRequest, MessageRequest, RideRequest
from api.present import carpool_rides as present
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_gone_back_to
from mobility.carpool.booking import STATUSES, BookingId
from mobility.errors import MobilityError
from mobility.privacy.register import BOOKING, LIMITS, MESSAGE, SESSION

OF_THE_RIDE = frozenset({"wait", "pickup"})


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/ask")
    @uses(BOOKING, MESSAGE, SESSION, LIMITS)
    def ask() -> ResponseReturnValue:
        of = frame(service)
        if request.form.get("step") != "send":
            return ask_page(of, find_visitor(service))
        who = sender(service)
        try:
            message = request.form.get("text", "").strip()
            asked = (
                _asked() | {"seats": number(request.form.get("seats", "1"))} | ({"message": message} if message else {})
            )
            booked = ride_acts.ask(service, who.account.id, body_of(AskRequest, asked), request.form.get("draft", ""))
        except MobilityError as error:
            return ask_page(of, who, error)
        return redirect(_path(booked.booking.id, "asked"), 303)

    @bp.get("/bookings/<id>")
    @uses(BOOKING, MESSAGE, SESSION)
    def booking(id: str) -> ResponseReturnValue:
        return _booking_page(frame(service), visitor(service), id)

    @bp.post("/bookings/<id>/messages")
    @uses(MESSAGE, SESSION, LIMITS)
    def write(id: str) -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        try:
            body = body_of(MessageRequest, {"text": request.form.get("text", "").strip()})
            ride_acts.write(service, who.account.id, BookingId(id), body.text)
        except MobilityError as error:
            return _booking_page(of, who, id, error)
        return redirect(f"{_path(id, 'written')}#messages", 303)

    for verb in STATUSES:
        bp.add_url_rule(f"/bookings/<id>/{verb}", f"{verb}_booking", _becoming(service, verb), methods=["POST"])


def ask_page(of: Frame, who: Visitor | None, error: MobilityError | None = None) -> Response:
    """The ride, and a form: to ask for a seat, or before that to sign in. Nobody asks for a seat in their own car."""
    may_be_gone_back_to()
    ride, own = None, False
    try:
        found = ride_acts.look(of.service, body_of(RideRequest, _asked()))
        ride = ride_card(present.ride(found, 1), of.asking.territory.zone, of.said)
        own = who is not None and found.offer.driver == who.account.id
    except MobilityError as gone:
        error = gone
    known = ride_acts.find_seat_id(of.service, who.account.id, found.offer.id, found.span.day) if ride and who else None
    faults = _faults(of, error)
    given = {"ride": ride, "own": own, "known": known, "faults": faults, "carried": carried(), "typed": request.form}
    return make_response(carpool_page("carpool/ask.html", of, who, error, draft=_draft(), **given))


def carried() -> list[tuple[str, str]]:
    """What somebody wants who has to sign in first, a seat or a page: it goes along from form to form."""
    return [(name, request.values[name]) for name in (*SEAT, "after") if name in request.values]


def _booking_page(of: Frame, who: Visitor, id: str, error: MobilityError | None = None) -> ResponseReturnValue:
    """Raises NotFound, also where the ride is of others."""
    service, zone, account = of.service, of.asking.territory.zone, who.account.id
    known = present.booking(ride_acts.booking(service, account, BookingId(id)), service.now())
    written = ride_acts.messages(service, account, BookingId(id))
    messages = present.messages(written, account, ride_acts.aliases(service, written))["messages"]
    return carpool_page(
        "carpool/booking.html",
        of,
        who,
        error,
        ride=booking_card(known, zone, of.said),
        messages=[message_card(one, zone) for one in messages],
        faults=_faults(of, error),
        typed=request.form.get("text", ""),
        done=request.args.get("done", ""),
    )


def _faults(of: Frame, error: MobilityError | None) -> dict[str, str]:
    """What is wrong with the ride itself has no field to stand at."""
    found = faults_of(error, of.said["carpool_ride_fault"])
    return {"form" if name in OF_THE_RIDE else name: text for name, text in found.items()}


def _becoming(service: Service, verb: str) -> Callable[[str], ResponseReturnValue]:
    @uses(BOOKING, SESSION, LIMITS)
    def view(id: str) -> ResponseReturnValue:
        of, who = frame(service), sender(service)
        try:
            ride_acts.become(service, who.account.id, BookingId(id), verb)
        except MobilityError as error:
            return _booking_page(of, who, id, error)
        return redirect(_path(id, verb), 303)

    return view


def _path(id: str, done: str) -> str:
    return href(f"/carpool/bookings/{id}", done=done)


def _asked() -> Json:
    """Forms of answers that were kept from before have no `wait`."""
    given = {name: request.form.get(name, "") for name in SEAT}
    return given | {"wait": number(given["wait"] or "0")}


def _draft() -> str:
    return request.form.get("draft") or token_hex(8)
