"""What somebody found ugly on the pages of operators and on those of reports, and what it is like instead."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.browser import Demo, demo
from benchmarks.scenes_signed_in import message_looked_at, of_operator, remark, remarked
from tests.browser.conftest import NARROW, Opened

BEGINS_WITH = """(one, sign) => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), tops = [];
  while (walk.nextNode()) {
    [...walk.currentNode.data].forEach((letter, at) => {
      const range = document.createRange();
      range.setStart(walk.currentNode, at);
      range.setEnd(walk.currentNode, at + 1);
      if (letter.trim()) tops.push([letter, range.getBoundingClientRect().top]);
    });
  }
  return tops.some(([letter, top], at) => letter === sign && at > 0 && top > tops[at - 1][1] + 8);
}"""
"""Whether the sign begins a row."""


@pytest.fixture(scope="module")
def calm() -> Iterator[Demo]:
    with demo() as at:
        yield at


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="fr-FR", reduced_motion="reduce", viewport=NARROW)  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def test_no_row_of_the_name_of_a_line_begins_with_its_dash(window: Page, calm: Demo) -> None:
    of_operator("/messages/new?line=GX")(window, calm)
    heading = window.locator("h1")
    assert "–" in heading.inner_text()
    for width in range(260, 420, 20):
        window.set_viewport_size({"width": width, "height": 800})
        assert not heading.evaluate(BEGINS_WITH, "–"), width


def test_the_log_names_what_an_action_was_about(window: Page, calm: Demo) -> None:
    message_looked_at(window, calm)
    with window.expect_navigation():
        window.locator("button.go").first.click()
    window.goto(f"{calm.address}/operateurs/log")
    line = window.locator(".versions li", has_text="Message aux voyageurs").first.inner_text()
    assert " → " in line and "lorient_" not in line


def test_what_a_report_is_about_stands_below_its_kind(window: Page, calm: Demo) -> None:
    for reach in (remarked, remark):
        reach(window, calm)
        told = window.locator("p", has=window.locator("strong"), has_text="Arrêt Gare").first
        assert told.inner_text().split("\n") == ["Pas passé, en retard, complet", "Arrêt Gare d'Échanges"]


def test_a_form_says_once_what_is_masked(opened: Opened) -> None:
    page = opened("/remarks/new?about=stop&id=lorient_gare", viewport=NARROW)
    assert page.locator("#remark").inner_text().count("plaques") == 1
