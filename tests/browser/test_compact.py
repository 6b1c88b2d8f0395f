"""The bounds of docs/design.md on a telephone and beside a wide map, measured in Chromium with scripts and without."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDE, Opened, ask, travels_as

PHONE = {"width": 360, "height": 780}
SMALL = {"width": 320, "height": 640}
SCRIPTS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
START, END = "Ploemeur", "Port-Louis"
SEEN = "main :is(button, summary, input, label, h1, h2, h3, .price, .times, .lasting), header > *"
LAPPED = f"""(() => {{
  const over = ".end, .choices, .map, .seat"; // pictures in a field, words on a map and a button on an entry lie there
  const seen = [...document.querySelectorAll("{SEEN}")]
    .filter((one) => one.checkVisibility({{ visibilityProperty: true }}) && !one.closest(over))
    .map((one) => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 2 && box.height > 2);
  const lap = (one, other) => Math.min(one.right, other.right) - Math.max(one.left, other.left) > 2
    && Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > 2;
  return seen.flatMap(([one, box], at) => seen.slice(at + 1)
    .filter(([other, its]) => !one.contains(other) && !other.contains(one) && lap(box, its))
    .map(([other]) => `${{one.outerHTML.slice(0, 60)}} / ${{other.outerHTML.slice(0, 60)}}`));
}})()"""


PLACES = """[...document.querySelectorAll("main :is(h1, h2, input:not([type=hidden]), .go, .map, summary), footer")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest(".kept"))
  .map((one) => `${one.outerHTML.slice(0, 40)} ${Math.round(one.getBoundingClientRect().top)}`)"""
OUTSIDE = """(what) => [...document.querySelectorAll(what)]
  .filter((one) => one.getBoundingClientRect().right > innerWidth - 8).map((one) => one.textContent.trim())"""
CUT = """[...document.querySelectorAll(".pick > summary span")]
  .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""


def box(page: Page, what: str) -> dict[str, float]:
    found = page.locator(what).first.bounding_box()
    assert found is not None, what
    return dict(found)


def bottom(page: Page, what: str) -> float:
    found = box(page, what)
    return found["y"] + found["height"]


@SCRIPTS
def test_the_question_is_asked_on_the_first_screen(opened: Opened, java_script_enabled: bool) -> None:
    page = opened("/", viewport=PHONE, java_script_enabled=java_script_enabled)
    assert box(page, "header.top")["height"] < 56
    for part in ("#from", "#to", "button.swap", "details.when > summary", "details.who > summary", "button.go"):
        assert bottom(page, part) <= 480, part
    assert page.locator("details.when > summary").inner_text().strip() == "Maintenant"
    assert page.locator("details.who > summary").inner_text().strip() == "Adulte"
    assert page.evaluate(CUT) == []
    expect(page.locator("header .tongues [aria-hidden]:not(svg)")).to_have_text(["FR", "BR", "EN"])
    expect(page.get_by_role("button", name="Menu")).to_be_visible()
    assert page.evaluate(OUTSIDE, "header a, header button") == []


@SCRIPTS
@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_an_answer_shows_four_entries_on_the_first_screen(
    opened: Opened, java_script_enabled: bool, language: str
) -> None:
    """Easy French has a sentence in each entry, which the opened one tells."""
    page = opened(f"/?lang={language}", viewport=PHONE, java_script_enabled=java_script_enabled)
    ask(page, START, END)
    boxes = [dict(one.bounding_box() or {}) for one in page.locator("[data-list] > .option").all()]
    assert box(page, "header.top")["height"] < 56
    assert boxes[0]["y"] <= 300
    assert len(boxes) >= 4
    assert max(one["height"] for one in boxes) <= 96
    assert boxes[3]["y"] + boxes[3]["height"] <= 780


@pytest.mark.parametrize(
    ("start", "end", "profile"), [("Gare d'Échanges", "Groix", "family"), (START, END, "reduced_mobility")]
)
def test_who_has_more_to_be_told_has_an_entry_as_low(opened: Opened, start: str, end: str, profile: str) -> None:
    page = opened("/", viewport=PHONE)
    travels_as(page, profile)
    ask(page, start, end)
    summaries = page.locator(".option > .entry > summary").all()
    assert summaries
    assert max(dict(one.bounding_box() or {})["height"] for one in summaries) <= 96


CUT_TOLD = """[...document.querySelectorAll(".entry > summary :is(.head-line, .tells, .others-then) > *")]
.filter((one) => {
  const box = one.getBoundingClientRect(), line = one.parentElement.getBoundingClientRect();
  const isSeen = box.top < line.bottom - 1, isWhole = box.bottom <= line.bottom + 1 && box.right <= line.right + 1;
  return isSeen && !(isWhole && one.scrollWidth <= one.clientWidth + 1);
}).map((one) => one.textContent.trim())"""
"""What has no room goes below the line, out of sight, as a whole."""
LANGUAGES = pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])


