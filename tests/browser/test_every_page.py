"""Every page in each state that is drawn (benchmarks/scenes.py) on a telephone: what is pressed is large enough for a
finger, and nothing is wider than the screen. That no page is left out: tests/benchmarks/test_screens.py."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from benchmarks.browser import Demo, demo
from benchmarks.scenes import SCENES, STORMY, Scene

PRESSED = "a[href], button, summary, input:not([type=hidden]), select, textarea"
OVER = ".seat, .sheet-link, .swap, .heres, .zoom, .suggestions"
"""What lies on purpose over something else that is pressed: a button on an entry, in a field or on a map."""
TARGETS = f"""
  const pressed = [...document.querySelectorAll("{PRESSED}")].filter((one) =>
    one.checkVisibility({{ visibilityProperty: true }}) && !one.closest("svg") && !one.matches(".hidden, .skip"));
  const target = (one) =>
    one.matches("[type=radio], [type=checkbox]") ? one.closest("label") ?? one.parentElement : one;
  const boxes = pressed.map((one) => [one, target(one).getBoundingClientRect()]).filter(([, box]) => box.width);
  const told = (one, box) => `${{one.outerHTML.slice(0, 90)}} ${{Math.round(box.width)}}x${{Math.round(box.height)}}`;
"""
IN_A_SENTENCE = """(one) => getComputedStyle(one).display === "inline"
    && one.parentElement.querySelectorAll("a").length > 1
    && [...one.parentElement.childNodes].some((part) => part.nodeType === 3 && part.data.trim().length > 20)"""
TOO_SMALL = f"""() => {{ {TARGETS} const inSentence = {IN_A_SENTENCE};
  return boxes.filter(([one, box]) => (box.height < 44 || box.width < 44) && !inSentence(one)).map((of) => told(...of));
}}"""
"""Of several links in a running sentence each keeps to its line (docs/design.md)."""
LAPPED = f"""() => {{ {TARGETS}
  const lap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  return boxes.filter(([one]) => !one.closest("{OVER}")).flatMap(([one, box], at, all) => all.slice(at + 1)
    .filter(([other, its]) => target(one) !== target(other) && !one.contains(other) && lap(box, its))
    .map(([other, its]) => `${{told(one, box)}} / ${{told(other, its)}}`));
}}"""
INDENTED = """() => [...document.querySelectorAll(".acts")].filter((one) => {
  const [first] = [...one.querySelectorAll("a, button")].filter((act) => act.getBoundingClientRect().width);
  return first && first.getBoundingClientRect().left - one.getBoundingClientRect().left > 1;
}).map((one) => one.outerHTML.slice(0, 90))"""
"""Rows of what one can do that do not begin where the text does."""
UNDER_A_PICTURE = """() => {
  const rows = ".fault p, .caution p, p.caution, p.off, p.level, .offline h2";
  const words = (one) => [...one.childNodes].filter((part) => part.nodeType === 3 && part.data.trim());
  const lefts = (text) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].filter((box) => box.width > 1).map((box) => box.left);
  };
  const begins = (one) => one.firstElementChild.getBoundingClientRect().right;
  return [...document.querySelectorAll(rows)]
    .filter((one) => one.firstElementChild?.matches(".icon") && one.checkVisibility())
    .filter((one) => words(one).flatMap(lefts).some((left) => left < begins(one)))
    .map((one) => one.outerHTML.slice(0, 90));
}"""
"""A second line of a notice that begins below the picture before the first."""
ALL = [*((scene, False) for scene in SCENES), *((scene, True) for scene in STORMY)]
PAPER = {"paper/line.html": "table.grid", "paper/stop.html": "table.hours"}
"""What one sheet of paper alone has: it is drawn without Flask (api/paper/sheets.py), whose signal tells of pages."""
WIDE = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def calm() -> Iterator[Demo]:
    with demo() as at:
        yield at


@pytest.fixture(scope="module")
def stormy() -> Iterator[Demo]:
    with demo(is_stormy=True) as at:
        yield at


@pytest.fixture
def window(chromium: Browser) -> Iterator[Page]:
    settings = {"viewport": {"width": 360, "height": 780}, "locale": "fr-FR", "reduced_motion": "reduce"}
    context = chromium.new_context(**settings)  # type: ignore[arg-type]  # a TypedDict for each of them
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(("scene", "is_stormy"), ALL, ids=[scene.name for scene, _ in ALL])
def test_all_that_is_pressed_is_large_enough_and_nothing_is_too_wide(
    request: pytest.FixtureRequest, window: Page, scene: Scene, is_stormy: bool
) -> None:
    at: Demo = request.getfixturevalue("stormy" if is_stormy else "calm")
    at.drawn.clear()
    scene.reach(window, at)
    window.wait_for_load_state()
    assert is_drawn(window, at, scene.template)
    assert window.evaluate(WIDE) <= 360
    window.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert window.evaluate(TOO_SMALL) == []
    assert window.evaluate(LAPPED) == []
    assert window.evaluate(INDENTED) == []
    assert window.evaluate(UNDER_A_PICTURE) == []
    assert window.evaluate(WIDE) <= 360


def is_drawn(window: Page, at: Demo, template: str) -> bool:
    if template in PAPER:
        return window.locator(PAPER[template]).count() > 0
    return template in at.drawn
