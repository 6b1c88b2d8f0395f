"""A morning on which buses are late and cancelled, as it is seen in a browser: news, and pages that stay true."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.api.live.conftest import NOW, LiveTown, live_town_in
from tests.api.live.told import CANCELLED, LATE, STORM, WORKS
from tests.api.serving import serving_app
from tests.browser.conftest import NARROW, WIDE, Opened, ask, windows
from tests.browser.test_access import faults
from tests.mobility.live.now import update

A_MINUTE_MS = 60_000
COLOUR = "(one) => getComputedStyle(one).color"
HIDDEN = "(hidden) => Object.defineProperty(document, 'hidden', { value: hidden, configurable: true })"
SOON_MS = 20_000
"""A page that is fetched again, also on a busy machine."""
SEEN = "() => document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def served_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveTown, str]]:
    town = live_town_in(tmp_path_factory.mktemp("town"))
    with serving_app(town.app()) as address:
        yield town, address


@pytest.fixture
def town(served_town: tuple[LiveTown, str]) -> LiveTown:
    """As it is before anything is said."""
    found, _ = served_town
    found.now = NOW
    found.tell(LATE)
    return found


@pytest.fixture
def opened(chromium: Browser, served_town: tuple[LiveTown, str]) -> Iterator[Opened]:
    with windows(chromium, served_town[1]) as open_page:
        yield open_page


def with_a_clock(opened: Opened, path: str) -> tuple[Page, list[str]]:
    """A page whose minutes pass when they are told to, and what its scripts ask for from then on, but for the copies
    that it takes once for where there is no network (test_offline.py)."""
    page, asked = opened("/about"), list[str]()
    page.clock.install()
    page.goto(page.url.replace("/about", path))

    def note(request: Request) -> None:
        if request.resource_type == "fetch" and not is_copied(request.url):
            asked.append(request.url)

    page.on("request", note)
    return page, asked


def is_copied(url: str) -> bool:
    return urlsplit(url).path.startswith(("/offline", "/static/"))


def kept_trip(town: LiveTown) -> str:
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-03T07:58:00+02:00"}
    return "/trips/" + town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["id"]


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["narrow", "wide"])
def test_no_barrier_is_found_on_a_bad_morning(town: LiveTown, opened: Opened, viewport: dict[str, int]) -> None:
    town.tell(LATE, STORM, WORKS)
    for path in ("/", "/disruptions", "/stops/t_B", "/lines/t_Bus1", kept_trip(town)):
        page = opened(path, bypass_csp=True, reduced_motion="reduce", viewport=viewport)
        assert faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], path


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_the_timetable_alone_tells_has_another_colour_than_what_is_known(
    town: LiveTown, opened: Opened, theme: str
) -> None:
    """LATE is about the run of 8:00; of those of 9:00 and of the boat nothing is heard."""
    page = opened("/stops/t_B", color_scheme=theme)
    colours = [page.locator(f".directions .nexts {one}").first.evaluate(COLOUR) for one in (".late", ".planned")]
    assert len(set(colours)) == 2
    expect(page.locator(".directions .late").first).to_contain_text("retard")
    town.tell(LATE, update("Bus1-2 start_date:20260603 schedule_relationship:CANCELED"))
    page.reload()
    expect(page.locator(".directions .off").first).to_contain_text("supprimé")


def test_a_board_that_is_looked_at_stays_true_and_says_what_is_cancelled_since(town: LiveTown, opened: Opened) -> None:
    page, _ = with_a_clock(opened, "/stops/t_B")
    expect(page.locator(".struck")).to_have_count(0)
    town.tell(CANCELLED)
    page.clock.run_for(A_MINUTE_MS)
    expect(page.locator(".struck").first).to_contain_text("supprimé", timeout=SOON_MS)
    expect(page.get_by_role("status")).to_have_text("Bus1 8:10 : supprimé · prochain à 9:10")
    page.clock.run_for(A_MINUTE_MS)
    expect(page.get_by_role("status")).to_have_text("", timeout=SOON_MS)


def test_nothing_is_asked_while_nobody_looks(town: LiveTown, opened: Opened) -> None:
    page, asked = with_a_clock(opened, "/stops/t_B")
    page.evaluate(HIDDEN, True)
    page.clock.run_for(5 * A_MINUTE_MS)
    assert asked == []
    town.tell(CANCELLED)
    page.evaluate(HIDDEN, False)
    page.evaluate(SEEN)
    expect(page.locator(".struck").first).to_be_visible(timeout=SOON_MS)


@pytest.fixture
def later_town(chromium: Browser, tmp_path: Path) -> Iterator[tuple[LiveTown, Opened]]:
    """Another one, whose clock goes on: what is told later is not taken back."""
    town = live_town_in(tmp_path)
    with serving_app(town.app()) as address, windows(chromium, address) as open_page:
        yield town, open_page


MARKS = """() => [...document.querySelectorAll(".past")].map((one) => {
  const words = (one.cells?.[0] ?? one).innerText.replace(/\\s+/g, " ").trim();
  return [one.className, words, one.querySelector(".has-left")?.className];
})"""


@pytest.mark.parametrize("media", ["screen", "print"])
def test_what_leaves_on_a_page_that_stays_open_is_marked_as_the_service_marks_it(
    later_town: tuple[LiveTown, Opened], media: Literal["screen", "print"]
) -> None:
    """The bus of 8:10 is cancelled, that of 9:10 is two minutes late."""
    (town, opened), path, news = later_town, "/stops/t_B?at=2026-06-03T07:55", (CANCELLED, LATE_AND_LAST)
    town.tell(*news)
    page, _ = with_a_clock(opened, path)
    expect(page.locator(".past")).to_have_count(0)
    page.evaluate(HIDDEN, True)
    page.clock.run_for(80 * A_MINUTE_MS)
    town.now = "2026-06-03 9:15"
    town.tell(*news)
    other = opened(path)
    for one in (page, other):
        one.emulate_media(media=media)
    marked = other.evaluate(MARKS)
    assert len(marked) == 4, "both stand among the next ones of their direction and in the table"
    assert page.evaluate(MARKS) == marked


TIMERS = """(() => {
  const begin = window.setInterval, end = window.clearInterval;
  window.going = new Set();
  window.setInterval = (...given) => { const timer = begin(...given); going.add(timer); return timer; };
  window.clearInterval = (timer) => { going.delete(timer); end(timer); };
})()"""


def test_a_page_that_another_one_has_replaced_is_looked_at_no_more(town: LiveTown, opened: Opened) -> None:
    page, _ = with_a_clock(opened, "/about")
    page.add_init_script(TIMERS)
    page.goto(page.url.replace("/about", "/"))
    assert page.evaluate("going.size") == 1
    ask(page, "A", "E", "2026-06-03T07:58")
    page.clock.run_for(A_MINUTE_MS)
    assert page.evaluate("going.size") == 0


def test_the_keyboard_stays_where_it_was(town: LiveTown, opened: Opened) -> None:
    page, _ = with_a_clock(opened, "/stops/t_B")
    page.locator(".departures a").first.focus()
    town.tell(CANCELLED)
    page.clock.run_for(A_MINUTE_MS)
    expect(page.locator(".struck").first).to_be_visible(timeout=SOON_MS)
    expect(page.locator(".departures a").first).to_be_focused()


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
def test_a_kept_trip_is_true_again_at_the_press_of_a_button(
    town: LiveTown, opened: Opened, java_script_enabled: bool
) -> None:
    page = opened(kept_trip(town), java_script_enabled=java_script_enabled)
    expect(page.locator(".news")).to_have_count(0)
    town.tell(LATE, STORM.replace("NO_SERVICE", "DETOUR"))
    page.get_by_role("link", name="Actualiser").click()
    expect(page.locator(".news")).to_contain_text("Avis de tempête", timeout=SOON_MS)
    page.emulate_media(media="print")
    expect(page.locator(".news")).to_be_visible()
    page.emulate_media(media="screen")
    if java_script_enabled:
        expect(page.get_by_role("status")).to_contain_text("Avis de tempête")


@pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
def test_the_strip_of_the_first_page_leads_to_all_news_and_to_those_of_a_line(
    town: LiveTown, opened: Opened, java_script_enabled: bool
) -> None:
    town.tell(LATE, STORM, WORKS)
    page = opened("/", java_script_enabled=java_script_enabled)
    page.get_by_role("complementary", name="Perturbation en cours").get_by_role("link").click()
    expect(page.locator("article")).to_have_count(2)
    page.select_option("#line", "t_Boat2")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("article")).to_have_count(0)
    expect(page.locator(".calm")).to_contain_text("Aucune perturbation n’est annoncée")


SEEN_WHOLE = """(one) => {
  const box = one.getBoundingClientRect(), line = one.closest(".tells").getBoundingClientRect();
  const inside = box.top >= line.top - 1 && box.bottom <= line.bottom + 1;
  return box.height > 0 && inside && one.scrollWidth <= one.clientWidth;
}"""
STORM_AND_DETOUR = STORM.replace("NO_SERVICE", "DETOUR")
LATE_AND_LAST = update("Bus1-2 start_date:20260603", "A dep+120")
"""The bus of 9:00 is two minutes late and still meets the last boat."""


@pytest.mark.parametrize("width", [320, 360, 1440])
def test_an_entry_that_is_closed_says_of_a_late_ride_that_it_is_the_last_and_what_is_severe(
    town: LiveTown, opened: Opened, width: int
) -> None:
    town.tell(LATE_AND_LAST, STORM_AND_DETOUR)
    page = ask(opened("/", viewport={"width": width, "height": 780}), "A", "E", "2026-06-03T08:55")
    entry = page.locator(".option").first
    if entry.locator(".entry[open]").count():
        entry.locator(".entry > summary").click()
    told = entry.locator(".tells > *")
    assert [" ".join(one.split()) for one in told.all_inner_texts()] == [
        "Avis de tempête",
        "Bus1 : 2 min de retard",
        "dernier Bus1, Boat2",
    ]
    assert [one.evaluate(SEEN_WHOLE) for one in told.all()] == [True] * 3
    line, words = entry.locator(".tells").bounding_box(), told.first.bounding_box()
    assert line and words
    assert line["height"] <= 2 * words["height"] + 1


@pytest.mark.parametrize("width", [360, 320])
@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_an_entry_with_warnings_is_as_low_as_the_others_on_a_telephone(
    town: LiveTown, opened: Opened, language: str, width: int
) -> None:
    """A severe news, a late ride and the last departures of the day, in two lines."""
    town.tell(LATE_AND_LAST, STORM_AND_DETOUR)
    path = f"/?lang={language}"
    page = ask(opened(path, viewport={"width": width, "height": 780}), "A", "E", "2026-06-03T08:55")
    for open_entry in page.locator(".entry[open] > summary").all():
        open_entry.click()
    entry = page.locator(".option", has=page.locator(".look.severe")).first
    assert entry.locator(".tells > *").count() == 3
    box = entry.locator(".entry > summary").bounding_box()
    assert box
    assert box["height"] + 2 <= 96, "with its border"


def test_what_is_said_after_the_sign_of_a_line_stands_beside_it(town: LiveTown, opened: Opened) -> None:
    """A long text has rows of its own there: it does not go on below the sign."""
    town.tell(LATE, STORM, WORKS)
    page = opened("/disruptions", viewport=NARROW)
    page.locator(".signed").first.evaluate("(one) => one.append(document.createElement('span'))")
    page.locator(".signed > span").first.evaluate("(one) => { one.textContent = 'départ de 10:30 '.repeat(9); }")
    sign, text = (page.locator(f".signed:has(> span) > {one}").first.bounding_box() for one in ("a", "span"))
    assert sign and text and text["height"] > sign["height"]
    assert text["x"] >= sign["x"] + sign["width"]
