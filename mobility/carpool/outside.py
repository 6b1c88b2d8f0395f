"""Bookings that people of this territory made at another operator, told by that operator with the person's consent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from mobility.carpool.booking import PartnerId, Side
from mobility.carpool.booking_tables import OUTSIDE_BOOKINGS
from mobility.carpool.offer import AccountId
from mobility.geo import Point

THEIRS = OUTSIDE_BOOKINGS.c


@dataclass(frozen=True, slots=True)
class OutsideBooking:
    """role: of our person. account: None where the proved identity has none here. status, web_url: the operator's;
    times are epoch seconds."""

    partner: PartnerId
    id: str
    account: AccountId | None
    subject_hash: str
    role: Side
    alias: str
    operator: str
    pickup_at: int
    pickup: Point
    drop_off: Point
    status: str
    web_url: str
    changed_at: int


def find_outside(connection: Connection, partner: PartnerId, booking: str) -> OutsideBooking | None:
    """Nobody else changes it until the transaction ends."""
    wanted = select(OUTSIDE_BOOKINGS).where(THEIRS.partner == partner, THEIRS.id == booking).with_for_update()
    row = connection.execute(wanted).first()
    return _outside(row) if row else None


def put_outside(connection: Connection, booking: OutsideBooking) -> None:
    """New, or in the place of an earlier telling."""
    same = (THEIRS.partner == booking.partner) & (THEIRS.id == booking.id)
    connection.execute(OUTSIDE_BOOKINGS.delete().where(same))
    connection.execute(OUTSIDE_BOOKINGS.insert().values(**_row(booking)))


def outside_of(connection: Connection, account: AccountId) -> tuple[OutsideBooking, ...]:
    rows = connection.execute(
        select(OUTSIDE_BOOKINGS).where(THEIRS.account == account).order_by(THEIRS.pickup_at, THEIRS.id)
    )
    return tuple(map(_outside, rows))


def _row(booking: OutsideBooking) -> dict[str, Any]:
    return {
        "partner": booking.partner,
        "id": booking.id,
        "account": booking.account,
        "subject_hash": booking.subject_hash,
        "role": booking.role.value,
        "other_alias": booking.alias,
        "other_operator": booking.operator,
        "pickup_at": booking.pickup_at,
        "pickup_lat": booking.pickup.lat,
        "pickup_lon": booking.pickup.lon,
        "drop_lat": booking.drop_off.lat,
        "drop_lon": booking.drop_off.lon,
        "status": booking.status,
        "web_url": booking.web_url,
        "changed_at": booking.changed_at,
    }


def _outside(row: Row[Any]) -> OutsideBooking:
    return OutsideBooking(
        partner=PartnerId(row.partner),
        id=row.id,
        account=AccountId(row.account) if row.account else None,
        subject_hash=row.subject_hash,
        role=Side(row.role),
        alias=row.other_alias,
        operator=row.other_operator,
        pickup_at=row.pickup_at,
        pickup=Point(row.pickup_lat, row.pickup_lon),
        drop_off=Point(row.drop_lat, row.drop_lon),
        status=row.status,
        web_url=row.web_url,
        changed_at=row.changed_at,
    )
