"""The last kilometre under an entry: where it is long, at the pace of who asked, and nowhere else."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place, surrounded
from tests.town import at

STOPS, BUS = "A 0 0, B 10 0", "Bus1\nA B\n8:00 8:20"
ON_WHEELS = "Au rythme d’un fauteuil roulant"


def entry(client: CheckedClient, door: str, profile: str = "adult") -> str:
    """The page for somebody who goes from A to a door near B."""
    home = at(door)
    where = f"{home.lat},{home.lon}"
    form = {"from": "t_A", "to": where, "toId": where, "when": "leave", "moment": "2026-06-03T07:55"}
    page = client.post("/?lang=fr", data=form | {"profile": profile}).text
    assert "B" in page[page.index('<li class="card option') :], "there is a bus to B"
    return page


def last_kilometre(client: CheckedClient, door: str, profile: str = "adult") -> str:
    """What stands under the entry; "" where nothing does."""
    found = re.search(r'<section class="last-km">(.*?)</section>', entry(client, door, profile), re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", found[1])) if found else ""


@pytest.mark.parametrize(("door", "walked_m"), [("10.1 0", 130), ("10.3 0", 390)])
def test_a_short_walk_with_nothing_to_choose_is_a_leg_and_no_chapter(ask_town: Any, door: str, walked_m: int) -> None:
    """Ways are reckoned 1.3 times as long as the straight line; 400 m is where the chapter begins."""
    client = ask_town(STOPS, BUS)
    assert f"({walked_m} m)" in unescape(entry(client, door))
    assert last_kilometre(client, door) == ""


def test_a_walk_of_more_than_400_m_is_told(ask_town: Any) -> None:
    told = last_kilometre(ask_town(STOPS, BUS), "10.4 0")
    assert re.search(r"À pied : 7 min, 520 m, gratuit\.", told)


@pytest.mark.parametrize("profile", ["adult", "family", "senior", "blind"])
def test_the_pace_of_a_wheelchair_is_told_to_nobody_who_did_not_ask(ask_town: Any, profile: str) -> None:
    told = last_kilometre(ask_town(STOPS, BUS), "10.4 0", profile)
    assert "À pied" in told
    assert ON_WHEELS not in told


def test_who_is_in_a_wheelchair_is_told_that_way_and_not_the_other(ask_town: Any) -> None:
    told = last_kilometre(ask_town(STOPS, BUS), "10.4 0", "reduced_mobility")
    assert f"{ON_WHEELS} : 9 min, 520 m" in told
    assert "À pied" not in told


def test_nor_does_a_wheelchair_make_a_chapter_of_a_short_way(ask_town: Any) -> None:
    assert last_kilometre(ask_town(STOPS, BUS), "10.1 0", "reduced_mobility") == ""


@pytest.mark.parametrize(("profile", "is_chapter"), [("adult", False), ("reduced_mobility", True)])
def test_a_short_way_is_a_chapter_for_whom_there_is_something_to_choose(profile: str, is_chapter: bool) -> None:
    """A taxi rank beside the stop and 260 m to go: nothing to who walks, much to who can take no step."""
    rank = place("taxi_rank", "Station", "10 0.1", step_free="yes", phone="02 61 91 00 00")
    told = last_kilometre(CheckedClient(app_of(surrounded(rank, stops=STOPS, lines=BUS))), "10.2 0", profile)
    assert ("Station" in told) is is_chapter
    assert bool(told) is is_chapter


def test_a_trip_on_foot_alone_has_no_last_stop_to_walk_from(ask_town: Any) -> None:
    """1.2 km from B: far enough for a chapter, were there a ride."""
    home, start = at("10.9 0"), at("10 0")
    where = {"from": f"{start.lat},{start.lon}", "to": f"{home.lat},{home.lon}"}
    form = where | {"when": "leave", "moment": "2026-06-03T07:55"}
    page = unescape(ask_town(STOPS, BUS).post("/?lang=fr", data=form).text)
    assert "(1,2 km)" in page and 'class="last-km"' not in page
