"""What somebody found ugly on the sheets of paper, and what it is like instead."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDE, Opened
from tests.browser.test_compact import PHONE

BOAT, TRAM, HUB = "/lines/lorient_B1/sheet", "/lines/lorient_T1/sheet", "/stops/lorient_gare/sheet"
ROWS = """(one) => { const range = document.createRange(); range.selectNodeContents(one);
  return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size; }"""
"""On how many rows the words of something stand."""


def lefts(page: Page) -> set[tuple[float, ...]]:
    """Where the columns of each part of the first table begin."""
    begin = "(row) => [...row.querySelectorAll('td')].map((one) => Math.round(one.getBoundingClientRect().x))"
    parts = page.locator("h2").first.locator("~ .scroll").all()[:3]
    return {tuple(one.locator("tbody tr").first.evaluate(begin)) for one in parts}


@pytest.mark.parametrize("path", [BOAT, TRAM])
@pytest.mark.parametrize("width", [320, 360, 700])
def test_no_hour_of_a_line_is_cut_at_the_edge_of_a_telephone(opened: Opened, path: str, width: int) -> None:
    page = opened(path, viewport={"width": width, "height": 800})
    beyond = "(all, width) => all.filter((one) => one.getBoundingClientRect().right > width).length"
    assert page.locator(".grid td").evaluate_all(beyond, width) == 0
    assert page.locator(".scroll").evaluate_all("(all) => all.filter((one) => one.scrollWidth > one.clientWidth)") == []


@pytest.mark.parametrize("path", [BOAT, TRAM])
def test_the_columns_of_all_parts_of_a_table_stand_below_each_other(opened: Opened, path: str) -> None:
    assert len(lefts(opened(path, viewport=WIDE))) == 1


def test_the_sheets_of_other_days_stand_beside_each_other(opened: Opened) -> None:
    page = opened(BOAT, viewport=PHONE)
    days = [one.bounding_box() for one in page.locator(".others a").all()]
    apart = [
        (after["x"] - one["x"] - one["width"], after["y"] - one["y"])
        for one, after in itertools.pairwise(days)
        if one and after
    ]
    assert [(gap < 20, below) for gap, below in apart] == [(True, 0)]


def test_no_day_in_the_head_of_a_column_is_parted(opened: Opened) -> None:
    page = opened(HUB, viewport=WIDE)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1000})
    heads = page.locator(".hours thead th", has_text="dim.")
    assert heads.count() > 5
    assert {one.evaluate(ROWS) for one in heads.all()} == {1}


def test_an_hour_is_one_row_on_paper(opened: Opened) -> None:
    page = opened(HUB, viewport={"width": 703, "height": 1000})
    page.emulate_media(media="print")
    minutes = page.locator(".hours td")
    assert minutes.count() > 500
    told = minutes.evaluate_all(
        """(all) => all.filter((one) => one.clientHeight > 1.8 * parseFloat(getComputedStyle(one).lineHeight))
          .map((one) => one.textContent)"""
    )
    assert told == []


def test_all_tables_of_a_stop_are_as_wide_on_a_screen(opened: Opened) -> None:
    page = opened(HUB, viewport=WIDE)
    assert len({one.evaluate("(one) => Math.round(one.clientWidth)") for one in page.locator(".hours").all()}) == 1
