"""axe-core (WCAG 2.2 A and AA) finds nothing on any page, in both themes; the HTML is well formed; pages are light."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.web import assets
from tests.browser.barriers import COLOURS, TAGS, barriers
from tests.browser.conftest import NARROW, ROOT, Opened, ask, travels_as

PAGES = (
    "/", "/lines", "/lines/lorient_B1", "/stops", "/stops/lorient_gare", "/disruptions", "/counters", "/ranking",
    "/data/", "/data-use", "/?lang=fr-x-falc", "/carpool", "/about", "/accessibility", "/api",
)  # fmt: skip
FIRST_VIEW_BYTES = 60_000
FILES = frozenset({"hent.css", "hent.js", "icons.svg"})
"""All that a page loads before somebody touches anything, each at once: its name stands in the page."""
LOADED = """() => performance.getEntriesByType("resource")
  .filter((one) => one.startTime < performance.getEntriesByType("navigation")[0].loadEventStart)
  .map((one) => new URL(one.name).pathname).filter((path) => !path.endsWith("/icon.svg"))"""
"""Without the picture of the tab, which some browsers want and some do not."""
FILTER = r"filter: (invert\(1\)|contrast\([\d.]+\) brightness\([\d.]+\))"
"""Of what has colours that are not the page's own: pictures of a map, lines of operators."""
ENTRIES_BYTES, ENTRIES = 15_000, 20
ENTRY = re.compile(r'(?=<li class="card option)')
LIST = re.compile(r'<ol class="cards" data-list>(.*?)</ol>\s*<p class="pages">', re.DOTALL)
LATER = re.compile(r'name="cursor" value="([^"]+)" data-goes-on="after"')


COLOUR = r"#[0-9a-f]{6}|rgb\([\d ./]+\)"


def faults(page: Page) -> list[str]:
    """With everything opened that can be."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return barriers(page)


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_is_found(opened: Opened, path: str) -> None:
    assert faults(opened(path, bypass_csp=True, reduced_motion="reduce")) == []


@pytest.mark.parametrize("end", ["Port-Louis", "47.9,-3.05"])
def test_no_barrier_is_found_in_an_answer(opened: Opened, end: str) -> None:
    page = opened("/", bypass_csp=True, viewport=NARROW, reduced_motion="reduce")
    travels_as(page, "reduced_mobility")
    assert faults(ask(page, "Ploemeur", end)) == []
    if end == "Port-Louis":
        page.locator(".share a").first.click()
        assert faults(page) == []
        page.get_by_role("link", name="Comparer").click()
        assert faults(page) == []


def test_the_dark_theme_changes_nothing_but_colours() -> None:
    """So that a page is as easy to use in both, and only what looks at colours is looked for in both."""
    css = assets.stylesheet()
    blocks = re.findall(r"@media \(prefers-color-scheme: dark\) \{[^{}]*\{([^{}]*)\}\s*\}", css)
    assert len(blocks) == css.count("prefers-color-scheme") > 0
    declared = [one.strip() for block in blocks for one in block.split(";") if one.strip()]
    assert [one for one in declared if not re.fullmatch(rf"--[a-z-]+: ({COLOUR})|{FILTER}", one)] == []
    scripts = {file.name for file in (ROOT / "api").rglob("*.js") if "prefers-color-scheme" in file.read_text()}
    assert scripts == {"opened_map.js"}, "which draws in other colours"


def test_every_rule_about_colours_is_asked_in_the_dark(opened: Opened) -> None:
    page = opened("/ranking", bypass_csp=True)
    page.evaluate(Axe().axe_script)
    of_tags = "tags => axe.getRules(tags).map((rule) => rule.ruleId)"
    assert {*page.evaluate(of_tags, ["cat.color"])} & {*page.evaluate(of_tags, TAGS)} == {*COLOURS}


def test_who_wants_no_motion_gets_none(opened: Opened) -> None:
    page = opened("/", reduced_motion="reduce")
    moved = page.evaluate("getComputedStyle(document.querySelector('button.go')).transitionDuration")
    assert moved == "0s"


def test_a_text_of_twice_the_size_still_fits(opened: Opened) -> None:
    page = ask(opened("/", viewport={"width": 640, "height": 800}), "Ploemeur", "Port-Louis")
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


@pytest.mark.parametrize("path", ["/", "/lines/lorient_T1"])
def test_the_first_view_is_light(address: str, path: str) -> None:
    """Of the page that most people open, and of the heaviest, a grid of 93 runs."""
    weights = {}
    for name in (path, *(f"{assets.path()}/{file}" for file in (*FILES, "icon.svg"))):
        with urlopen(address + name) as answer:
            weights[name] = len(gzip.compress(answer.read()))
    assert sum(weights.values()) <= FIRST_VIEW_BYTES, weights


@pytest.mark.parametrize("path", ["/", "/round-trip", "/stops/lorient_gare", "/lines/lorient_T1", "/counters"])
def test_a_first_view_is_two_rounds_of_a_slow_line_the_page_and_what_it_names(opened: Opened, path: str) -> None:
    """A script that imports another, or a style that imports a font, would be a third."""
    page = opened(path)
    page.wait_for_load_state("load")
    loaded, html = page.evaluate(LOADED), page.request.get(page.url).text()
    assert {Path(one).name for one in loaded} == FILES
    assert [one for one in loaded if one not in html] == []


def test_the_first_twenty_entries_are_light(address: str) -> None:
    form = {"from": "Ploemeur", "to": "Port-Louis", "when": "leave", "moment": "2026-11-24T08:00", "cursor": ""}
    entries: list[str] = []
    while len(entries) < ENTRIES:
        with urlopen(f"{address}/", urlencode(form).encode()) as answer:
            page = answer.read().decode()
        (listed,), (form["cursor"], *_) = LIST.findall(page), LATER.findall(page)
        entries += ENTRY.split(listed)[1:]
    assert len(gzip.compress("".join(entries[:ENTRIES]).encode())) <= ENTRIES_BYTES
