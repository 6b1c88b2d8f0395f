"""What the standard's resources refuse is told in the language of who asks; its own words are for programs, in none."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from flask.testing import FlaskClient

from api.covoiturage.refused import Refused, StandardFault
from api.web.refusals import refusal_texts
from mobility.storage.store import Store
from tests.api.conftest import config
from tests.api.covoiturage.conftest import app_on, between
from tests.api.covoiturage.standard import BASE, Partner
from tests.api.covoiturage.test_bookings import ANNA, a_message, book, move, refused
from tests.api.test_one_language_of_a_problem import gaps

FAULTS = [
    ({"id": "17"}, "id : n’est pas un UUID", "id : n’eo ket un UUID"),
    ({"passengerPickupLat": "north"}, "passengerPickupLat : est un nombre", "passengerPickupLat : un niver eo"),
    ({"passenger": {"id": "u1"}}, "passenger.operator : est obligatoire", "passenger.operator : ret eo"),
    (
        {"status": "CONFIRMED"},
        "status : est WAITING_CONFIRMATION pour une nouvelle demande",
        "status : WAITING_CONFIRMATION eo evit ur goulenn nevez",
    ),
]


def told_in(partner: Partner, language: str, **changed: Any) -> str:
    partner.language = language
    status, error = refused(partner, **changed)
    assert status == 400
    return error


@pytest.mark.parametrize(("changed", "french", "breton"), FAULTS)
def test_what_is_wrong_with_a_booking_is_told_in_french_or_breton(
    partner: Partner, changed: dict[str, Any], french: str, breton: str
) -> None:
    told = [told_in(partner, language, **changed) for language in ("fr-FR", "br")]
    assert [one.split(" ; ")[0] for one in told] == [french, breton]


def test_every_member_at_fault_is_named(partner: Partner) -> None:
    told = told_in(partner, "fr", id="17", passengerDropLat="south")
    assert told == "passengerDropLat : est un nombre ; id : n’est pas un UUID"


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "departureWeekdays : contient 1, qui n’est aucun de MON, TUE, WED, THU, FRI, SAT, SUN"),
        ("br", "departureWeekdays : 1 a zo e-barzh ha n’emañ ket e-touez MON, TUE, WED, THU, FRI, SAT, SUN"),
        ("en", "departureWeekdays: holds 1 that is none of MON, TUE, WED, THU, FRI, SAT, SUN"),
    ],
)
def test_what_is_wrong_with_a_search_is_told_so_too(partner: Partner, language: str, told: str) -> None:
    partner.language = language
    asked = between(departureTimeOfDay="08:10:00", departureWeekdays="MONDAY")
    status, error = partner.refused("driver_regular_trips", **asked)
    assert (status, error) == (400, told)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "envoyez la clé d’un partenaire dans X-API-Key"),
        ("br", "kasit alc’hwez ur c’heveler e X-API-Key"),
        ("en", "send the key of a partner as X-API-Key"),
    ],
)
def test_who_has_no_key_reads_so_in_their_language(partner: Partner, language: str, told: str) -> None:
    partner.key, partner.language = "", language
    answer = partner.get(f"{BASE}/bookings/{uuid4()}")
    assert (answer.status_code, answer.json) == (401, {"error": told})
    assert answer.headers["Content-Language"] == language


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_the_words_of_the_standard_are_the_same_in_every_language(partner: Partner, language: str) -> None:
    partner.language = language
    booking = book(partner)
    assert move(partner, booking, "WAITING_CONFIRMATION") == (409, "status_already_set")
    assert refused(partner, driverJourneyId="another_2026-06-03_0_1") == (400, "missing_journey")
    assert partner.refused(f"bookings/{uuid4()}") == (404, "missing_booking")
    nobody = partner.post(f"{BASE}/messages", json=a_message(to={**ANNA, "id": "nobody"}))
    assert nobody.json == {"error": "missing_user"}


def test_what_http_itself_refuses_is_told_so_too(partner: Partner) -> None:
    partner.language = "fr"
    assert partner.refused("nowhere") == (404, "Page introuvable")


def test_a_service_without_an_operator_says_so_in_french(store: Store) -> None:
    off = app_on(store, config())
    off.test_client_class = FlaskClient
    answer = off.test_client().get(f"{BASE}/status", headers={"Accept-Language": "fr"})
    assert (answer.json or {})["error"].startswith("ce standard n’est pas servi ici")


@pytest.mark.parametrize("language", ["fr", "br"])
def test_every_fault_of_the_standard_has_its_sentence_of_the_same_values(language: str) -> None:
    texts = refusal_texts(language)
    assert texts is not None
    assert {code: gaps(text) for code, text in texts.sections["standard"].items()} == {
        one.code: gaps(one.value) for one in StandardFault
    }


def test_a_language_that_has_no_text_is_told_in_english() -> None:
    assert Refused(401, StandardFault.NO_ISSUER).told("de") == "no issuer of identities is configured here"
