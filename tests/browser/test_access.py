"""axe-core (WCAG 2.2 A and AA) finds nothing on any page, in both themes; the HTML is well formed; pages are light."""

from __future__ import annotations

import gzip
from typing import Literal
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from api.web import assets
from tests.browser.conftest import NARROW, Opened, ask

pytestmark = pytest.mark.xdist_group("browser")
PAGES = (
    "/", "/lines", "/lines/lorient_B1", "/stops", "/stops/lorient_gare", "/counters", "/ranking", "/data/", "/data-use",
    "/?lang=fr-x-falc",
)  # fmt: skip
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
FIRST_VIEW_BYTES = 100_000


def faults(page: Page) -> list[str]:
    """In both themes, with everything opened that can be."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    return [fault for theme in THEMES for fault in _faults_in(page, theme)]


def _faults_in(page: Page, theme: Literal["light", "dark"]) -> list[str]:
    page.emulate_media(color_scheme=theme)
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{theme}: {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", PAGES)
def test_no_barrier_is_found(opened: Opened, path: str) -> None:
    assert faults(opened(path, bypass_csp=True, reduced_motion="reduce")) == []


@pytest.mark.parametrize("end", ["Port-Louis", "47.9,-3.05"])
def test_no_barrier_is_found_in_an_answer(opened: Opened, end: str) -> None:
    page = opened("/", bypass_csp=True, viewport=NARROW, reduced_motion="reduce")
    page.locator("[value=reduced_mobility]").set_checked(True, force=True)
    assert faults(ask(page, "Ploemeur", end)) == []
    if end == "Port-Louis":
        page.locator(".share a").first.click()
        assert faults(page) == []


def test_who_wants_no_motion_gets_none(opened: Opened) -> None:
    page = opened("/", reduced_motion="reduce")
    moved = page.evaluate("getComputedStyle(document.querySelector('button.go')).transitionDuration")
    assert moved == "0s"


def test_a_text_of_twice_the_size_still_fits(opened: Opened) -> None:
    page = ask(opened("/", viewport={"width": 640, "height": 800}), "Ploemeur", "Port-Louis")
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_first_view_is_light(address: str) -> None:
    files = ("hent.css", "hent.js", "suggest.js", "map.js", "here.js", "refresh.js", "icons.svg")
    names = ("/", *(f"{assets.path()}/{file}" for file in files))
    weights = {}
    for name in names:
        with urlopen(address + name) as answer:
            weights[name] = len(gzip.compress(answer.read()))
    assert sum(weights.values()) <= FIRST_VIEW_BYTES, weights
