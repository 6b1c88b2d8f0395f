"""The first entry begins within 300 px of a telephone's screen, whatever stands above it (docs/design.md)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.browser import demo
from tests.browser.conftest import Opened
from tests.browser.test_compact import LANGUAGES, box

PHONES = pytest.mark.parametrize("width", [360, 375])
STATES = {
    "by day": {"from": "Ploemeur", "to": "Port-Louis", "moment": "2026-11-24T08:00"},
    "the last boat is gone": {"from": "Gare d'Échanges", "to": "Groix", "moment": "2026-11-24T21:30"},
    "the evening after": {"from": "Gare d'Échanges", "to": "Port-Louis", "moment": "2026-11-25T00:30"},
    "a day without departures": {"from": "Lorient", "to": "Caudan", "moment": "2026-11-29T10:00"},
    "a family to the island": {"from": "Ploemeur", "to": "Groix", "moment": "2026-11-24T08:00", "profile": "family"},
    "a wheelchair": {
        "from": "Ploemeur", "to": "Port-Louis", "moment": "2026-11-24T21:30", "profile": "reduced_mobility",
    },
    "a bicycle": {"from": "Gare d'Échanges", "to": "Groix", "moment": "2026-11-24T08:00", "bike": "1"},
}  # fmt: skip
ANY = pytest.mark.parametrize("state", STATES)


@pytest.fixture(scope="module")
def storm(chromium: Browser) -> Iterator[str]:
    with demo(is_stormy=True) as at:
        yield at.address


def asked(state: str, language: str) -> str:
    return f"/?{urlencode(STATES[state] | {'when': 'leave', 'lang': language})}"


@PHONES
@LANGUAGES
@ANY
def test_the_first_entry_begins_within_300_px(opened: Opened, state: str, language: str, width: int) -> None:
    page = opened(asked(state, language), viewport={"width": width, "height": 780})
    page.wait_for_load_state("networkidle")
    assert box(page, ".found .option")["y"] <= 300


@LANGUAGES
@ANY
def test_the_first_entry_begins_within_300_px_on_a_disturbed_day(
    chromium: Browser, storm: str, state: str, language: str
) -> None:
    page = chromium.new_context(viewport={"width": 375, "height": 780}, locale="fr-FR").new_page()
    page.goto(storm + asked(state, language))
    page.wait_for_load_state("networkidle")
    assert box(page, ".found .option")["y"] <= 300
    page.context.close()


def test_a_notice_is_two_lines_on_a_telephone_and_opens(opened: Opened) -> None:
    page = opened(asked("the last boat is gone", "fr"), viewport={"width": 375, "height": 780})
    notice = page.get_by_role("status").locator(".brief")
    assert box(page, ".brief")["height"] < 50
    notice.locator("summary").click()
    assert box(page, ".brief")["height"] > 90
    page.set_viewport_size({"width": 1440, "height": 900})
    page.reload()
    expect(notice).to_contain_text("bateau")
    assert notice.evaluate("one => one.querySelector('span').scrollWidth <= one.clientWidth")


def test_what_to_do_where_nothing_is_found_looks_like_advice_and_not_like_an_alert(opened: Opened) -> None:
    page = opened(f"/?{urlencode({'from': '47.9,-3.05', 'to': 'Port-Louis', 'when': 'now'})}")
    edge, alert = (
        page.locator("section.nothing").evaluate("one => getComputedStyle(one).borderLeftColor"),
        page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--alert')"),
    )
    assert alert == "#a8321c"
    assert edge == "rgb(255, 180, 84)"
