"""The first entry begins within 300 px of a telephone's screen, whatever stands above it (docs/design.md)."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlencode, urljoin

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from benchmarks.browser import demo
from tests.browser.conftest import Opened, windows
from tests.browser.test_compact import LANGUAGES, box

PHONES: tuple[ViewportSize, ViewportSize] = ({"width": 360, "height": 780}, {"width": 375, "height": 780})
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
def phone(chromium: Browser, address: str) -> Iterator[Page]:
    """One window for all answers: to open one costs as much as three of them."""
    with windows(chromium, address) as opened:
        yield opened("/", viewport=PHONES[0])


@pytest.fixture(scope="module")
def stormy_phone(chromium: Browser) -> Iterator[Page]:
    with demo(is_stormy=True) as at, windows(chromium, at.address) as opened:
        yield opened("/", viewport=PHONES[1])


def asked(state: str, language: str) -> str:
    return f"/?{urlencode(STATES[state] | {'when': 'leave', 'lang': language})}"


@LANGUAGES
@ANY
def test_the_first_entry_begins_within_300_px(phone: Page, address: str, state: str, language: str) -> None:
    phone.goto(address + asked(state, language))
    for size in PHONES:
        phone.set_viewport_size(size)
        assert box(phone, ".found .option")["y"] <= 300


@LANGUAGES
@ANY
def test_the_first_entry_begins_within_300_px_on_a_disturbed_day(stormy_phone: Page, state: str, language: str) -> None:
    stormy_phone.goto(urljoin(stormy_phone.url, asked(state, language)))
    assert box(stormy_phone, ".found .option")["y"] <= 300


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
