"""Bookings as rows: the one place that turns one into the other."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, or_, select, update

from mobility.carpool.booking import (
    LOST,
    BookedStretch,
    Booking,
    BookingId,
    BookingStatus,
    EndedBecause,
    PartnerId,
    PartnerUser,
    Side,
)
from mobility.carpool.booking_tables import BOOKINGS
from mobility.carpool.offer import AccountId, MeetingPoint, OfferId, PointKind, Seated
from mobility.errors import NotFound
from mobility.geo import Point

B = BOOKINGS.c
MANY = 500
"""Of ids in one statement: SQLite and PostgreSQL both bound the number of values."""


def add_booking(connection: Connection, booking: Booking) -> None:
    connection.execute(BOOKINGS.insert().values(**_row(booking)))


def find_booking(connection: Connection, booking: BookingId) -> Booking | None:
    """As it is; who decides by it locks its offer first."""
    row = connection.execute(select(BOOKINGS).where(B.id == booking)).first()
    return _booking(row) if row else None


def booking_of(connection: Connection, booking: BookingId) -> Booking:
    """Raises NotFound."""
    if found := find_booking(connection, booking):
        return found
    raise NotFound("booking", "booking")


def bookings_with(connection: Connection, account: AccountId) -> tuple[Booking, ...]:
    """Asked for or driven by the account, the next first."""
    theirs = or_(B.passenger == account, B.driver == account)
    return _all(connection, theirs)


def holding(connection: Connection, offer: OfferId, now: int) -> tuple[Booking, ...]:
    """Those whose seats are taken and whose ride is not over."""
    return _all(connection, and_(B.offer == offer, _holds(now), B.arrives_at > now))


def ridden_between(
    connection: Connection, person: AccountId | PartnerUser, begins_at: int, ends_at: int, now: int
) -> tuple[Booking, ...]:
    """Seats that a person holds in some car within the hours."""
    within = and_(B.pickup_at < ends_at, B.arrives_at > begins_at)
    return _all(connection, and_(_rides(person), within, _holds(now)))


def find_seat(
    connection: Connection, person: AccountId | PartnerUser, offer: OfferId, day: date, now: int
) -> Booking | None:
    """A seat that the person has in this drive, or has asked for, and whose ride is not over."""
    same = and_(_rides(person), B.offer == offer, B.day == day.isoformat(), B.arrives_at > now)
    return next(iter(_all(connection, and_(same, _holds(now)))), None)


def driven_between(connection: Connection, driver: AccountId, begins_at: int, ends_at: int, now: int) -> bool:
    """Whether somebody counts on the driver within the hours, even where the offer is paused."""
    within = and_(B.driver == driver, B.pickup_at < ends_at, B.arrives_at > begins_at, _holds(now))
    return connection.execute(select(B.id).where(within).limit(1)).first() is not None


def rides_to_come(connection: Connection, person: AccountId, now: int) -> tuple[Booking, ...]:
    """In other people's cars."""
    return _all(connection, and_(_rides(person), B.arrives_at > now, _holds(now)))


def sold_from(connection: Connection, driver: AccountId, first_day: date, now: int) -> tuple[Booking, ...]:
    """Seats of a driver's drives from a day on, with what was agreed to be paid for them."""
    return _all(connection, and_(B.driver == driver, B.day >= first_day.isoformat(), _holds(now)))


def overdue(connection: Connection, now: int) -> tuple[Booking, ...]:
    """Asks that nobody answered in time, rides that are over."""
    unanswered = and_(B.status == BookingStatus.ASKED, B.expires_at <= now)
    return _all(connection, or_(unanswered, and_(B.status == BookingStatus.CONFIRMED, B.arrives_at <= now)))


def seats_on(connection: Connection, offer: OfferId, day: date, now: int) -> tuple[Seated, ...]:
    """Seats of the offer that nobody else can have on that day."""
    on_day = and_(B.offer == offer, B.day == day.isoformat(), _holds(now))
    return tuple(booking.seated() for booking in _all(connection, on_day))


def seats_held(connection: Connection, offers: Collection[OfferId], first_day: date, now: int) -> tuple[Seated, ...]:
    """Of many offers from a day on."""
    ids, found = list(offers), list[Booking]()
    for start in range(0, len(ids), MANY):
        of_them = and_(B.offer.in_(ids[start : start + MANY]), B.day >= first_day.isoformat(), _holds(now))
        found += _all(connection, of_them)
    return tuple(booking.seated() for booking in found)


def set_status(connection: Connection, booking: Booking, status: BookingStatus, by: Side, now: int) -> bool:
    """by: who does it. False where somebody else was faster."""
    values: dict[str, Any] = {"status": status.value}
    if status is BookingStatus.CONFIRMED:
        values["agreed_at"] = now
    if status in LOST:
        values["ended_by"] = by.value
    still = and_(B.id == booking.id, B.status == booking.status.value)
    return connection.execute(update(BOOKINGS).where(still).values(**values)).rowcount == 1


def given_up_since(connection: Connection, like: Booking, since: int) -> tuple[Booking, ...]:
    """Asks of the same passenger's to the same driver, given up before an answer."""
    theirs = and_(_rides(like.passenger), B.driver == like.driver, B.given_up_at > since)
    return _all(connection, theirs)


