"""Another operator tells of a booking that one of our people made there, with proof of who it is by OpenID Connect."""

from __future__ import annotations

from collections.abc import Iterator
from time import time
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sqlalchemy import select

from api.config.covoiturage import IdentitySection
from mobility.carpool.accounts import Accounts, Newcomer
from mobility.carpool.booking_tables import OUTSIDE_BOOKINGS
from mobility.carpool.outside import outside_of
from mobility.geo import Point, distance_m
from mobility.storage.store import Store
from tests.api.covoiturage.conftest import LEAVES, NOW, SEALING, app_on, client_of, settings
from tests.api.covoiturage.issuer import AUDIENCE, Issuer, issuer
from tests.api.covoiturage.standard import BASE, Partner

HOME = Point(47.69812, -3.25187)
RIDE = {
    "id": "their-1",
    "driver": {"id": "d9", "operator": "covoit.example.com", "alias": "Chloé"},
    "price": {"type": "FREE"},
    "passengerPickupDate": LEAVES,
    "passengerPickupLat": HOME.lat,
    "passengerPickupLng": HOME.lon,
    "passengerDropLat": 47.7552,
    "passengerDropLng": -3.3663,
    "status": "CONFIRMED",
    "webUrl": "https://covoit.example.com/b/their-1",
}


@pytest.fixture(scope="module")
def trusted() -> Iterator[Issuer]:
    with issuer() as found:
        yield found


@pytest.fixture
def partner(store: Store, trusted: Issuer) -> Partner:
    identity = IdentitySection(issuer=trusted.url, audience=AUDIENCE)
    return client_of(app_on(store, settings(identity)), store)


def tell(partner: Partner, token: str, **changed: Any) -> int:
    event = {"id": str(uuid4()), "idToken": token, "data": RIDE | changed}
    return partner.post(f"{BASE}/booking_events", json=event).status_code


def test_a_booking_elsewhere_stands_among_those_of_the_person(partner: Partner, trusted: Issuer, store: Store) -> None:
    accounts = Accounts(store, SEALING)
    brian = accounts.sign_in(accounts.code("brian@example.org", "fr", NOW), Newcomer("Brian", True), NOW).account
    assert tell(partner, trusted.token()) == 200
    with store.reading() as connection:
        (found,) = outside_of(connection, brian)
    assert (found.alias, found.operator, found.status) == ("Chloé", "covoit.example.com", "CONFIRMED")


def test_only_a_hash_of_the_person_and_a_blurred_place_are_kept(
    partner: Partner, trusted: Issuer, store: Store
) -> None:
    tell(partner, trusted.token())
    with store.reading() as connection:
        row = connection.execute(select(OUTSIDE_BOOKINGS)).one()
    assert "u-17" not in str(row) and "brian@example.org" not in str(row)
    assert distance_m(HOME, Point(row.pickup_lat, row.pickup_lon)) > 10
    assert f"{HOME.lat:.4f}" not in str(row)


def test_an_event_moves_a_booking_on_and_never_back(partner: Partner, trusted: Issuer) -> None:
    told = [
        tell(partner, trusted.token(), status=status)
        for status in ("WAITING_CONFIRMATION", "CONFIRMED", "CONFIRMED", "WAITING_CONFIRMATION", "CANCELLED")
    ]
    assert told == [200, 200, 400, 400, 200]


def test_nobody_moves_the_booking_of_another_person(partner: Partner, trusted: Issuer) -> None:
    assert tell(partner, trusted.token()) == 200
    assert tell(partner, trusted.token(sub="somebody else"), status="CANCELLED") == 400


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": "another service"},
        {"iss": "https://elsewhere.example.org"},
        {"exp": int(time()) - 3600},
        {"exp": None},
        {"sub": None},
    ],
    ids=["audience", "issuer", "run out", "no end", "nobody"],
)
def test_a_token_that_is_not_for_us_proves_nothing(partner: Partner, trusted: Issuer, changed: dict[str, Any]) -> None:
    assert tell(partner, trusted.token(**changed)) == 401


def test_a_token_signed_by_somebody_else_proves_nothing(partner: Partner, trusted: Issuer) -> None:
    assert tell(partner, trusted.token(ec.generate_private_key(ec.SECP256R1()))) == 401
    assert tell(partner, "no token") == 401


def test_an_address_that_was_not_verified_finds_no_account(partner: Partner, trusted: Issuer, store: Store) -> None:
    accounts = Accounts(store, SEALING)
    brian = accounts.sign_in(accounts.code("brian@example.org", "fr", NOW), Newcomer("Brian", True), NOW).account
    assert tell(partner, trusted.token(email_verified=False)) == 200
    with store.reading() as connection:
        assert outside_of(connection, brian) == ()


def test_without_an_issuer_nobody_is_believed(store: Store, trusted: Issuer) -> None:
    partner = client_of(app_on(store, settings()), store)
    assert tell(partner, trusted.token()) == 401


def test_an_event_is_of_a_driver_or_of_a_passenger(partner: Partner, trusted: Issuer) -> None:
    both = {"passenger": {"id": "p", "operator": "covoit.example.com", "alias": "Paul"}}
    assert tell(partner, trusted.token(), **both) == 400
