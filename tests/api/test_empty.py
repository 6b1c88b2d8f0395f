"""An empty answer is no error: it says why."""

import re
from collections.abc import Callable

import pytest

from tests.api.motis import CheckedClient


@pytest.mark.parametrize(
    ("start", "end", "time", "code"),
    [
        ("t_A", "t_C", "2031-06-03T08:00", "outside_service_period"),
        ("48.9,2.3", "t_C", "2026-06-03T08:00", "origin_outside_territory"),
        ("t_A", "48.9,2.3", "2026-06-03T08:00", "destination_outside_territory"),
        ("t_E", "t_A", "2026-06-03T08:00", "nothing_in_window"),
    ],
)
def test_an_empty_answer_has_a_typed_reason(client: CheckedClient, start: str, end: str, time: str, code: str) -> None:
    answer = client.ask("/api/v6/plan", fromPlace=start, toPlace=end, time=time)
    assert answer["itineraries"] == []
    assert answer["hent"]["reason"]["code"] == code
    assert answer["hent"]["reason"]["sentence"]


def test_no_mode_at_all_is_no_ride(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", transitModes="")
    assert answer["itineraries"] == []
    assert "reason" in answer["hent"]


def test_the_walk_that_is_too_long_is_told_with_the_limit(ask_town: Callable[..., CheckedClient]) -> None:
    """1.2 km at 1.33 m/s, 1.3 times the straight line: a little over the ten minutes allowed."""
    client = ask_town("A 0 0, C 6 0, S 6 1.2, T 6 9", "Bus1\nA C\n8:00 8:20\n\nBus9\nT S\n7:00 7:10")
    asked = {"fromPlace": "t_A", "toPlace": "t_S", "time": "2026-06-03T05:30:00Z", "maxPostTransitTime": 600}
    reason = client.ask("/api/v6/plan", **asked, language="en")["hent"]["reason"]
    assert reason["code"] == "walk_too_long"
    minutes = int(reason["sentence"].split()[0])
    assert 15 <= minutes <= 20
    told = f"{minutes} minutes on foot from C: more than the limit of 10. With a longer walk there is a trip."
    assert reason["sentence"] == told


def test_a_day_beyond_the_timetable_is_not_told_to_try_the_next(client: CheckedClient) -> None:
    form = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2031-06-03T08:00"}
    page = client.post("/", data=form).text
    assert "ne couvrent pas cette date" in page
    assert 'name="nextDay"' not in page


FAR = ("A 0 0, C 6 0, S 6 1.2, T 6 9", "Bus1\nA C\n8:00 8:20\n\nBus9\nT S\n7:00 7:10")
FORM = {"from": "t_A", "to": "t_S", "when": "leave", "moment": "2026-06-03T07:30"}
FARTHER = '<button form="search" name="farther" value="1">'


def test_the_page_offers_the_longer_walk_and_finds_the_trip_with_it(ask_town: Callable[..., CheckedClient]) -> None:
    client = ask_town(*FAR)
    page = client.post("/", data=FORM).text
    assert f"{FARTHER}Chercher aussi des arrêts plus loin</button>" in page
    assert f"{FARTHER}Include stops farther away</button>" in client.post("/?lang=en", data=FORM).text
    again = client.post("/", data=FORM | {"farther": "1"}).text
    assert "8:00 → 8:40" in again
    assert "arrêts jusqu’à 30 minutes" in again
    assert '<input type="hidden" name="farther" value="1">' in again
    assert FARTHER not in again


def test_to_who_climbs_no_steps_a_way_is_too_long_and_not_a_walk(ask_town: Callable[..., CheckedClient]) -> None:
    """At the pace of a wheelchair it is more than twenty minutes."""
    client = ask_town(*FAR, step_free="A yes, C yes, S yes, Bus1-1 yes")
    asked = {"fromPlace": "t_A", "toPlace": "t_S", "time": "2026-06-03T05:30:00Z", "profile": "reduced_mobility"}
    reason = client.ask("/api/v6/plan", **asked, maxPostTransitTime=600, language="fr")["hent"]["reason"]
    assert reason["code"] == "walk_too_long"
    assert "C est à 27 minutes : plus que" in reason["sentence"].replace("\u202f", " ").replace("\xa0", " ")
    assert "marche" not in reason["sentence"]


def test_the_same_start_and_end_is_said_once(client: CheckedClient) -> None:
    page = client.post("/", data=FORM | {"to": "t_A"}).text
    assert page.count("Vous y êtes déjà") == 1
    assert 'class="card' not in page
    assert not re.search(r"\b0\smin", page)
    assert FARTHER not in page


WEEKDAYS = {
    "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    "S,1,1,1,1,1,0,0,20261201,20261231",
    "calendar_dates": "service_id,date,exception_type\nS,20261225,2",
}
"""Christmas Day 2026 is a Friday."""


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-12-25 9:00", "est un jour férié. Prochain départ : lundi 28 décembre à 8:00."),
        ("2026-12-02 9:00", "Vendredi 25 décembre est un jour férié. Prochain départ : lundi 28 décembre à 8:00."),
    ],
)
def test_who_finds_nothing_on_a_holiday_hears_that_it_is_one_and_when_the_next_one_leaves(
    ask_town: Callable[..., CheckedClient], now: str, told: str
) -> None:
    client = ask_town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:20", more=WEEKDAYS, now=now)
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-12-25T09:30:00Z", "language": "fr"}
    reason = client.ask("/api/v6/plan", **asked)["hent"]["reason"]
    assert told in reason["sentence"]
    assert reason["nextDeparture"] == "2026-12-28T08:00:00+01:00"


def test_an_answer_that_begins_on_the_day_after_a_holiday_says_that_it_was_one(
    ask_town: Callable[..., CheckedClient],
) -> None:
    """Armistice Day is a Wednesday."""
    feed = {**WEEKDAYS, "calendar_dates": "service_id,date,exception_type\nS,20261111,2"}
    feed["calendar"] = feed["calendar"].replace("20261201", "20261101")
    client = ask_town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:20", more=feed, now="2026-11-09 9:00")
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-11-11T09:30:00Z", "language": "fr"}
    told = client.ask("/api/v6/plan", **asked)["hent"]["lastDeparture"]["sentence"]
    assert "Mercredi 11 novembre est un jour férié." in told
    assert "jeudi 12 novembre à 8:00" in told
