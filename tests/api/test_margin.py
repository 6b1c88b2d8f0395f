"""What a change leaves over is told as margin, not as walking."""

from __future__ import annotations

import pytest

from api.app import create_app
from api.web.sentences import EASY, sentences
from tests.api.conftest import Fixed, config
from tests.town import moment, town

LINES = """
    Bus1
    A     B
    8:00  8:10

    Bus2
    C     D
    8:20  8:30

    Bus3
    D     E
    8:31  8:40
    """
TOWN = town("A 0 0, B 3 0, C 3.1 0, D 6 0, E 9 0", LINES)
"""B and C are 100 m apart, 130 m on foot: 98 s at 1.33 m/s."""


def legs(end: str = "D", **more: str):
    client = create_app(config(), Fixed(TOWN), lambda: moment("2026-06-03 7:55")).test_client()
    asked = {"fromPlace": "t_A", "toPlace": f"t_{end}", "time": "2026-06-03T07:55:00+02:00"} | more
    (found,) = client.get("/api/v6/plan", query_string=asked).get_json()["itineraries"]
    return found["legs"]


def test_the_walk_lasts_as_long_as_one_walks_and_the_ride_after_it_says_what_is_left():
    first, walk, second = legs()
    assert (walk["duration"], walk["distance"]) == (98, 130)
    assert second["hent"]["margin"] == 600 - 98
    assert "margin" not in first["hent"]


def test_who_takes_their_time_to_change_walks_no_longer_for_it():
    """A family changes in three minutes at least: the walk takes 130 s of them at a metre a second."""
    _, walk, second = legs(profile="family")
    assert walk["duration"] == 130
    assert second["hent"]["margin"] == 600 - 130


def test_a_change_at_one_stop_has_a_margin_too():
    assert [leg["hent"].get("margin") for leg in legs("E")] == [None, None, 502, 60]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("fr", "8 min de marge"),
        ("br", "8 min a chom"),
        ("en", "8 min to spare"),
        (EASY, "encore 8 min avant le départ"),
    ],
)
def test_the_page_says_it(language: str, words: str):
    client = create_app(config(), Fixed(TOWN), lambda: moment("2026-06-03 7:55")).test_client()
    asked = {"from": "t_A", "to": "t_D", "when": "leave", "moment": "2026-06-03T07:55", "language": language}
    page = client.post("/", data=asked, headers={"Accept-Language": language}).get_data(as_text=True)
    assert words in page


def test_less_than_a_minute_is_said_as_such():
    assert {sentences(one)["text"]["no_margin"] for one in ("fr", "br", "en")} == {
        "moins d’une minute de marge",
        "nebeutoc’h eget ur vunutenn a chom",
        "less than a minute to spare",
    }
