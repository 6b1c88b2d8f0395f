"""How pages show names: whole, with a picture of what calls there, and never as a pair of numbers."""

from __future__ import annotations

import html
import re

import pytest

from api.pages import icons
from api.pages.unbroken import unbroken
from mobility.network.modes import MODES
from tests.api.conftest import app_of, with_places
from tests.api.live.told import text
from tests.town import at, town

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


@pytest.mark.parametrize(
    "words", ["", "Point sur la carte", "Poent war ar gartenn"], ids=["typed", "picked", "in Breton"]
)
@pytest.mark.parametrize("path", ["/", "/round-trip"])
def test_beneath_a_heading_what_is_near_tells_two_points_apart_be_they_typed_or_picked(words: str, path: str) -> None:
    """On paper, too: at its head, or in the one line that screen and paper share."""
    there = with_places(town("A 0 0, C 6 0", "Bus1\nA C\n8:00 8:20\n\nBus2\nC A\n17:00 17:20"))
    client = app_of(there, NOW).test_client()
    points = [f"{where.lat:.5f},{where.lon:.5f}" for where in (at("0 0.2"), at("6 0.2"))]
    form = {"from": words or points[0], "fromId": points[0], "to": words or points[1], "toId": points[1]}
    page = client.post(f"{path}?lang=fr", data=form | {"when": "leave", "moment": "2026-06-03T07:50"}).text
    heading = re.search(r"<h1>(.*?)</h1>", page, re.S)
    assert heading and text(heading[1]).count("Point sur la carte") == 2
    shown = r'class="when">(.*?) <span class="edit"|class="sheet-title">.*?<p>(.*?)</p>|class="note">(près .*?)</p>'
    beneath = re.findall(shown, page)
    near = " · ".join(f"près de « {name} »" for name in "AC")
    assert [near in "".join(one) for one in beneath] == [True] * (2 if path == "/" else 1)
    assert [one for one in points if one in "".join(map("".join, beneath))] == [], "numbers tell nobody a place"


def test_of_a_point_that_is_near_nothing_no_number_is_told() -> None:
    client = app_of(with_places(town("A 0 0, C 6 0", "Bus1\nA C\n8:00 8:20")), NOW).test_client()
    far = at("30 0")
    form = {"from": f"{far.lat:.5f},{far.lon:.5f}", "to": "t_C", "when": "leave", "moment": "2026-06-03T07:50"}
    (beneath,) = re.findall(r'class="when">(.*?) <span class="edit"', client.post("/?lang=fr", data=form).text)
    assert text(beneath) == "mercredi 3 juin à partir de 7:50"
