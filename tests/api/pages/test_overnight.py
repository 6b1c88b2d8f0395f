"""Of a list with a departure that waits a night at a quay: it is told apart, and that it is there on another day."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.told import text
from tests.api.motis import CheckedClient
from tests.api.pages.test_entry import summaries

LINES = """
    Boat1
    A      B
    18:00  18:10
    19:00  19:10
    19:30  19:40

    Bus2
    B      C
    6:30   6:50
    18:20  18:40
    19:20  19:40
    """
FORM = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T17:55"}


@pytest.fixture(scope="module")
def evening(ask_town: Any) -> CheckedClient:
    found: CheckedClient = ask_town("A 0 0, B 3 0, C 12 0", LINES, now="2026-06-03 17:30")
    return found


def test_a_departure_that_is_there_the_next_morning_is_no_other_time_of_the_one_that_goes_through(
    evening: CheckedClient,
) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T17:55:00+02:00"}
    found = evening.ask("/api/v6/plan", **asked, profile="adult", language="en")["hent"]
    assert [one["sentence"] for one in found["entries"]] == [
        "Boat1 + Bus2: 18:00, 19:00",
        "Boat1 + Bus2: 19:30",
    ]


def test_page_and_answer_say_of_it_that_it_waits_before_they_say_that_it_goes_by_boat(evening: CheckedClient) -> None:
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T17:55:00+02:00"}
    through, overnight = (
        evening.ask("/api/v6/plan", **asked, profile="adult")["itineraries"][row]["hent"]["reason"] for row in (1, 2)
    )
    assert overnight.startswith("Longue attente en route : ") and "attente" not in through
    assert "Longue attente en route" in summaries(evening.post("/?lang=fr", data=FORM).text)[1]


def test_a_closed_entry_says_that_one_is_there_the_next_day(evening: CheckedClient) -> None:
    through, overnight = (text(one) for one in summaries(evening.post("/?lang=fr", data=FORM).text))
    assert through.startswith("18:00 → 18:40 40 min") and "aussi à 19:00" in through and "19:30" not in through
    assert overnight.startswith("19:30 → 6:50 +1 j 11 h 20")


@pytest.mark.parametrize(("language", "said"), [("fr-x-falc", "+1 jour"), ("br", "+1 d"), ("en", "+1 d")])
def test_it_is_said_in_each_language(evening: CheckedClient, language: str, said: str) -> None:
    page = evening.post(f"/?lang={language}", data=FORM).text
    assert re.findall(r'<span class="times">[^<]*<small>([^<]*)</small>', page) == [said]


@pytest.mark.parametrize(("day", "told"), [("2026-06-03", "demain"), ("2026-06-04", "vendredi 5 juin")])
def test_an_entry_of_the_next_morning_says_tomorrow_to_who_asks_about_today(ask_town: Any, day: str, told: str) -> None:
    client = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", now="2026-06-03 17:30")
    page = client.post("/?lang=fr", data={"from": "t_A", "to": "t_B", "when": "leave", "moment": f"{day}T20:00"}).text
    assert re.findall(r'class="day">([^<]*)<', page) == [told]


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("fr", "Sans longue attente en chemin, "),
        ("br", "Hep gortoz pell war an hent, "),
        ("en", "Without a long wait on the way, "),
        ("fr-x-falc", "Sans attendre longtemps en chemin, "),
    ],
)
def test_beside_a_way_that_waits_the_night_the_last_one_is_that_of_who_does_not(
    evening: CheckedClient, language: str, told: str
) -> None:
    """After the boat of 19:00 that of 19:30 still leaves: its bus goes in the morning."""
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T19:05:00+02:00", "language": language}
    answer = evening.ask("/api/v6/plan", **asked, profile="adult")
    assert "19:30" in answer["hent"]["entries"][0]["sentence"]
    assert answer["hent"]["lastDeparture"]["sentence"].replace("\u202f", " ").startswith(told)