def last_like(connection: Connection, booking: Booking) -> Booking:
    """The latest ask of the same passenger's for the same drive: the booking itself where it was asked for once."""
    same = and_(_rides(booking.passenger), B.offer == booking.offer, B.day == booking.span.day.isoformat())
    found = _all(connection, and_(same, B.asked_at >= booking.asked_at))
    return max(found, key=lambda one: (one.status is BookingStatus.ASKED, one.asked_at), default=booking)


def set_given_up(connection: Connection, booking: Booking, now: int) -> None:
    connection.execute(update(BOOKINGS).where(B.id == booking.id).values(given_up_at=now))


def set_ended_because(connection: Connection, booking: Booking, ending: EndedBecause) -> None:
    connection.execute(update(BOOKINGS).where(B.id == booking.id).values(ended_because=ending.value))


def set_span(connection: Connection, booking: Booking, span: BookedStretch) -> None:
    """Where the offer has changed and still keeps its promise; what was agreed to be paid stays."""
    values = {"pickup": span.pickup, "drop_off": span.drop_off, "distance_m": span.distance_m}
    values |= {"pickup_at": span.pickup_at, "arrives_at": span.arrives_at}
    values["expires_at"] = min(booking.expires_at, span.pickup_at)
    connection.execute(update(BOOKINGS).where(B.id == booking.id).values(**values))


def _rides(person: AccountId | PartnerUser) -> ColumnElement[bool]:
    if isinstance(person, PartnerUser):
        return and_(B.partner == person.partner, B.partner_user == person.id)
    return B.passenger == person


def _holds(now: int) -> ColumnElement[bool]:
    asked = and_(B.status == BookingStatus.ASKED.value, B.expires_at > now)
    kept = (BookingStatus.CONFIRMED.value, BookingStatus.DONE.value, BookingStatus.VALIDATED.value)
    return or_(asked, and_(B.agreed_at > 0, B.status.in_(kept)))


def _all(connection: Connection, which: ColumnElement[bool]) -> tuple[Booking, ...]:
    rows: Sequence[Row[Any]] = connection.execute(select(BOOKINGS).where(which).order_by(B.pickup_at, B.id)).all()
    return tuple(map(_booking, rows))


def _row(booking: Booking) -> dict[str, Any]:
    span, rider = booking.span, booking.passenger
    partner = rider if isinstance(rider, PartnerUser) else None
    return {
        "id": booking.id,
        "offer": booking.offer,
        "driver": booking.driver,
        "passenger": None if partner else rider,
        "partner": partner and partner.partner,
        "partner_user": partner and partner.id,
        "partner_operator": partner and partner.operator,
        "partner_alias": partner and partner.alias,
        "day": span.day.isoformat(),
        "pickup": span.pickup,
        "drop_off": span.drop_off,
        **_point("pickup", span.get_in),
        **_point("drop", span.get_out),
        "pickup_at": span.pickup_at,
        "arrives_at": span.arrives_at,
        "distance_m": span.distance_m,
        "price_cents": span.price_cents,
        "seats": booking.seats,
        "status": booking.status.value,
        "asked_at": booking.asked_at,
        "expires_at": booking.expires_at,
        "agreed_at": booking.agreed_at,
        "promised_at": booking.promised_at,
        "promised_within_s": booking.promised_within_s,
        "given_up_at": booking.given_up_at,
        "asked_again": int(booking.asked_again),
        "ended_by": booking.ended_by or "",
        "ended_because": booking.ended_because or "",
    }


def _point(prefix: str, at: MeetingPoint) -> dict[str, Any]:
    values = {"id": at.id, "name": at.name, "lat": at.point.lat, "lon": at.point.lon, "kind": at.kind.value}
    return {f"{prefix}_{key}": value for key, value in values.items()}


def _booking(row: Row[Any]) -> Booking:
    return Booking(
        id=BookingId(row.id),
        offer=OfferId(row.offer),
        driver=AccountId(row.driver),
        passenger=_passenger(row),
        span=_span(row),
        seats=row.seats,
        status=BookingStatus(row.status),
        asked_at=row.asked_at,
        expires_at=row.expires_at,
        agreed_at=row.agreed_at,
        promised_at=row.promised_at,
        promised_within_s=row.promised_within_s,
        given_up_at=row.given_up_at,
        asked_again=bool(row.asked_again),
        ended_by=Side(row.ended_by) if row.ended_by else None,
        ended_because=EndedBecause(row.ended_because) if row.ended_because else None,
    )


def _passenger(row: Row[Any]) -> AccountId | PartnerUser:
    if row.partner is None:
        return AccountId(row.passenger)
    return PartnerUser(PartnerId(row.partner), row.partner_user, row.partner_operator, row.partner_alias)


def _span(row: Row[Any]) -> BookedStretch:
    pickup = Point(row.pickup_lat, row.pickup_lon)
    drop = Point(row.drop_lat, row.drop_lon)
    return BookedStretch(
        day=date.fromisoformat(row.day),
        pickup=row.pickup,
        drop_off=row.drop_off,
        get_in=MeetingPoint(row.pickup_id, row.pickup_name, pickup, PointKind(row.pickup_kind)),
        get_out=MeetingPoint(row.drop_id, row.drop_name, drop, PointKind(row.drop_kind)),
        pickup_at=row.pickup_at,
        arrives_at=row.arrives_at,
        distance_m=row.distance_m,
        price_cents=row.price_cents,
    )
