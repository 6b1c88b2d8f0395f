"""An entry bears one label: what is called the best is one in the whole list that somebody has before them, and a fact
stands on every entry of which it is true, or on none."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.api.motis import CheckedClient

STOPS = "A 0 0, B 9 0"
BOATS = """
    Boat1
    A     B
    8:00  8:30

    Boat2
    A     B
    8:20  8:50

    Boat3
    A     B
    8:30  9:10
    """
BUS_AND_BOAT = """
    Bus1
    A     B
    8:05  8:25

    Boat2
    A     B
    8:30  8:55
    """
HOURLY = """
    Bus1
    A      B
    8:00   8:20
    10:00  10:20
    12:00  12:20
    14:00  14:20

    Bus2
    A      B
    8:10   8:50
    10:10  10:50
    12:10  12:50
    14:10  14:50
    """
FORM = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-03T07:55"}


def page(client: CheckedClient, **more: str) -> str:
    return unescape(client.post("/?lang=fr", data=FORM | more).text)


def labels(text: str) -> list[str]:
    return re.findall(r'<span class="tag[^"]*">([^<]*)</span>', text)


def test_where_several_go_by_boat_none_is_told_to_by_its_label_alone(ask_town: Any) -> None:
    text = page(ask_town(STOPS, BOATS))
    assert text.count('<li class="card') == 3
    assert ("meilleur choix" in " ".join(labels(text)), "En bateau" in labels(text)) == (True, False)


BEST_BOAT_HAS_LEFT = """
    Boat1
    A     B
    8:00  8:30
    8:40  9:05

    Bus2
    A     B
    8:10  8:40

    Boat3
    A     B
    8:45  9:25
    """


def test_which_facts_are_told_is_decided_by_what_stands_at_the_heads_of_entries(ask_town: Any) -> None:
    """At the head of the first boat stands that of 8:40, which is the fastest, as that of 8:00 has left."""
    text = page(ask_town(STOPS, BEST_BOAT_HAS_LEFT, now="2026-06-03 8:05"), sort="best")
    assert sorted(labels(text)) == ["Le meilleur choix", "Le plus rapide"]


def test_the_only_way_by_boat_is_told_to_be_one(ask_town: Any) -> None:
    assert "En bateau" in labels(page(ask_town(STOPS, BUS_AND_BOAT)))


def later(client: CheckedClient) -> tuple[str, str]:
    first = page(client)
    cursor = re.findall(r'<button form="search" name="cursor" value="([^"]+)"', first)[-1]
    return first, page(client, cursor=cursor)


def test_the_list_that_goes_on_has_one_best_choice(ask_town: Any) -> None:
    first, more = later(ask_town(STOPS, HOURLY))
    assert more.count('<li class="card')
    assert labels(first).count(labels(first)[0]) == 1
    assert (labels(more), "meilleur choix" in more) == ([], False)


def test_the_api_calls_nothing_the_best_of_a_page_that_goes_on(ask_town: Any) -> None:
    client: CheckedClient = ask_town(STOPS, HOURLY)
    asked = {"fromPlace": "t_A", "toPlace": "t_B", "time": "2026-06-03T07:55", "profile": "adult"}
    first = client.post("/api/trips", json=asked).json
    more = client.post("/api/trips", json=asked | {"pageCursor": first["nextPageCursor"]}).json
    assert sum("best" in one["hent"]["labels"] for one in first["itineraries"]) == 1
    assert {label for one in more["itineraries"] for label in one["hent"]["labels"]} == {"alternative"}


@pytest.mark.parametrize(("profile", "told"), [("reduced_mobility", True), ("adult", False)])
def test_who_must_not_meet_steps_reads_in_each_opened_entry_that_there_are_none(
    ask_town: Any, profile: str, told: bool
) -> None:
    known = "A yes, B yes, Boat1-1 yes, Boat2-1 yes, Boat3-1 yes"
    text = page(ask_town(STOPS, BOATS, step_free=known), profile=profile)
    facts = re.findall(r'<ul class="facts">(.*?)</ul>', text, re.DOTALL)
    assert ("De plain-pied" in " ".join(facts)) is told


CHANGE_OR_LONGER = """
    Bus1
    A      C
    8:00   8:10
    10:00  10:10

    Bus2
    C      B
    8:15   8:25
    10:15  10:25

    Bus3
    A      B
    8:05   9:00
    10:05  11:00
    """


def test_no_order_is_offered_on_a_page_that_goes_on_as_it_would_lead_back(ask_town: Any) -> None:
    first, more = later(ask_town("A 0 0, C 5 2, B 9 0", CHANGE_OR_LONGER))
    assert 'name="sort" value="fewest_changes"' in first
    assert more.count('<li class="card')
    assert 'name="sort"' not in more


def test_a_list_that_is_sorted_says_by_what_so_that_what_joins_it_finds_its_place(ask_town: Any) -> None:
    client = ask_town("A 0 0, C 5 2, B 9 0", CHANGE_OR_LONGER)
    assert "data-rank" not in page(client)
    sorts = [re.findall(r'data-rank="([\d.]+) ', page(client, sort=name)) for name in ("fewest_changes", "fastest")]
    assert [[float(one) for one in ranks][:2] for ranks in sorts] == [[0, 1], [25 * 60, 55 * 60]]
