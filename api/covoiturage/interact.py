"""Bookings, messages and booking events: for partners with a key (`X-API-Key`)."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from flask import Blueprint, Response, jsonify, request

from api.covoiturage import present
from api.covoiturage.bodies import STATUSES, BookingBody, EventBody, MessageBody, Status
from api.covoiturage.errors import PATH
from api.covoiturage.events import outside_booking
from api.covoiturage.office import Office
from api.covoiturage.refused import Refused
from api.parse.bodies import read_body
from api.parse.value_faults import RequestFault
from api.privacy.uses import uses
from mobility.carpool.agreements import Ask
from mobility.carpool.board import Circle
from mobility.carpool.booking import LONGEST_MESSAGE, Booking, BookingId, BookingStatus, PartnerId, PartnerUser
from mobility.carpool.journeys import Journey, Moment, journeys, read_journey
from mobility.carpool.partner_acts import PartnerMessage, move_on, note_outside, partners_booking, pass_on
from mobility.carpool.people import aliases_of
from mobility.errors import InvalidQuery, WrongState
from mobility.geo import Point
from mobility.privacy.register import BOOKING, LIMITS, MESSAGE, PARTNER
from mobility.value_faults import ValueFault

NEW: Status = "WAITING_CONFIRMATION"
CLOSE_M = 100
"""How exactly a partner must name the meeting points that it was told."""
MOVES = {
    "COMPLETED_PENDING_VALIDATION": BookingStatus.DONE,
    "VALIDATED": BookingStatus.VALIDATED,
    "CANCELLED": BookingStatus.CANCELLED,
}


def add_interactions(bp: Blueprint, office: Callable[[], Office]) -> None:
    _bookings(bp, office)
    _words(bp, office)


def _bookings(bp: Blueprint, office: Callable[[], Office]) -> None:
    @bp.post(f"{PATH}/bookings")
    @uses(PARTNER, BOOKING, LIMITS)
    def book() -> tuple[Response, int]:
        desk = office()
        partner = desk.partner()
        body = read_body(BookingBody, request.get_data())
        booking = desk.agreements.ask(_ask(desk, partner, body))
        return jsonify(_present(desk, booking)), 201

    @bp.get(f"{PATH}/bookings/<booking>")
    @uses(PARTNER, BOOKING, LIMITS)
    def read(booking: str) -> Response:
        desk = office()
        return jsonify(_present(desk, partners_booking(desk.agreements, desk.partner(), _id(booking))))

    @bp.patch(f"{PATH}/bookings/<booking>")
    @uses(PARTNER, BOOKING, LIMITS)
    def move(booking: str) -> Response:
        desk = office()
        partner, status, text = desk.partner(), request.args.get("status", ""), request.args.get("message", "")
        _look_through(status, text)
        _move(desk, partner, _id(booking), status, text)
        return jsonify({})


def _words(bp: Blueprint, office: Callable[[], Office]) -> None:
    """Of a partner's people: messages, and what became of a booking that is theirs."""

    @bp.post(f"{PATH}/messages")
    @uses(PARTNER, MESSAGE, LIMITS)
    def write() -> tuple[Response, int]:
        desk = office()
        partner = desk.partner()
        body = read_body(MessageBody, request.get_data())
        pass_on(desk.agreements, _word(desk, partner, body))
        return jsonify({}), 201

    @bp.post(f"{PATH}/booking_events")
    @uses(PARTNER, BOOKING, LIMITS)
    def note() -> Response:
        desk = office()
        partner = desk.partner()
        body = read_body(EventBody, request.get_data())
        person = desk.issuer.person(body.id_token)
        try:
            note_outside(desk.store, outside_booking(desk, partner, person, body.data), STATUSES)
        except WrongState as error:
            raise Refused(400, "status_already_set") from error
        return jsonify({})


def _look_through(status: str, text: str) -> None:
    """Raises InvalidQuery."""
    if status not in STATUSES:
        raise InvalidQuery("status", RequestFault.NONE_OF, known=", ".join(STATUSES))
    if len(text) > LONGEST_MESSAGE:
        raise InvalidQuery("message", ValueFault.LONG_TEXT, most=LONGEST_MESSAGE)
    if "\0" in text:
        raise InvalidQuery("message", RequestFault.ZERO_CHARACTER)


def _move(desk: Office, partner: PartnerId, booking: BookingId, status: str, text: str) -> None:
    before = partners_booking(desk.agreements, partner, booking)
    current = present.STATUS[before.status_at(desk.now())]
    if STATUSES.index(current) >= STATUSES.index(status):
        raise Refused(409, "status_already_set")
    if status not in MOVES:
        raise InvalidQuery("status", RequestFault.NOT_YOURS_TO_CONFIRM)
    try:
        move_on(desk.agreements, partner, booking, MOVES[status], text)
    except WrongState as error:
        raise Refused(409, "ride_not_begun" if error.kind == "ride" else "status_already_set") from error


def _ask(desk: Office, partner: PartnerId, body: BookingBody) -> Ask:
    """Raises InvalidQuery, Refused."""
    if body.status != NEW:
        raise InvalidQuery("status", RequestFault.NOT_NEW, status=NEW)
    if body.driver.operator != desk.operator or body.passenger.operator == desk.operator:
        raise InvalidQuery("driver.operator", RequestFault.NOT_OURS_ALONE, operator=desk.operator)
    found = _wanted(desk, body)
    rider = PartnerUser(partner, body.passenger.id, body.passenger.operator, body.passenger.alias)
    span = found.span
    return Ask(BookingId(body.id), found.offer.id, span.day, span.get_in.id, span.get_out.id, 1, rider)


def _wanted(desk: Office, body: BookingBody) -> Journey:
    """The journey of that driver between those places at that time. Raises Refused."""
    pickup = _circle(body.passenger_pickup_lat, body.passenger_pickup_lng)
    drop_off = _circle(body.passenger_drop_lat, body.passenger_drop_lng)
    if pickup is None or drop_off is None or abs(body.passenger_pickup_date) > 2**40:
        raise Refused(400, "missing_journey")
    when = Moment(int(body.passenger_pickup_date), desk.slack_s)
    for found in journeys(desk.board(), pickup, drop_off, when, desk.rules, desk.now()):
        if desk.pseudonyms.means(body.driver.id, found.offer.driver) and body.driver_journey_id in {"?", found.id}:
            return found
    raise Refused(400, "missing_journey")


def _circle(lat: float, lon: float) -> Circle | None:
    return None if abs(lat) > 90 or abs(lon) > 180 else Circle(Point(lat, lon), CLOSE_M)


def _word(desk: Office, partner: PartnerId, body: MessageBody) -> PartnerMessage:
    named = body.driver_journey_id if body.recipient_carpooler_type == "DRIVER" else body.passenger_journey_id
    about = read_journey(named)
    with desk.store.reading() as connection:
        to = desk.pseudonyms.find(connection, body.to.id)
    return PartnerMessage(
        sender=PartnerUser(partner, body.sender.id, body.sender.operator, body.sender.alias),
        to=to,
        text=body.message,
        offer=about[0] if about else None,
        booking=BookingId(body.booking_id) if body.booking_id else None,
    )


def _present(desk: Office, booking: Booking) -> present.Json:
    with desk.store.reading() as connection:
        alias = aliases_of(connection, [booking.driver]).get(booking.driver, "")
    return present.booking(booking, desk.operator, alias, desk.now())


def _id(text: str) -> BookingId:
    try:
        return BookingId(str(UUID(text)))
    except ValueError:
        raise InvalidQuery("bookingId", RequestFault.NO_UUID) from None
