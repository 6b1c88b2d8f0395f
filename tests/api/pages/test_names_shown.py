"""How pages show names: whole, with a picture of what calls there, and never as a pair of numbers."""

from __future__ import annotations

import html
import re

import pytest

from api.pages import icons
from api.pages.unbroken import unbroken
from mobility.network.modes import MODES
from tests.api.conftest import app_of
from tests.town import town

NOW = "2026-06-03 7:30"


def bits(*modes: str) -> int:
    return sum(1 << MODES.index(mode) for mode in modes)


@pytest.mark.parametrize(
    ("modes", "picture"),
    [
        (("BUS",), "bus"),
        (("BUS", "FERRY"), "boat"),
        (("FERRY", "BUS", "REGIONAL_RAIL"), "train"),
        ((), "bus"),
    ],
)
def test_a_stop_has_the_picture_of_what_it_is_known_for(modes: tuple[str, ...], picture: str) -> None:
    assert icons.of_stop(bits(*modes)) == picture


def test_a_name_with_a_hyphen_stands_on_one_row_and_is_copied_as_it_is_written() -> None:
    shown = unbroken("Groix Port-Tudy <quai>")
    assert shown == 'Groix <span class="whole">Port-Tudy</span> &lt;quai&gt;'
    assert unbroken("Saint-Jean-Brévelay-la-Longue") == "Saint-Jean-Brévelay-la-Longue", "too long for a narrow screen"


def test_a_pair_of_numbers_is_called_a_point_on_the_map() -> None:
    territory = town("A 0 0, C 6 0", "Bus1\nA C\n8:00 8:20")
    client, stops = app_of(territory, NOW).test_client(), territory.network.stops
    pair = f"{stops.lat[0]:.5f},{stops.lon[0]:.5f}"
    form = {"from": pair, "to": "t_C", "when": "leave", "moment": "2026-06-03T07:55"}
    page = html.unescape(client.post("/?lang=fr", data=form).text)
    title = re.search(r"<title>(.*?)</title>", page, re.S)
    assert title is not None
    assert "Point sur la carte" in title[1]
    assert pair not in title[1]
    assert f'value="{pair}"' in page, "as it was typed"
