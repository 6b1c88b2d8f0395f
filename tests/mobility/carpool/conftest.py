"""Drivers and offers to tell stories with."""

from __future__ import annotations

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from mobility.carpool.offer import (
    AccountId,
    MeetingPoint,
    Offer,
    OfferId,
    OneDay,
    PointKind,
    Waypoint,
)
from mobility.carpool.registry import Registry
from mobility.carpool.tables import ACCOUNTS
from mobility.geo import Point
from mobility.storage.store import Store

ZONE = ZoneInfo("Europe/Paris")
ANNA, BRIAN = AccountId("anna"), AccountId("brian")
PLOUHINEC = MeetingPoint("t_PLOUHINEC", "Plouhinec Bourg", Point(47.6975, -3.2500), PointKind.STOP)
LORIENT = MeetingPoint("t_GARE", "Lorient Gare", Point(47.7552, -3.3663), PointKind.STOP)


def add_account(store: Store, account: AccountId, seen_at: int = 1_780_000_000) -> None:
    known = {
        "id": account,
        "alias": account.title(),
        "email_hash": f"hash of {account}",
        "email_sealed": f"sealed {account}",
        "language": "fr",
        "adult_declared_at": 0,
        "seen_at": seen_at,
    }
    with store.writing() as connection:
        connection.execute(ACCOUNTS.insert().values(known))


def an_offer(name: str = "morning", day: str = "2026-06-03", driver: AccountId = ANNA) -> Offer:
    return Offer(
        id=OfferId(name),
        driver=driver,
        start=PLOUHINEC,
        end=LORIENT,
        schedule=OneDay(date.fromisoformat(day)),
        departure=time(7, 40),
        flexible_s=600,
        seats=3,
        longest_detour_s=600,
        price_cents=150,
        drive_s=1500,
        drive_m=18_000,
        estimated=False,
        waypoints=(Waypoint(PLOUHINEC, 0, 0), Waypoint(LORIENT, 1500, 18_000)),
        languages=("fr", "br"),
    )


@pytest.fixture
def registry(store: Store) -> Registry:
    """With the drivers Anna and Brian."""
    add_account(store, ANNA)
    add_account(store, BRIAN)
    return Registry(store, ZONE)
