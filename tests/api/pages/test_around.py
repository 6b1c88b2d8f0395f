""" "Autour de l'arrivée": the town centre, a place to work and a counter to call stand behind it, and nowhere else."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from mobility.network.graph import with_place_ways
from mobility.network.place import TerritoryPlace
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place
from tests.town import at, town

PLACES = (
    place("town_centre", "Bourg", "6 0", radius_m="700"),
    place("counter", "Boutique", "6 0.2", phone="02 97 21 28 29", opening_hours="Mo-Fr 08:00-18:00"),
    place("third_place", "Halle", "0.5 0", opening_hours="24/7"),
)
SAID = {
    "fr": ("Autour de l’arrivée", "Dans le centre", "Travailler plus près"),
    "br": ("Tro-dro d’an erruout", "E kreiz-kêr", "Labourat tostoc’h"),
    "en": ("Around where you arrive", "In the town centre", "Work closer"),
}


@pytest.fixture(scope="module")
def client() -> CheckedClient:
    """A bus from A, with a place to work beside it, to B in a town centre that has a counter."""
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15")
    network = with_place_ways(replace(found.network, places=PLACES), found.streets)
    return CheckedClient(app_of(Territory(network, found.streets, found.days)))


def answer(client: CheckedClient, language: str, end: str = "6 0.6", moment: str = "2026-06-03T07:45") -> str:
    ends = {name: f"{at(where).lat},{at(where).lon}" for name, where in (("from", "0 0.6"), ("to", end))}
    form = {**ends, "when": "leave", "moment": moment}
    return client.post(f"/?lang={language}", data=form).text


@pytest.mark.parametrize("language", ["fr", "br", "en"])
def test_town_centre_places_to_work_and_help_stand_behind_it_closed_at_first(
    client: CheckedClient, language: str
) -> None:
    page = answer(client, language)
    behind = re.findall(r'(<details class="around"[^>]*>)(.*?)</details>', page, re.DOTALL)
    assert len(behind) == 1
    opening, text = behind[0]
    assert "open" not in opening
    heading, centre, work = SAID[language]
    for told in (heading, centre, work, "Halle", "Boutique", "tel:0297212829"):
        assert told in text
    assert page.count(work) == 1, "said once, and only there"
    assert not re.search(rf"<h\d[^>]*>[^<]*{work}", text), "it is no heading that lectures"


def test_where_nothing_is_known_of_the_arrival_there_is_no_such_part() -> None:
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15")
    page = answer(CheckedClient(app_of(found)), "fr")
    assert "8:15" in page
    assert 'class="around"' not in page


def test_a_counter_to_call_that_is_closed_says_when_it_opens() -> None:
    """It is Wednesday 3 June 2026."""
    said = {
        "2026-06-03 6:00": "Fermé à cette heure-là, ouvre à 8 h",
        "2026-06-03 12:00": "",
        "2026-06-03 18:00": "Fermé, ouvre demain à 8 h",
        "2026-06-05 20:00": "Fermé, ouvre lundi à 8 h",
    }
    assert {now: shut(answer(at_that_time(now, PLACES), "fr")) for now in said} == said


def test_what_is_closed_is_so_at_the_hour_of_the_trip_and_not_now() -> None:
    """Asked on Monday evening about Wednesday 3 June, when it is open from eight to six."""
    client = at_that_time("2026-06-01 20:00", PLACES)
    told = {when: shut(around(answer(client, "fr", moment=f"2026-06-03T{when}"))) for when in ("08:30", "20:00")}
    assert told == {"08:30": "", "20:00": "Fermé à cette heure-là, ouvre jeudi 4 juin à 8 h"}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Fermé, ouvre demain à 8 h"),
        ("br", "Serr, a zigoro warc’hoazh da 8e"),
        ("en", "Closed, opens tomorrow at 8:00"),
        ("fr-x-falc", "Fermé. Il ouvre demain à 8 h"),
    ],
)
def test_so_it_does_in_each_language_also_where_no_trip_is_found(language: str, said: str) -> None:
    client = at_that_time("2026-06-03 18:00", PLACES)
    assert shut(answer(client, language)) == said
    assert shut(answer(client, language, end="90 0")) == said


def test_of_two_counters_the_one_that_is_open_is_called_be_it_farther() -> None:
    near = place("counter", "Boutique", "0 1", phone="02 97 21 28 29", opening_hours="Mo-Fr 08:00-18:00")
    far = place("counter", "Gare", "0 5", phone="02 97 00 00 00", opening_hours="24/7")
    evening, noon = (answer(at_that_time(f"2026-06-03 {clock}", (near, far)), "fr") for clock in ("18:00", "12:00"))
    assert ("tel:0297000000" in evening, "tel:0297212829" in evening, shut(evening)) == (True, False, "")
    assert ("tel:0297000000" in noon, "tel:0297212829" in noon) == (False, True)


def test_on_a_public_holiday_one_reads_to_call_first() -> None:
    """25 December 2026 is a Friday."""
    assert "Jour férié : appelez d’abord" in answer(at_that_time("2026-12-25 12:00", PLACES), "fr")


def test_of_two_counters_the_one_at_the_arrival_is_named_and_one_at_the_departure_is_said_to_be_there() -> None:
    start = place("counter", "Relais", "0 0.5", phone="02 97 00 00 00", opening_hours="24/7")
    both, alone = (answer(at_that_time("2026-06-03 12:00", places), "fr") for places in ((start, PLACES[1]), (start,)))
    assert "Une personne pour vous aider : Boutique" in both
    assert "Une personne pour vous aider, plus près du départ : Relais" in alone


def test_where_no_hours_are_known_nothing_is_said_to_be_closed() -> None:
    unknown = place("counter", "Boutique", "6 0.2", phone="02 97 21 28 29", opening_hours="by arrangement")
    assert shut(answer(at_that_time("2026-06-03 3:00", (unknown,)), "fr")) == ""


def at_that_time(now: str, places: tuple[TerritoryPlace, ...]) -> CheckedClient:
    found = town("A 0 0, B 6 0", "Bus1\nA B\n8:00 8:15\n8:40 8:55\n20:40 20:55")
    network = with_place_ways(replace(found.network, places=places), found.streets)
    return CheckedClient(app_of(Territory(network, found.streets, found.days), now))


def around(page: str) -> str:
    return page.split('<details class="around"')[1].split("</details>")[0]


def shut(page: str) -> str:
    """What stands behind the number of a counter that is closed, the same wherever it is said."""
    found = set(re.findall(r'<small class="screen shut-now">((?:Ferm|Serr|Closed)[^<]*)</small>', page))
    assert len(found) < 2
    return "".join(found)
