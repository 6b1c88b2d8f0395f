"""The page for operators in a real browser: no barrier, valid, on a telephone too, and a job that is watched."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from api.config import Config
from api.web.storing import kept
from demo.build import build
from mobility.operators.tokens import Operators, Role
from tests.browser.conftest import NARROW, NOW, TODAY, WIDE, Opened
from tests.browser.test_access import faults as barriers
from tests.browser.test_valid_html import faults, validator
from tests.town import moment

__all__ = ["validator"]
pytestmark = pytest.mark.xdist_group("browser")
PATHS = ("", "/feeds/lorient", "/jobs", "/log")


@pytest.fixture(scope="session")
def token(demo_data: Path, demo_config: Config) -> str:
    store = kept(demo_config, demo_data, {}).store
    given = Operators(store).add("Réseau", Role.ADMIN, 30, int(moment(NOW)))
    store.close()
    return given


def signed_in(opened: Opened, token: str, **settings: object) -> Page:
    page = opened("/operateurs", **settings)
    page.fill("#token", token)
    with page.expect_navigation():
        page.locator("button.go").click()
    return page


def of(page: Page, path: str) -> Page:
    page.goto(page.url.partition("/operateurs")[0] + f"/operateurs{path}")
    return page


def test_no_barrier_is_found_and_every_page_is_valid(opened: Opened, token: str, validator: Path) -> None:
    signing_in = opened("/operateurs", bypass_csp=True, reduced_motion="reduce")
    assert barriers(signing_in) == []
    page = signed_in(opened, token, bypass_csp=True, viewport=NARROW, reduced_motion="reduce")
    for number, path in enumerate(PATHS):
        assert barriers(of(page, path)) == [], path
        answer = page.request.get(page.url)
        (validator / f"operators-{number}.html").write_text(answer.text(), "utf-8")
    assert faults(validator) == []


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["telephone", "desk"])
def test_nothing_is_wider_than_the_window(opened: Opened, token: str, viewport: dict[str, int]) -> None:
    page = signed_in(opened, token, viewport=viewport)
    for path in PATHS:
        assert of(page, path).evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


def test_a_check_is_watched_to_its_end_without_a_touch(
    opened: Opened, token: str, validator: Path, tmp_path: Path
) -> None:
    page = of(signed_in(opened, token, bypass_csp=True, viewport=NARROW, reduced_motion="reduce"), "/feeds/lorient")
    page.set_input_files("#file", build(tmp_path, TODAY))
    with page.expect_navigation():
        page.locator("#upload button").click()
    assert page.locator("progress").count() == 1
    page.locator("form[action$='/publish']").wait_for(timeout=120_000)
    assert page.evaluate("document.activeElement.tagName") == "H1"
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert barriers(page) == []
    (validator / "operators-check.html").write_text(page.request.get(page.url).text(), "utf-8")
    assert faults(validator) == []
