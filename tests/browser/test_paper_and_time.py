"""What a page becomes on paper, and while time goes by."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from api.config import Config
from tests.browser.conftest import NOW, Opened, ask, served, windows
from tests.town import moment

pytestmark = pytest.mark.xdist_group("browser")
MINUTE_MS, FIVE_YEARS_S = 60_000, 5 * 365 * 86_400
MARGIN = dict.fromkeys(("top", "right", "bottom", "left"), "10mm")
SHEET = re.compile(rb"/Type\s*/Page\b")
"""An object of a PDF that is one page; `/Pages` is their list."""


@pytest.mark.parametrize(
    ("start", "end", "language"),
    [("Gare d'Échanges", "Port-Louis", "fr-x-falc"), ("Guidel", "Groix", "fr"), ("Guidel", "Groix", "br")],
)
def test_a_trip_is_printed_on_one_or_two_sheets(opened: Opened, start: str, end: str, language: str) -> None:
    page = ask(opened(f"/?lang={language}"), start, end)
    with page.expect_navigation():
        page.locator(".card .share a").first.click()
    printed = page.pdf(format="A4", margin=MARGIN)
    assert 1 <= len(SHEET.findall(printed)) <= 2


def test_a_board_that_is_looked_at_renews_itself_each_minute_whether_anything_leaves_or_not(
    chromium: Browser, demo_data: Path, demo_config: Config
) -> None:
    clock = [moment(NOW)]
    with served(demo_data, demo_config, lambda: clock[0]) as address, windows(chromium, address) as opened:
        page = opened("/about")
        page.clock.install()
        page.goto(f"{address}/stops/lorient_ploemeur-eglise")
        first = page.locator(".departures tbody b").first
        before = first.inner_text()
        clock[0] += 3600
        page.clock.run_for(MINUTE_MS - 1000)
        expect(first).to_have_text(before)
        page.clock.run_for(1000)
        expect(first).not_to_have_text(before)
        assert (before[:2], first.inner_text()[:2]) == ("7:", "8:")
        clock[0] += FIVE_YEARS_S
        page.clock.run_for(MINUTE_MS)
        expect(page.locator(".departures")).to_have_count(0)
        clock[0] = moment(NOW)
        page.clock.run_for(MINUTE_MS)
        expect(first).to_have_text(before)
