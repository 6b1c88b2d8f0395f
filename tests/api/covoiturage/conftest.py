"""Anna drives from Plouhinec by Merlevenez to Lorient; another operator asks for its passengers. On both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import Any

import pytest
from flask import Flask

from api.app import create_app
from api.config import Config
from api.config.covoiturage import CovoiturageSection, IdentitySection
from api.web.storage import Kept
from mobility.carpool.offer import OfferId, Waypoint, Weekly
from mobility.carpool.partners import add_partner
from mobility.carpool.registry import Registry
from mobility.carpool.sealing import Sealing
from mobility.routing.territory import Territory
from mobility.storage.store import Store
from tests.api.conftest import LINES, STOPS, Fixed, config
from tests.api.covoiturage.standard import Partner
from tests.mobility.carpool.agreed import BRIAN, by_way
from tests.mobility.carpool.conftest import ANNA, LORIENT, PLOUHINEC, ZONE, add_account, an_offer
from tests.town import moment, town

OPERATOR = "hent.example.org"
NOW = moment("2026-06-02 18:00")
LEAVES = moment("2026-06-03 7:40")
WEEKDAYS = Weekly(frozenset(range(5)), date(2026, 6, 1), date(2026, 12, 31))
SEALING = Sealing("a secret that is long enough for a test")


def settings(identity: IdentitySection | None = None, **changed: Any) -> Config:
    section = CovoiturageSection(operator=OPERATOR, identity=identity, **changed)
    return config().model_copy(update={"covoiturage": section})


@cache
def a_town() -> Territory:
    return town(STOPS, LINES)


def app_on(store: Store, settled: Config, now: int = NOW) -> Flask:
    app = create_app(settled, Fixed(a_town()), lambda: now, Kept(store, SEALING))
    app.test_client_class = Partner
    return app


def publish(store: Store) -> None:
    """Two seats tomorrow at 7:40, and every working day at 8:10 straight to Lorient."""
    add_account(store, ANNA)
    add_account(store, BRIAN)
    straight = (Waypoint(PLOUHINEC, 0, 0), Waypoint(LORIENT, 1500, 18_000))
    weekly = replace(an_offer("weekly"), schedule=WEEKDAYS, departure=time(8, 10), waypoints=straight, price_cents=0)
    Registry(store, ZONE).publish([by_way(), replace(weekly, id=OfferId("weekly"))])


def client_of(app: Flask, store: Store, partner: str = "Covoit'ici") -> Partner:
    client = app.test_client()
    assert isinstance(client, Partner)
    with store.writing() as connection:
        client.key = add_partner(connection, partner, NOW)
    return client


def between(**changed: Any) -> dict[str, Any]:
    """From 200 m beside the stop of Plouhinec to Lorient."""
    ends = {"departureLat": 47.6990, "departureLng": -3.2510, "arrivalLat": 47.7552, "arrivalLng": -3.3663}
    return ends | {"departureDate": LEAVES} | changed


@pytest.fixture
def partner(store: Store) -> Partner:
    publish(store)
    return client_of(app_on(store, settings()), store)
