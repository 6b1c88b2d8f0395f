"""What stands beside what, as a browser places it."""

from __future__ import annotations

import pytest
import requests
from playwright.sync_api import FloatRect, Locator, Page

from tests.browser.conftest import NARROW, WIDE, Opened

ASKED = {"fromPlace": "lorient_gare", "toPlace": "lorient_port-tudy", "time": "2026-11-24T08:00:00+01:00"}
NEAR_PX = 1.0


def kept_trip(opened: Opened, address: str, viewport: dict[str, int]) -> Page:
    kept = requests.get(f"{address}/api/v6/plan", params=ASKED, timeout=20).json()["itineraries"][0]["id"]
    return opened(f"/trips/{kept}", viewport=viewport)


def box(of: Locator) -> FloatRect:
    found = of.first.bounding_box()
    assert found
    return found


def test_the_map_of_a_kept_trip_stands_beside_its_legs_and_stays_in_sight(opened: Opened, address: str) -> None:
    page = kept_trip(opened, address, WIDE)
    legs, beside = box(page.locator(".legs")), page.locator(".keep")
    assert box(beside)["x"] >= legs["x"] + legs["width"] and box(beside)["y"] < legs["y"]
    assert box(beside)["height"] <= WIDE["height"]
    page.evaluate("scrollTo(0, 300)")
    assert 0 <= box(beside)["y"] < 100


def test_on_a_telephone_it_stands_below_them(opened: Opened, address: str) -> None:
    page = kept_trip(opened, address, NARROW)
    legs = box(page.locator(".legs"))
    assert box(page.locator(".keep"))["y"] >= legs["y"] + legs["height"]


def test_what_one_can_do_stands_at_one_height_in_a_row_of_counters(opened: Opened) -> None:
    cards = opened("/counters").locator(".many > .card").all()
    ends = [(round(box(card)["y"]), box(card.locator(".actions"))) for card in cards]
    rows: dict[int, set[int]] = {}
    for top, act in ends:
        rows.setdefault(top, set()).add(round(act["y"] + act["height"]))
    assert len(rows) < len(cards), "several in a row"
    assert all(max(row) - min(row) <= NEAR_PX for row in rows.values()), rows


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["telephone", "desk"])
def test_a_link_and_what_is_said_of_it_stand_close_together(opened: Opened, viewport: dict[str, int]) -> None:
    for path in ("/api", "/data/"):
        rows = opened(path, viewport=viewport).locator(".files > li").all()
        assert len(rows) > 4
        for row in rows:
            name, note = box(row.locator("a > span").first), box(row.locator("a > small"))
            assert note["x"] == name["x"]
            assert -2 < note["y"] - (name["y"] + name["height"]) < 4
            assert box(row)["height"] - (note["y"] + note["height"] - name["y"]) < 16, "no hole above"