@LANGUAGES
@pytest.mark.parametrize(
    "who",
    [{"profile": "reduced_mobility"}, {"profile": "family"}, {"bike": "1"}],
    ids=["wheelchair", "family", "bike"],
)
def test_nothing_that_a_closed_entry_tells_is_cut_and_none_is_higher_for_it(
    opened: Opened, language: str, who: dict[str, str]
) -> None:
    """In the evening: the day of what leaves tomorrow, the last ones, what is to be looked at, a price of a party.
    Nobody comes from Ploemeur with a bicycle: its bus takes none."""
    page = opened("/about", viewport=PHONE)
    asked = who | {"to": END, "lang": language, "when": "leave", "moment": "2026-11-24T21:30"}
    for start in ("Gare d'Échanges",) if "bike" in who else (START, "Gare d'Échanges"):
        page.goto(page.url.partition("/about")[0].partition("/?")[0] + f"/?{urlencode(asked | {'from': start})}")
        page.evaluate("document.querySelectorAll('.entry[open]').forEach((one) => { one.open = false; })")
        for width in (360, 320):
            page.set_viewport_size({"width": width, "height": 780})
            heights = [dict(one.bounding_box() or {})["height"] for one in page.locator(".entry > summary").all()]
            assert heights and max(heights) <= 96, width
            assert page.evaluate(CUT_TOLD) == [], width
        page.set_viewport_size(PHONE)


def test_a_small_window_loses_nothing(opened: Opened) -> None:
    page = opened("/", viewport=SMALL)
    for told in ("form", "answer"):
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, told
        assert page.evaluate(LAPPED) == [], told
        if told == "form":
            ask(page, START, END)


def test_the_menu_of_a_telephone_opens_without_a_script_and_closes_by_escape(opened: Opened) -> None:
    page = opened("/", viewport=PHONE, java_script_enabled=False)
    expect(page.get_by_role("link", name="Perturbations")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name="Perturbations")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("link", name="Perturbations")).to_be_hidden()


def test_who_travels_is_remembered_on_this_device_until_it_is_forgotten(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    page.locator("details.who > summary").click()
    page.locator("[value=family]").set_checked(True, force=True)
    page.reload()
    assert page.locator("[value=family]").is_checked()
    assert page.locator("details.who > summary").inner_text().strip() == "En famille, 2 adultes, 2 enfants"
    assert page.evaluate("JSON.stringify(localStorage)") == '{"who":"family"}'
    page.locator("details.who > summary").click()
    page.get_by_role("button", name="L’oublier").click()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert page.locator("[value=adult]").is_checked()


def test_a_wide_page_keeps_the_map_in_sight_and_lights_the_leg_under_the_pointer(opened: Opened) -> None:
    page = ask(opened("/", viewport=WIDE), START, END)
    page.locator(".option .entry > summary").first.click()
    page.locator(".option .legs > .ride").first.hover()
    lit = page.locator(".map path.lit")
    assert lit.evaluate_all("all => all.map((one) => [one.dataset.way, one.classList.contains('ride')])") == [
        ["0", True]
    ]
    page.evaluate("scrollBy(0, 900)")
    assert page.evaluate("scrollY") > 300
    assert box(page, ".beside .map")["y"] >= 0
    assert box(page, ".beside .map")["x"] > box(page, ".found")["x"] + box(page, ".found")["width"]


def test_no_button_of_order_leaves_the_first_entry_where_it_is(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", END)
    first = page.locator("[data-list] .times").first.inner_text()
    names = page.locator(".sorts button[aria-pressed=false]").evaluate_all("all => all.map((one) => one.value)")
    assert names
    for name in names:
        with page.expect_navigation():
            page.locator(f".sorts button[value={name}]").click()
        assert page.locator("[data-list] .times").first.inner_text() != first, name


def test_the_next_departures_of_a_hub_begin_on_the_first_screen(opened: Opened) -> None:
    page = opened("/stops/lorient_gare", viewport=PHONE)
    rows = [one.bounding_box() for one in page.locator(".directions li").all()[:4]]
    assert all(row and row["y"] + row["height"] <= PHONE["height"] for row in rows)


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_how_many_more_leave_takes_one_line_of_a_telephone(opened: Opened, language: str) -> None:
    page = opened(f"/stops/lorient_gare?lang={language}", viewport=PHONE)
    lines = "all => all.map((one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight))"
    heights = page.locator(".directions .more").evaluate_all(lines)
    assert heights and max(heights) < 1.5


def test_the_day_of_a_late_departure_stands_above_its_line(opened: Opened) -> None:
    """N1 runs in the night from Friday to Saturday; today is Tuesday."""
    page = opened("/stops/lorient_gare", viewport=PHONE)
    row = page.locator(".directions li", has_text="Toulhouët")
    assert "samedi" not in row.inner_text()
    assert row.evaluate("row => row.parentElement.previousElementSibling.innerText") == "samedi 28 novembre"


@pytest.mark.parametrize("path", ["/", "/round-trip", "/offline", "/stops/lorient_gare", "/lines/lorient_T1"])
def test_nothing_jumps_when_scripts_come(opened: Opened, path: str) -> None:
    """On a slow line they come when somebody reads already: each part stands where it stood without them."""
    before = opened("/about", viewport=PHONE)
    before.route("**/hent.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    before.goto(before.url.replace("/about", path))
    after = opened(path, viewport=PHONE)
    after.wait_for_load_state("networkidle")
    assert after.evaluate(PLACES) == before.evaluate(PLACES)
