"""The mark at the head of each page leads to a fresh form, and Back to what was typed or found before."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Opened, ask
from tests.browser.test_back import END, START

LATER = "2026-11-30T18:45"
FIELDS = """() => Object.fromEntries(
  [...new FormData(document.querySelector("#search"))].filter(([name]) => !["search", "moment"].includes(name)))"""


def test_the_mark_of_the_page_leads_from_a_form_that_was_begun_to_a_fresh_one(opened: Opened) -> None:
    """In its place: browsers keep no entry of the history for a link to the very address that they are at."""
    page = opened("/")
    fresh = page.evaluate(FIELDS)
    page.fill("#from", START)
    page.locator(".brand").click()
    expect(page.locator("#from")).to_have_value("")
    assert page.evaluate(FIELDS) == fresh


def test_the_mark_of_another_page_leads_to_a_fresh_form_and_back_leads_to_what_was_typed(opened: Opened) -> None:
    page = opened("/")
    fresh, moment = page.evaluate(FIELDS), page.locator("[name=moment]").input_value()
    page.fill("#from", START)
    page.locator("details.when > summary").click()
    page.locator("[name=when][value=leave]").set_checked(True, force=True)
    page.fill("[name=moment]", LATER)
    typed = page.evaluate(FIELDS)
    assert (typed["from"], typed["when"]) == (START, "leave")
    page.goto(page.url + "stops")
    page.locator(".brand").click()
    expect(page.locator("#from")).to_have_value("")
    assert page.evaluate(FIELDS) == fresh
    assert page.locator("[name=moment]").input_value() == moment
    page.go_back()
    expect(page.locator("#name")).to_be_visible()
    page.go_back()
    expect(page.locator("#from")).to_have_value(START)
    assert page.evaluate(FIELDS) == typed
    assert page.locator("[name=moment]").input_value() == LATER


def test_the_mark_of_the_page_leads_from_an_answer_to_a_fresh_form_and_back_to_the_answer(opened: Opened) -> None:
    page = opened("/")
    fresh, moment = page.evaluate(FIELDS), page.locator("[name=moment]").input_value()
    ask(page, START, END)
    page.locator(".brand").click()
    expect(page.locator("h1")).to_have_text("Trouver son chemin")
    assert page.evaluate(FIELDS) == fresh
    assert page.locator("[name=moment]").input_value() == moment
    page.go_back()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
