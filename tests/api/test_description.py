"""The checking client checks: it is blind to nothing that the description demands."""

import pytest

from tests.api.motis import CheckedClient, faults, specs

pytestmark = pytest.mark.skipif(
    specs() is None, reason="HENT_SPECS is not set: answers are not held against the description"
)

PLAN = "/api/v6/plan"


def test_a_missing_member_is_seen(client: CheckedClient) -> None:
    answer = client.ask(PLAN, fromPlace="t_A", toPlace="t_C")
    del answer["itineraries"][0]["legs"][0]["legGeometry"]
    assert list(faults(PLAN, "get", 200, answer)) == [
        "['itineraries', 0, 'legs', 0]: 'legGeometry' is a required property"
    ]


def test_a_time_without_zone_is_seen(client: CheckedClient) -> None:
    answer = client.ask(PLAN, fromPlace="t_A", toPlace="t_C")
    answer["itineraries"][0]["startTime"] = "2026-06-03T08:00:00"
    assert len(list(faults(PLAN, "get", 200, answer))) == 1


def test_an_older_version_is_held_against_the_newest(client: CheckedClient) -> None:
    assert list(faults("/api/v2/plan", "get", 200, {"itineraries": []}))
    assert list(faults("/api/v3/health", "get", 200, {"rt": "no"}))


def test_a_status_that_is_not_described_is_seen() -> None:
    assert list(faults(PLAN, "get", 418, {})) == ["418 is no answer of /api/v6/plan"]
