"""What somebody found ugly on the pages about journeys, and what it is like instead."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, Opened, ask
from tests.browser.test_compact import END, PHONE, START, box


def test_how_many_travel_is_typed_in_two_fields_beside_each_other(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    page.locator("details.who > summary").click()
    adults, children = box(page, "#adults"), box(page, "#children")
    assert (adults["y"], adults["x"] + adults["width"] < children["x"]) == (children["y"], True)


def test_the_button_of_the_map_stands_beside_what_the_map_is(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    page.locator(".zoom .open").wait_for()
    button, words = box(page, ".zoom .open"), box(page, ".map figcaption")
    assert words["x"] + words["width"] <= button["x"]
    assert words["y"] < button["y"] + button["height"] / 2 < words["y"] + words["height"]


def test_an_opened_entry_begins_right_below_its_way_to_scale(opened: Opened) -> None:
    page = ask(opened("/", viewport=WIDE), START, END)
    page.locator(".option .entry > summary").first.click()
    strip, below = box(page, ".option .strip"), box(page, ".option .opened")
    assert below["y"] - strip["y"] - strip["height"] < 18
    link, edge = box(page, ".option .sheet-link"), box(page, ".option .opened")
    assert link["y"] + link["height"] <= edge["y"] + 1


def kept(opened: Opened, viewport: dict[str, int]) -> Page:
    page = ask(opened("/", viewport=viewport), START, END)
    page.goto(page.url.split("/#")[0] + str(page.locator(".share a").first.get_attribute("href")))
    return page


def test_a_kept_trip_tells_its_way_once_and_on_paper_in_a_sentence_too(opened: Opened) -> None:
    page = kept(opened, PHONE)
    expect(page.locator(".sheet .sentence")).to_be_hidden()
    page.emulate_media(media="print")
    expect(page.locator(".sheet .sentence")).to_be_visible()


def test_of_when_a_kept_trip_is_stands_beside_what_asks_for_it_anew(opened: Opened) -> None:
    page = kept(opened, PHONE)
    button, told = box(page, "[data-renew]"), box(page, "[data-shown-at]")
    assert button["y"] < told["y"] + told["height"] / 2 < button["y"] + button["height"]


def test_no_name_in_a_row_is_cut_into_columns(opened: Opened) -> None:
    """A name of several parts is one of its row, where that is a row of boxes."""
    for path in ("/offline", "/lines/lorient_T1", "/stops/lorient_gare", "/disruptions"):
        parted = opened(path, viewport=PHONE).evaluate(
            """() => [...document.querySelectorAll(".whole:is(span)")].map((one) => one.parentElement)
              .filter((one) => /flex|grid/.test(getComputedStyle(one).display)).map((one) => one.outerHTML)"""
        )
        assert parted == [], path
