"""What somebody who looked at the pictures of all pages found ugly, and what it is like instead."""

from __future__ import annotations

import itertools

import pytest

from tests.browser.conftest import WIDE, Opened, ask
from tests.browser.test_compact import END, PHONE, START, box


@pytest.mark.parametrize(("viewport", "most"), [(PHONE, 2), (WIDE, 1)], ids=["narrow", "wide"])
def test_how_often_a_shuttle_runs_takes_no_more_lines_than_it_needs(
    opened: Opened, viewport: dict[str, int], most: int
) -> None:
    page = opened("/stops/lorient_gare", viewport=viewport)
    lines = "(one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    assert page.locator(".directions .often").first.evaluate(lines) <= most + 0.5


def test_the_dots_of_a_walk_end_at_the_door(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), START, END)
    page.locator(".option .entry > summary").first.click()
    below = """(one) => one.getBoundingClientRect().height - parseFloat(getComputedStyle(one, "::before").height)
      - one.querySelector(".at:last-child").getBoundingClientRect().height / 2
      - parseFloat(getComputedStyle(one).paddingBottom)"""
    walk = page.locator(".option .legs").first.locator("> .way:last-child")
    assert abs(walk.evaluate(below)) < 6
    assert walk.evaluate("(one) => getComputedStyle(one).borderLeftColor") == "rgba(0, 0, 0, 0)"


def test_the_button_that_prints_a_kept_trip_stands_below_the_sentence(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), START, END)
    page.goto(page.url.split("/#")[0] + str(page.locator(".share a").first.get_attribute("href")))
    button, text = box(page, "[data-print]"), box(page, "p:has(> [data-print])")
    assert (button["x"], text["y"] + 20 < button["y"]) == (text["x"], True)


def test_a_telephone_shows_both_moments_of_a_round_trip_whole(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), "Gare d'Échanges", "Groix")
    page.get_by_role("button", name="Aller-retour").click()
    page.wait_for_url("**/round-trip*")
    widths = [box(page, one)["width"] for one in ("#moment", "#backMoment")]
    assert widths[0] == widths[1] > 250


def test_tabs_that_do_not_fit_in_a_row_keep_their_words_on_one_line(opened: Opened) -> None:
    page = opened("/carpool", viewport=PHONE)
    words = """(one) => { const range = document.createRange(); range.selectNodeContents(one);
      return range.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight) }"""
    tabs = page.locator(".tabs a")
    assert tabs.count() == 3
    assert all(tab.evaluate(words) < 1.5 for tab in tabs.all())


def test_rows_of_the_footer_stand_at_one_distance(opened: Opened) -> None:
    page = opened("/about", viewport=PHONE)
    tops = page.locator("footer .more li").evaluate_all(
        "(all) => [...new Set(all.map((one) => one.getBoundingClientRect().y))]"
    )
    apart = [below - above for above, below in itertools.pairwise(tops)]
    assert len(apart) > 2
    assert max(apart) - min(apart) < 1


def test_when_a_counter_is_open_stands_below_the_sentence_about_the_ticket(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), START, END)
    page.locator(".option .entry > summary").first.click()
    item = page.locator(".option .tickets > li:has(small)").first
    left = "(one) => one.getBoundingClientRect().x"
    assert {one.evaluate(left) for one in item.locator("small").all()} == {item.evaluate(left)}
