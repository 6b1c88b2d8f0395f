"""What somebody who takes no steps has to check under an entry."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.town import at


@pytest.mark.parametrize(
    ("language", "of_a_way", "told"),
    [
        ("fr", "sur le chemin", "Nous ne savons pas s’il y a des marches sur le chemin vers A, C et votre arrivée."),
        ("en", "the way to", "We do not know whether the way to A, C and your destination has steps."),
        ("br", "war an hent", "Ne ouzomp ket hag-eñ ez eus derezioù war an hent betek A, C ha ho pal."),
    ],
)
def test_all_ways_of_which_no_steps_are_known_stand_in_one_sentence(
    ask_town: Any, language: str, of_a_way: str, told: str
) -> None:
    """To the first bus at A, from B to the second at C, and from D to the door."""
    client = ask_town("A 0 0, B 5 0, C 5.2 0, D 10 0", "Bus1\nA B\n8:10 8:20\n\nBus2\nC D\n8:40 8:50")
    start, end = (f"{one.lat},{one.lon}" for one in (at("-0.2 0"), at("10.2 0")))
    form = {"from": start, "fromId": start, "to": end, "toId": end, "when": "leave", "moment": "2026-06-03T07:55"}
    page = client.post(f"/?lang={language}", data=form | {"profile": "reduced_mobility"}).text
    first = page[page.index('<li class="card option') :].partition("</details>")[0]
    assert [one for one in re.findall(r"<li>([^<]+)</li>", unescape(first)) if of_a_way in one] == [told]
