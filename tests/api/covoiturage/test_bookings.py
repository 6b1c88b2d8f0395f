"""Bookings and messages of another operator, as the test runner of the standard judges them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from mobility.carpool.agreements import Agreements
from mobility.carpool.booking import BookingId, BookingStatus, Side
from mobility.carpool.booking_tables import LETTERS, MESSAGES, PARTNERS
from mobility.carpool.partners import partners, revoke_partner
from mobility.clock import DAY_S
from mobility.storage.store import Store
from tests.api.conftest import config
from tests.api.covoiturage.conftest import LEAVES, NOW, OPERATOR, app_on, between, client_of, settings
from tests.api.covoiturage.standard import BASE, Partner
from tests.mobility.carpool.agreed import RULES

DOM = {"id": "u1", "operator": "covoit.example.com", "alias": "Dom"}
ANNA = {"id": "anna", "operator": OPERATOR, "alias": "Anna"}
PLACES = {
    "passengerPickupLat": 47.6975,
    "passengerPickupLng": -3.25,
    "passengerDropLat": 47.7552,
    "passengerDropLng": -3.3663,
}


def a_booking(**changed: Any) -> dict[str, Any]:
    booking = {"id": str(uuid4()), "driver": ANNA, "passenger": DOM, "status": "WAITING_CONFIRMATION"}
    return booking | PLACES | {"passengerPickupDate": LEAVES, "price": {"type": "PAYING"}} | changed


def book(partner: Partner, **changed: Any) -> str:
    answer = partner.post(f"{BASE}/bookings", json=a_booking(**changed))
    assert answer.status_code == 201, answer.json
    return str((answer.json or {})["id"])


def refused(partner: Partner, **changed: Any) -> tuple[int, str]:
    answer = partner.post(f"{BASE}/bookings", json=a_booking(**changed))
    return answer.status_code, str((answer.json or {}).get("error"))


def move(partner: Partner, booking: str, status: str, **more: str) -> tuple[int, str]:
    answer = partner.patch(f"{BASE}/bookings/{booking}", query_string={"status": status, **more})
    return answer.status_code, str((answer.json or {}).get("error", ""))


def client_on(app: Flask, key: str) -> Partner:
    client = app.test_client()
    assert isinstance(client, Partner)
    client.key = key
    return client


def a_message(**changed: Any) -> dict[str, Any]:
    return {"from": DOM, "to": ANNA, "message": "À demain ?", "recipientCarpoolerType": "DRIVER"} | changed


def stored(store: Store, column: Any) -> list[str]:
    with store.reading() as connection:
        return sorted(connection.scalars(select(column)))


def test_a_booking_is_made_and_read_back(partner: Partner) -> None:
    (journey,) = partner.ask("driver_journeys", **between())
    booking = book(partner, driverJourneyId=journey["id"])
    told = partner.ask(f"bookings/{booking}")
    assert (told["status"], told["driver"], told["passenger"]) == ("WAITING_CONFIRMATION", ANNA, DOM)
    assert told["price"] == journey["price"]
    assert partner.ask("driver_journeys", **between())[0]["availableSeats"] == 1


def test_a_driver_has_another_name_each_day_and_is_booked_by_it_while_that_is_new(
    partner: Partner, store: Store
) -> None:
    earlier = app_on(store, settings(), NOW - DAY_S).test_client()
    long_ago = app_on(store, settings(), NOW - 3 * DAY_S).test_client()
    (journey,), (before,), (old,) = (one.ask("driver_journeys", **between()) for one in (partner, earlier, long_ago))
    assert journey["driver"] != before["driver"]
    assert {journey["driver"]["id"], before["driver"]["id"]}.isdisjoint({"anna"})
    assert refused(partner, driver=old["driver"]) == (400, "missing_journey")
    for number, driver in enumerate((journey["driver"], before["driver"])):
        assert book(partner, driver=driver, passenger={**DOM, "id": f"u{number}"})


def test_a_message_reaches_who_was_found_by_the_name_of_the_day(partner: Partner, store: Store) -> None:
    (journey,) = partner.ask("driver_journeys", **between())
    assert partner.post(f"{BASE}/messages", json=a_message(to=journey["driver"])).status_code == 201
    assert stored(store, MESSAGES.c.to_account) == ["anna"]


def test_a_name_that_imitates_reaches_nobody(partner: Partner) -> None:
    assert book(partner, passenger={**DOM, "alias": "D\u200bom"})
    told = partner.get(f"{BASE}/bookings/{book(partner, passenger={**DOM, 'alias': 'Dоm'})}").json
    assert told["passenger"]["alias"] == ""


def test_the_driver_is_told_and_confirms(partner: Partner, store: Store) -> None:
    booking = book(partner)
    assert stored(store, LETTERS.c.account) == ["anna"]
    Agreements(store, RULES, lambda: NOW).become(BookingId(booking), BookingStatus.CONFIRMED, Side.DRIVER)
    assert partner.ask(f"bookings/{booking}")["status"] == "CONFIRMED"


def test_the_same_id_twice_is_refused(partner: Partner) -> None:
    assert refused(partner, id=book(partner))[0] == 400


def test_the_last_seat_is_booked_once(partner: Partner) -> None:
    book(partner)
    book(partner)
    assert refused(partner) == (400, "missing_journey")


@pytest.mark.parametrize(
    "changed",
    [
        {"driver": {**ANNA, "id": "nobody"}},
        {"driverJourneyId": "another_2026-06-03_0_1"},
        {"passengerPickupDate": LEAVES - 1000},
        {"passengerPickupDate": 1e300},
        {"passengerPickupLat": 47.71},
        {"passengerDropLat": 400},
    ],
)
def test_a_journey_that_there_is_not_cannot_be_booked(partner: Partner, changed: dict[str, Any]) -> None:
    assert refused(partner, **changed) == (400, "missing_journey")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"status": "CONFIRMED"}, "status: is WAITING_CONFIRMATION of a new booking"),
        ({"status": "MAYBE"}, "status"),
        ({"id": "17"}, "id"),
        ({"passenger": {"id": "u1"}}, "passenger.operator"),
        ({"passengerPickupLat": "north"}, "passengerPickupLat"),
        ({"price": None}, "price"),
        ({"driver": {**ANNA, "operator": "other.example.org"}}, f"driver.operator: is {OPERATOR}"),
    ],
)
def test_a_booking_that_is_malformed_is_refused_by_name(partner: Partner, changed: dict[str, Any], named: str) -> None:
    status, error = refused(partner, **changed)
    assert status == 400
    assert error.startswith(named)


@pytest.mark.parametrize(
    ("before", "status", "told"),
    [
        ("", "COMPLETED_PENDING_VALIDATION", (200, "")),
        ("", "VALIDATED", (200, "")),
        ("", "CANCELLED", (200, "")),
        ("", "WAITING_CONFIRMATION", (409, "status_already_set")),
        ("VALIDATED", "VALIDATED", (409, "status_already_set")),
        ("CANCELLED", "VALIDATED", (409, "status_already_set")),
        ("COMPLETED_PENDING_VALIDATION", "CANCELLED", (409, "status_already_set")),
        ("VALIDATED", "CANCELLED", (409, "status_already_set")),
        ("", "CONFIRMED", (400, "status: is for the driver to confirm, who is here")),
    ],
)
def test_a_booking_only_moves_on(partner: Partner, before: str, status: str, told: tuple[int, str]) -> None:
    booking = book(partner)
    if before:
        assert move(partner, booking, before) == (200, "")
    assert move(partner, booking, status) == told
    if told[0] == 200:
        assert partner.ask(f"bookings/{booking}")["status"] == status


@pytest.mark.parametrize("status", ["COMPLETED_PENDING_VALIDATION", "VALIDATED"])
def test_a_ride_that_the_driver_agreed_to_is_over_once_it_has_begun(
    partner: Partner, store: Store, status: str
) -> None:
    booking = book(partner)
    Agreements(store, RULES, lambda: NOW).become(BookingId(booking), BookingStatus.CONFIRMED, Side.DRIVER)
    assert move(partner, booking, status) == (409, "ride_not_begun")
    assert partner.ask(f"bookings/{booking}")["status"] == "CONFIRMED"
    later = client_on(app_on(store, settings(), LEAVES), partner.key)
    assert move(later, booking, status) == (200, "")


def test_a_ride_that_took_place_is_not_cancelled_any_more(partner: Partner, store: Store) -> None:
    booking = book(partner)
    Agreements(store, RULES, lambda: NOW).become(BookingId(booking), BookingStatus.CONFIRMED, Side.DRIVER)
    later = client_on(app_on(store, settings(), LEAVES + 24 * 3600), partner.key)
    assert move(later, booking, "CANCELLED") == (409, "status_already_set")
    assert move(later, booking, "VALIDATED") == (200, "")


def test_a_status_that_there_is_not_is_refused(partner: Partner) -> None:
    assert move(partner, book(partner), "INVALID_STATUS")[0] == 400


def test_a_booking_that_there_is_not_is_missing(partner: Partner) -> None:
    assert move(partner, str(uuid4()), "CANCELLED") == (404, "missing_booking")
    assert partner.refused(f"bookings/{uuid4()}") == (404, "missing_booking")
    assert partner.refused("bookings/17")[0] == 400


def test_a_ride_that_nobody_agreed_to_holds_no_seat(partner: Partner) -> None:
    move(partner, book(partner), "COMPLETED_PENDING_VALIDATION")
    assert partner.ask("driver_journeys", **between())[0]["availableSeats"] == 2


def test_a_cancellation_brings_its_message(partner: Partner, store: Store) -> None:
    booking = book(partner)
    assert move(partner, booking, "CANCELLED", message="Malade, désolé")[0] == 200
    assert stored(store, MESSAGES.c.text) == ["Malade, désolé"]
    assert stored(store, LETTERS.c.news) == ["asked", "cancelled", "message"]
    assert move(partner, booking, "CANCELLED", message="x" * 501)[0] == 400


def test_another_partner_sees_nothing_of_a_booking(partner: Partner, store: Store) -> None:
    booking = book(partner)
    other = client_of(app_on(store, settings()), store, "Autre")
    assert other.refused(f"bookings/{booking}") == (404, "missing_booking")
    assert move(other, booking, "CANCELLED") == (404, "missing_booking")


def test_a_message_reaches_who_is_known_here(partner: Partner, store: Store) -> None:
    assert partner.post(f"{BASE}/messages", json=a_message()).status_code == 201
    assert stored(store, MESSAGES.c.to_account) == ["anna"]
    assert stored(store, LETTERS.c.news) == ["message"]


def test_a_message_to_nobody_names_what_is_missing(partner: Partner) -> None:
    answer = partner.post(f"{BASE}/messages", json=a_message(to={**ANNA, "id": "nobody"}))
    assert (answer.status_code, answer.json) == (404, {"error": "missing_user"})


def test_a_message_of_somebody_unknown_is_passed_on(partner: Partner) -> None:
    stranger = {"id": "never seen", "operator": "far.example.net", "alias": "Zoé"}
    assert partner.post(f"{BASE}/messages", json=a_message(**{"from": stranger})).status_code == 201


def test_a_message_is_at_most_500_characters_long(partner: Partner) -> None:
    assert partner.post(f"{BASE}/messages", json=a_message(message="é" * 500)).status_code == 201
    assert partner.post(f"{BASE}/messages", json=a_message(message="é" * 501)).status_code == 400


def test_without_a_key_nothing_is_booked_or_written(partner: Partner) -> None:
    partner.key = ""
    assert refused(partner)[0] == 401
    assert partner.post(f"{BASE}/messages", json=a_message()).status_code == 401
    assert partner.refused(f"bookings/{uuid4()}")[0] == 401
    partner.key = "a guess"
    assert refused(partner)[0] == 401


def test_a_key_is_kept_as_a_hash_and_can_be_revoked(partner: Partner, store: Store) -> None:
    (kept,) = stored(store, PARTNERS.c.key_hash)
    assert partner.key not in kept
    with store.writing() as connection:
        revoke_partner(connection, "Covoit'ici", NOW)
        (revoked,) = partners(connection)
    assert revoked.revoked_at == NOW
    assert refused(partner)[0] == 401


def test_a_partner_that_calls_too_often_is_told_when_to_call_again(partner: Partner, store: Store) -> None:
    hasty = client_of(app_on(store, settings(calls_per_minute=2)), store, "Pressé")
    for _ in range(2):
        assert hasty.refused(f"bookings/{uuid4()}")[0] == 404
    answer = hasty.get(f"{BASE}/bookings/{uuid4()}")
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")


def test_without_an_operator_in_the_config_nothing_is_served(store: Store) -> None:
    off = app_on(store, config())
    off.test_client_class = FlaskClient
    for path in ("status", "driver_journeys", "passenger_regular_trips?departureLat=x"):
        answer = off.test_client().get(f"{BASE}/{path}")
        assert (answer.status_code, list(answer.json or {})) == (404, ["error"])
