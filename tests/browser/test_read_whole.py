"""Words that are read whole on a telephone: hints, tabs, chips, orders, the table of what weighs."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDE, Opened, ask
from tests.browser.test_compact import END, LANGUAGES, OUTSIDE, PHONE

HINTS_CUT = """[...document.querySelectorAll("[data-place]")].filter((one) => {
  const style = getComputedStyle(one), pen = document.createElement("canvas").getContext("2d");
  pen.font = style.font;
  const round = parseFloat(style.paddingLeft) + parseFloat(style.paddingRight);
  return pen.measureText(one.placeholder).width > one.clientWidth - round;
}).map((one) => one.placeholder)"""
BROKEN = """(what) => [...document.querySelectorAll(what)].filter((one) => one.scrollWidth > one.clientWidth)
  .map((one) => one.textContent)"""


@pytest.mark.parametrize("path", ["/carpool", "/carpool/sign-in"])
def test_no_tab_is_cut_on_a_telephone(opened: Opened, path: str) -> None:
    page = opened(path, viewport=PHONE)
    rights = page.locator(".tabs a").evaluate_all("all => all.map((one) => one.getBoundingClientRect().right)")
    assert len(rights) == 3
    assert max(rights) <= 360


def test_what_weighs_for_each_profile_is_read_on_a_telephone_without_moving_a_table(opened: Opened) -> None:
    page = opened("/ranking", viewport=PHONE)
    table = page.locator(".stacked")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth")
    first = table.locator("tbody tr").first
    expect(first.locator("td").first).to_have_attribute("data-of", "un changement")
    assert first.locator("td").first.evaluate("one => getComputedStyle(one, '::before').content") == '"un changement"'
    page.set_viewport_size(WIDE)
    expect(table.locator("thead")).to_be_visible()
    assert first.locator("td").first.evaluate("one => getComputedStyle(one, '::before').content") == "none"


@LANGUAGES
def test_what_a_field_is_for_is_read_whole_on_a_telephone(opened: Opened, language: str) -> None:
    assert opened(f"/?lang={language}", viewport=PHONE).evaluate(HINTS_CUT) == []


@pytest.mark.parametrize("path", ["/stops/lorient_gare", "/lines/lorient_T1"])
def test_every_chip_of_a_board_or_line_is_whole_on_a_telephone(opened: Opened, path: str) -> None:
    page = opened(path, viewport=PHONE)
    assert page.locator(".filters .chip").count() > 1
    assert page.evaluate(OUTSIDE, ".filters .chip") == []


@LANGUAGES
def test_every_order_of_an_answer_is_whole_on_a_telephone(opened: Opened, language: str) -> None:
    page = ask(opened(f"/?lang={language}", viewport=PHONE), "Gare d'Échanges", END)
    assert page.locator(".sorts button").count() > 1
    assert page.evaluate(OUTSIDE, ".sorts button") == []
    assert page.evaluate(BROKEN, ".sorts button") == []
