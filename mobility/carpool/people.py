"""What one side of a ride sees of the other: an alias, and a telephone number once both have agreed."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from mobility.carpool.booking import Booking, PartnerUser
from mobility.carpool.offer import AccountId
from mobility.carpool.tables import ACCOUNTS

MANY = 500


def aliases_of(connection: Connection, accounts: Collection[AccountId]) -> dict[AccountId, str]:
    """Of those that still exist."""
    ids, found = sorted(set(accounts)), dict[AccountId, str]()
    for start in range(0, len(ids), MANY):
        wanted = select(ACCOUNTS.c.id, ACCOUNTS.c.alias).where(ACCOUNTS.c.id.in_(ids[start : start + MANY]))
        found |= {AccountId(row.id): row.alias for row in connection.execute(wanted)}
    return found


def riders(bookings: Collection[Booking]) -> set[AccountId]:
    """Both sides of all bookings, as far as they have an account here."""
    passengers = {one.passenger for one in bookings if not isinstance(one.passenger, PartnerUser)}
    return passengers | {one.driver for one in bookings}
