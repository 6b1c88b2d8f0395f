"""Stops, lines and counters as somebody on the way uses them, on a telephone, with scripts and without."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

import pytest
from playwright.sync_api import expect

from tests.browser.barriers import barriers
from tests.browser.conftest import NARROW, Opened

SCRIPTS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
HALF_AN_HOUR_MS = 1_800_000
HUB, LINE = "/stops/lorient_gare", "/lines/lorient_T1"


@SCRIPTS
def test_a_board_tells_each_direction_with_its_next_minutes_and_quay(opened: Opened, java_script_enabled: bool) -> None:
    page = opened(HUB, viewport=NARROW, java_script_enabled=java_script_enabled)
    bounds = page.locator(".directions li")
    assert bounds.count() >= 14
    row = bounds.filter(has_text="Fort-Bloqué")
    expect(row).to_contain_text("quai D")
    assert re.search(r"\d+\smin", row.locator(".nexts").inner_text())
    expect(page.locator(".departures .day-head")).to_have_count(0)
    lines = bounds.locator(".badge").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert [lines.index("T1") < lines.index(other) for other in ("5", "6", "14", "N1")] == [True] * 4


def test_what_one_can_do_from_a_stop_stands_in_one_row(opened: Opened) -> None:
    page = opened(HUB, viewport={"width": 1440, "height": 900})
    expect(page.get_by_role("button", name="Garder cet arrêt")).to_be_visible()
    tops = page.locator(".actions .button, .actions button").evaluate_all(
        "all => all.map((one) => Math.round(one.getBoundingClientRect().top))"
    )
    assert len(tops) == 3
    assert max(tops) - min(tops) <= 1


def test_on_a_board_that_stays_open_and_is_not_fetched_again_what_leaves_looks_past(opened: Opened) -> None:
    page = opened("/about", viewport=NARROW)
    page.clock.install()
    page.goto(page.url.replace("/about", HUB))
    expect(page.locator(".departures tr[data-leaves]")).not_to_have_count(0)
    expect(page.locator(".past")).to_have_count(0)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.clock.run_for(HALF_AN_HOUR_MS)
    first = page.locator(".departures tr[data-leaves]").first
    expect(first).to_have_class(re.compile(r"\bpast\b"))
    expect(first).to_contain_text("déjà parti")
    expect(first.locator(".soon")).to_be_hidden()
    last = page.locator(".directions li", has_text="Fort-Bloqué").locator(".nexts span").last
    expect(last).not_to_have_class(re.compile(r"\bpast\b"))


@SCRIPTS
def test_a_board_of_one_line_is_one_touch_away(opened: Opened, java_script_enabled: bool) -> None:
    page = opened(HUB, viewport=NARROW, java_script_enabled=java_script_enabled)
    page.locator(".filters a", has=page.get_by_role("img", name="T1", exact=True)).click()
    expect(page.locator(".filters [aria-current] [role=img]")).to_have_attribute("aria-label", "T1")
    expect(page.locator(".filters [aria-current]")).to_have_count(1)
    names = page.locator(".departures .badge").evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    assert set(names) == {"T1"}
    page.get_by_role("link", name="Toutes").click()
    expect(page.locator(".directions li", has_text="Fort-Bloqué")).to_be_visible()


def test_the_day_is_a_heading_and_not_in_each_row(opened: Opened) -> None:
    page = opened("/stops/lorient_port-tudy?at=2026-11-24T23:00", viewport=NARROW)
    heads = page.locator(".departures .day-head").all_inner_texts()
    assert heads
    assert "mercredi 25 novembre" in heads[0]
    assert "mercredi" not in page.locator(".departures tr:not(.day-head)").first.inner_text()


def test_in_the_evening_tomorrow_is_said_once_above_its_lines(opened: Opened) -> None:
    """At a quarter to ten at night most lines of the hub leave again in the morning."""
    page = opened(f"{HUB}?at=2026-11-24T21:45", viewport=NARROW)
    heads = page.locator("h3.day-head").all_inner_texts()
    assert heads == sorted(set(heads), key=heads.index)
    assert "mercredi 25 novembre" in heads
    cells = page.locator(".directions li").all_inner_texts()
    assert len(cells) >= 10
    assert [cell for cell in cells if re.search(r"mercredi|demain|novembre", cell)] == []


@SCRIPTS
def test_a_line_opens_at_now_in_one_direction_with_the_whole_on_demand(
    opened: Opened, java_script_enabled: bool
) -> None:
    page = opened(LINE, viewport=NARROW, java_script_enabled=java_script_enabled)
    clocks = page.locator(".along li .nexts b").all_inner_texts()
    assert len(clocks) >= 20
    minutes = [int(hour) * 60 + int(minute) for hour, minute in (clock.split(":") for clock in clocks)]
    assert 7 * 60 + 30 <= min(minutes) <= max(minutes) < 7 * 60 + 45, "every ten minutes, at half past seven"
    grid = page.locator(".stops-grid").first
    expect(grid).to_be_hidden()
    page.locator(".whole > summary", has_text="Tous les horaires").first.click()
    expect(grid).to_be_visible()
    first = page.locator(".along a").first.inner_text()
    page.locator(".filters a:not([aria-current])").click()
    expect(page.locator(".along a").first).not_to_have_text(first)


@SCRIPTS
def test_lines_begin_with_those_that_run_most_and_are_found_by_what_they_serve(
    opened: Opened, java_script_enabled: bool
) -> None:
    page = opened("/lines", viewport=NARROW, java_script_enabled=java_script_enabled)
    expect(page.locator(".signs").first).not_to_contain_text("dessert")  # each name tells its communes
    expect(page.locator(".signs li", has_text="Cité de la Voile")).to_contain_text("dessert Lorient, Larmor-Plage")
    expect(page.locator("main")).not_to_contain_text("Bateau :")
    trunk = page.locator(".signs").first.locator(".badge").evaluate_all("all => all.map((one) => one.ariaLabel)")
    assert {"T1", "T2", "T3", "T4"} <= {*trunk}
    page.fill("#name", "groix")
    with page.expect_navigation():
        page.get_by_role("button", name="Afficher").click()
    shown = page.locator(".signs li").all_inner_texts()
    assert 1 <= len(shown) <= 5
    assert "groix" not in urldefrag(page.url).url.lower()


@SCRIPTS
@pytest.mark.parametrize(
    ("path", "typed", "shown", "found"),
    [("/lines", "Locmikelic", "Locmiquélic", "Locmiquélic"), ("/stops", "Port-Loius", "Port-Loius", "Port-Louis")],
)
def test_a_name_nearly_right_is_found_and_back_leads_to_it(
    opened: Opened, java_script_enabled: bool, path: str, typed: str, shown: str, found: str
) -> None:
    page = opened(path, viewport=NARROW, java_script_enabled=java_script_enabled)
    page.fill("#name", typed)
    page.locator("#name").press("Enter")
    expect(page.locator("#name")).to_have_value(shown)
    page.locator("main .list a", has_text=found).first.click()
    expect(page).to_have_url(re.compile(rf"{path}/lorient_"))
    page.go_back()
    expect(page.locator("#name")).to_have_value(shown)
    expect(page.locator("main .list a", has_text=found).first).to_be_visible()


@SCRIPTS
@pytest.mark.parametrize("path", ["/lines", "/stops"])
def test_a_name_that_is_none_is_told_at_the_field_with_what_may_be_meant(
    opened: Opened, java_script_enabled: bool, path: str
) -> None:
    page = opened(path, viewport=NARROW, java_script_enabled=java_script_enabled, bypass_csp=True)
    page.fill("#name", "Peristel")
    page.locator("#name").press("Enter")
    expect(page.locator("#name-fault")).to_be_visible()
    expect(page.locator("#name")).to_be_focused()
    if java_script_enabled:
        assert barriers(page) == []
    page.get_by_role("button" if path == "/lines" else "link", name="Péristyle").first.click()
    expect(page.locator("h1, #name[value='Péristyle']").first).to_be_visible()
    expect(page.locator("#name-fault")).to_have_count(0)


@pytest.mark.parametrize("path", [HUB, LINE])
def test_stop_and_line_lead_to_their_sheet(opened: Opened, path: str) -> None:
    page = opened(path, viewport=NARROW)
    name = page.locator("h1").inner_text().strip()
    page.get_by_role("link", name="Fiche à imprimer").click()
    expect(page.locator("h1")).to_contain_text(name)
    expect(page.locator("table").first).to_have_css("border-collapse", "collapse")
    page.get_by_role("link", name="Retour à la page").click()
    expect(page).to_have_url(re.compile(f"{re.escape(path)}$"))
    expect(page.locator("h1")).to_contain_text(name)


def test_a_counter_says_where_it_is_until_when_and_how_one_gets_there(opened: Opened) -> None:
    page = opened("/counters", viewport=NARROW)
    card = page.locator(".card", has_text="Port-Tudy")
    expect(card).to_contain_text("Port-Tudy, Groix")
    expect(card).to_contain_text("Ouvert jusqu’à 18 h")
    in_guidel = page.locator(".card", has_text="Guidel")
    expect(in_guidel).to_contain_text("Rue Saint-Maurice, Guidel")
    expect(in_guidel).to_contain_text("Fermé, ouvre à 8 h 30")
    with_steps = page.locator(".card", has_text="il y a des marches").first
    expect(with_steps.locator("[href$='#wheelchair']")).to_have_count(0)
    expect(card.locator("[href$='#wheelchair']")).to_have_count(1)
    expect(page.locator(".map svg")).to_be_visible()
    card.get_by_role("link", name="Y aller").click()
    expect(page.locator("[name=toId]")).not_to_have_value("")


def test_a_board_without_real_time_does_not_look_as_if_its_times_were_known(opened: Opened) -> None:
    page, colour = opened("/stops/lorient_gare"), "(one) => getComputedStyle(one).color"
    first = page.locator(".directions .nexts span").first
    assert first.evaluate(colour) == page.locator("h1").evaluate(colour)
    expect(page.locator(".live, .planned")).to_have_count(0)


def test_a_link_is_underlined_from_its_first_letter_to_its_last(opened: Opened) -> None:
    """A name kept on one row is a block of its own, which takes no line from the link that it stands in."""
    page = opened("/lines/lorient_10", viewport=NARROW)
    lines = page.locator(".along a .whole").evaluate_all(
        "all => all.map((one) => getComputedStyle(one).textDecorationLine)"
    )
    assert {*lines} == {"underline"}
