"""What somebody found ugly on pages to read, of data and of errors, and what it is like instead."""

from __future__ import annotations

import pytest

from tests.browser.conftest import NARROW, WIDE, Opened

ROWS = """(one, words) => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walk.nextNode()) {
    const at = walk.currentNode.data.indexOf(words);
    if (at < 0) continue;
    range.setStart(walk.currentNode, at);
    range.setEnd(walk.currentNode, at + words.length);
    return new Set([...range.getClientRects()].map((box) => Math.round(box.top))).size;
  }
  return 0;
}"""
"""On how many rows these words stand."""
WIDTHS = """(one) => {
  const range = document.createRange();
  range.selectNodeContents(one);
  return [...range.getClientRects()].map((box) => box.width);
}"""
"""Of its rows."""


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/accessibility", "2005-102"),
        ("/api", "Vos données"),
        ("/api", "Retry-After"),
        ("/ranking", "ci-dessous"),
        ("/remarks/new?about=stop&id=lorient_gare", "Vos données"),
    ],
)
def test_short_words_that_belong_together_stand_on_one_row(opened: Opened, path: str, words: str) -> None:
    page = opened(path, viewport=NARROW)
    for width in range(320, 480, 8):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.locator("main").evaluate(ROWS, words) == 1, width


def test_headings_of_two_rows_are_filled_from_the_left(opened: Opened) -> None:
    headings = opened("/accessibility", viewport=NARROW).locator(":is(h2, h3)").all()
    rows = [one.evaluate(WIDTHS) for one in headings]
    long = [widths for widths in rows if len(widths) == 2]
    assert len(long) >= 3
    assert [widths for widths in long if widths[0] < widths[1]] == []


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_all_ways_on_from_an_error_are_as_high(opened: Opened, viewport: dict[str, int]) -> None:
    page = opened("/about", viewport=viewport)
    page.set_content(
        page.request.get(page.url.replace("/about", "/nulle-part"), headers={"Accept": "text/html"}).text()
    )
    page.locator(".ways-on").wait_for()
    heights = {one.evaluate("(one) => Math.round(one.offsetHeight)") for one in page.locator(".ways-on a").all()}
    assert len(heights) == 1
