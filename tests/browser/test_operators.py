"""The page for operators in a real browser: no barrier, valid, on a telephone too, and a job that is watched."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from api.config import Config
from api.present.message_texts import texts_by_clocks
from api.web.storage import kept
from demo.build import build
from mobility.live.follow import Writer
from mobility.live.message_store import StoredMessages
from mobility.operators.tokens import Operators, Role
from tests.browser.conftest import NARROW, NOW, TODAY, WIDE, Opened
from tests.browser.test_access import faults as barriers
from tests.browser.validation import faults
from tests.town import moment

PATHS = ("", "/feeds/lorient", "/messages", "/messages/new?line=GX", "/messages/new?stop=groix-bourg", "/jobs", "/log")
LONGEST_S = 5.0


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
    served = []
    for path in PATHS:
        assert barriers(of(page, path)) == [], path
        served.append(page.request.get(page.url).text())
    assert faults(validator, *served) == []


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
    expect(page.locator("progress")).to_have_count(1)
    page.locator("form[action$='/publish']").wait_for(timeout=120_000)
    expect(page.locator("h1")).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    assert barriers(page) == []
    assert faults(validator, page.request.get(page.url).text()) == []


@pytest.fixture
def writer(demo_data: Path, demo_config: Config) -> Iterator[None]:
    """As one runs beside a real service. Another follows it and asks at once: what is taken back last has an end."""
    store, ended = kept(demo_config, demo_data, {}).store, Event()
    messages = StoredMessages(store, texts_by_clocks(demo_config.territory.timezone))
    writing, next_one = (Writer(demo_data, (), messages, lambda: moment(NOW)) for _ in range(2))
    thread = Thread(target=writing.run, args=(ended,))
    thread.start()
    yield
    ended.set()
    thread.join()
    next_one.look()
    store.close()


def plan_of(page: Page, run: str) -> str:
    """From where the run begins to where it ends, that day at that hour."""
    address = page.url.partition("/operateurs")[0]
    leg = page.request.get(f"{address}/api/v6/trip", params={"tripId": run}).json()["legs"][0]
    asked = {"fromPlace": leg["from"]["stopId"], "toPlace": leg["to"]["stopId"], "time": leg["scheduledStartTime"]}
    return page.request.get(f"{address}/api/v6/plan", params=asked).text()


def seconds_until(page: Page, run: str, is_so: Callable[[str], bool]) -> float:
    began = time.monotonic()
    while not is_so(plan_of(page, run)):
        assert time.monotonic() - began < LONGEST_S, "the plan has not changed"
        time.sleep(0.1)
    return time.monotonic() - began


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_next_boat_is_cancelled_on_a_telephone_and_taken_back(
    opened: Opened, token: str, writer: None, scripts: bool
) -> None:
    page = of(signed_in(opened, token, viewport=NARROW, java_script_enabled=scripts), "/messages")
    crossing = page.locator(".choose a").first
    clock, link = crossing.locator("b").inner_text(), parse_qs(urlsplit(crossing.get_attribute("href") or "").query)
    run = f"{link['date'][0].replace('-', '')}_{clock.zfill(5)}_{link['trip'][0]}"
    before = plan_of(page, run)
    assert run in before
    for button in (crossing, page.locator("button.go"), page.locator("button.go")):
        with page.expect_navigation():
            button.click()
    expect(page.locator(".done")).to_contain_text("Publié")
    seconds_until(page, run, lambda plan: run not in plan)
    expect(page.locator(".choose .tag.bad").first).to_have_text("supprimée")
    for button in ("form[action$='/end'] button", "button.go"):
        with page.expect_navigation():
            page.locator(button).first.click()
    seconds_until(page, run, lambda plan: plan == before)


TO_CANCEL = ("a[href='/operateurs/messages']", ".choose a", "button.go", "button.go")
TO_TAKE_BACK = ("form[action$='/end'] button", "button.go")
LACKING = "(button) => button.form ? button.form.querySelectorAll(':invalid').length : 0"


def test_a_crossing_is_cancelled_on_a_telephone_with_four_taps_and_no_word_typed(
    opened: Opened, token: str, writer: None
) -> None:
    """From the front page: less than a minute of anybody. Each form may be sent as it comes."""
    page = signed_in(opened, token, viewport=NARROW, has_touch=True)
    lacking = [tapped(page, target) for target in TO_CANCEL]
    expect(page.locator(".done")).to_contain_text("Publié")
    expect(page.locator(".choose .tag.bad").first).to_have_text("supprimée")
    assert lacking == [0, 0, 0, 0]
    assert [tapped(page, target) for target in TO_TAKE_BACK] == [0, 0]
    expect(page.locator(".choose .tag.bad")).to_have_count(0)


def tapped(page: Page, target: str) -> int:
    """How many fields of its form had to be filled in before. Within the window from side to side."""
    button = page.locator(target).first
    lacking: int = button.evaluate(LACKING)
    box = button.bounding_box()
    assert box is not None and box["x"] >= 0 and box["x"] + box["width"] <= NARROW["width"]
    with page.expect_navigation():
        button.tap()
    return lacking
