"""What an entry of the list says before it is opened: lines in their colours, and no more than one label."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.motis import CheckedClient

ROUTES = """
    route_id,agency_id,route_short_name,route_long_name,route_type,route_color
    Bus1,T,Bus1,,3,C2185B
    Boat2,T,Boat2,,4,FFD54F
    """
CHANGE = """
    Bus1
    A     B
    8:00  8:10

    Boat2
    B     C
    8:30  8:50
    """


def summaries(page: str) -> list[str]:
    """Of each entry what is seen while it is closed."""
    return re.findall(r'<details class="entry"[^>]*>\s*<summary>(.*?)</summary>', page, re.DOTALL)


def test_each_ride_of_the_strip_has_the_colours_of_its_line(ask_town: Any) -> None:
    """Dark ground, white name; light ground, black name. The way on foot between both has no colour."""
    client = ask_town("A 0 0, B 6 0, C 12 0", CHANGE, more={"routes": ROUTES})
    page = client.post("/", data={"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}).text
    rides = re.findall(r'<rect [^>]*fill="(#\w{6})"/><text [^>]*fill="(#\w{6})">(\w+)</text>', summaries(page)[0])
    assert [(name, fill.upper()) for fill, _, name in rides] == [("Bus1", "#C2185B"), ("Boat2", "#FFD54F")]
    assert [ink.lower() for _, ink, _ in rides] == ["#ffffff", "#000000"]


def test_each_opened_entry_says_in_one_line_why(client: CheckedClient) -> None:
    form = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}
    opened = client.post("/?lang=fr", data=form).text.split('<div class="opened">')[1:]
    reasons = [re.findall(r'<p class="reason">([^<]+)</p>', one) for one in opened]
    assert reasons and [len(one) for one in reasons] == [1] * len(opened)
    assert reasons[0] == ["Le meilleur choix : 50 min, 1 changement."]


@pytest.mark.parametrize("profile", ["adult", "family", "senior", "reduced_mobility"])
def test_an_entry_has_one_label_at_the_most_however_many_it_deserves(client: CheckedClient, profile: str) -> None:
    body = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T05:55:00Z", "profile": profile}
    labels = [one["hent"]["labels"] for one in client.post("/api/trips", json=body).json["itineraries"]]
    form = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55", "profile": profile}
    seen = [summary.count('class="tag') for summary in summaries(client.post("/", data=form).text)]
    assert max(map(len, labels)) > 1, "one of them deserves several"
    assert seen and max(seen) <= 1
