"""Back leads to what was seen before, with scripts and without; no place is sent in an address."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Request, Route, expect

from tests.browser.conftest import Opened, ask, unfold

SCRIPTS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
START, END = "Gare d'Échanges", "Port-Louis"


def to_print(page: Page) -> None:
    unfold(page)
    page.locator(".share a").first.click()
    expect(page.locator(".sheet h1")).to_contain_text(" → ")


def to_a_stop_in_the_details(page: Page) -> None:
    unfold(page)
    page.locator(".card").first.locator(".legs .at a").first.click()
    expect(page.locator(".departures")).to_be_visible()


def to_another_order(page: Page) -> None:
    page.locator(".sorts button[value=least_walking]").click()
    expect(page.locator(".sorts [value=least_walking]")).to_have_attribute("aria-pressed", "true")


def to_another_language(page: Page) -> None:
    page.get_by_role("button", name="Brezhoneg").click()
    expect(page.locator("html")).to_have_attribute("lang", "br")


MOVED = """() => {
  const drawing = document.querySelector("[data-map] > svg");
  drawing.setAttribute("viewBox", "0 0 100 100");
  drawing.style.setProperty("--closer", 0.5);
}"""
"""As map.js leaves a drawing that was zoomed."""
ON = (to_print, to_a_stop_in_the_details, to_another_order, to_another_language)


@SCRIPTS
@pytest.mark.parametrize("go_on", ON)
def test_back_shows_the_answer_again(opened: Opened, java_script_enabled: bool, go_on: Callable[[Page], None]) -> None:
    page = ask(opened("/", java_script_enabled=java_script_enabled), START, END)
    seen = page.locator(".found .times").all_inner_texts()
    go_on(page)
    page.go_back()
    expect(page.locator("html")).to_have_attribute("lang", "fr")
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
    expect(page.locator(".found .times")).to_have_text(seen)
    expect(page.locator(".sorts [value=best]")).to_have_attribute("aria-pressed", "true")
    page.go_forward()
    expect(page.locator("h1").first).to_be_visible()


def test_back_from_a_later_page_shows_the_one_before_without_scripts(opened: Opened) -> None:
    page = ask(opened("/", java_script_enabled=False), START, END)
    seen = page.locator(".found .times").all_inner_texts()
    page.get_by_role("button", name="Plus tard").click()
    expect(page.locator(".times").first).not_to_have_text(seen[0])
    page.go_back()
    expect(page.locator(".found .times")).to_have_text(seen)


def test_back_after_later_entries_and_a_moved_drawing_shows_both_without_a_fault(opened: Opened) -> None:
    """Where no library of the map is: what scripts put on the page, styles among it, is not kept with the answer."""
    page = ask(opened("/"), START, END)
    page.evaluate(MOVED)
    before = page.locator(".found .times").count()
    page.get_by_role("button", name="Plus tard").click()
    expect(page.locator(".found .times")).not_to_have_count(before)
    seen = page.locator(".found .times").all_inner_texts()
    to_a_stop_in_the_details(page)
    page.go_back()
    expect(page.locator(".found .times")).to_have_text(seen)
    expect(page.locator(".suggestions")).to_have_count(2)
    expect(page.locator(".map .zoom")).to_have_count(1)


@SCRIPTS
def test_back_from_the_answer_leads_to_the_form(opened: Opened, java_script_enabled: bool) -> None:
    page = ask(opened("/", java_script_enabled=java_script_enabled), START, END)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trouver son chemin")
    page.go_forward()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")


@pytest.mark.parametrize("go_on", ON)
def test_back_shows_at_once_what_was_seen_and_asks_nothing(opened: Opened, go_on: Callable[[Page], None]) -> None:
    page = ask(opened("/"), START, END)
    seen = page.locator(".found .times").all_inner_texts()
    go_on(page)
    page.on("request", lambda one: asked.append(one.url) if one.method == "POST" else None)
    asked: list[str] = []
    page.go_back()
    assert page.locator(".found .times").all_inner_texts() == seen
    assert asked == []


def test_back_finds_the_details_open_that_were(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    second = page.locator(".card").nth(1)
    unfold(page, 1)
    second.locator(".legs .at a").first.click()
    page.go_back()
    expect(page.locator(".card").nth(1).locator(".legs")).to_be_visible()


def test_a_reload_asks_the_question_again(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    seen = page.locator(".found .times").all_inner_texts()
    asked: list[str] = []
    page.on("request", lambda one: asked.append(one.method))
    page.reload()
    expect(page.locator(".found .times")).to_have_text(seen)
    assert "POST" in asked


def test_a_bookmark_holds_the_question_and_no_request_has_it_in_its_address(opened: Opened) -> None:
    page = opened("/")
    sent: list[Request] = []
    page.on("request", lambda one: sent.append(one))
    ask(page, START, END)
    address = urlsplit(page.url)
    assert (address.path, address.query) == ("/", "")
    assert {"from": [START], "to": [END], "when": ["leave"]}.items() <= parse_qs(address.fragment).items()
    again = opened(f"/#{address.fragment}")
    again.on("request", lambda one: sent.append(one))
    expect(again.locator("h1")).to_have_text(f"{START} → {END}")
    again.reload()
    expect(again.locator(".card").first).to_be_visible()
    assert not [one.url for one in sent if "Port-Louis" in urlsplit(one.url)._replace(fragment="").geturl()]
    assert not [one for one in sent if "Port-Louis" in one.headers.get("referer", "")]


def test_a_bookmark_of_now_is_asked_about_the_moment_it_is_opened(opened: Opened) -> None:
    page = opened("/")
    page.fill("#from", START)
    page.fill("#to", END)
    page.locator("#to").press("Enter")
    expect(page.locator(".card").first).to_be_visible()
    expect(page).to_have_url(re.compile("#.*when="))
    assert {"when"} == {"when", "moment"} & set(parse_qs(urlsplit(page.url).fragment))


def test_what_was_typed_and_not_sent_is_there_again_after_back(opened: Opened) -> None:
    page = opened("/")
    page.fill("#from", START)
    page.locator("#to").focus()
    with page.expect_navigation():
        page.locator("footer a").first.click()
    page.go_back()
    expect(page.locator("#from")).to_have_value(START)


def test_a_jump_within_the_page_keeps_the_answer(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".card").first).to_be_visible()
    page.reload()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")


def test_both_ends_change_places_without_a_question_being_asked(opened: Opened) -> None:
    page = opened("/")
    page.fill("#from", START)
    page.fill("#to", END)
    page.locator(".swap").click()
    expect(page.locator("#from")).to_have_value(END)
    expect(page.locator("#to")).to_have_value(START)


def test_one_trip_is_printed_without_leaving_the_answer(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    page.evaluate("window.print = () => {}")
    unfold(page, 1)
    page.locator(".card").nth(1).get_by_role("button", name="Imprimer ce trajet").click()
    page.emulate_media(media="print")
    expect(page.locator(".card").nth(1).locator(".legs")).to_be_visible()
    expect(page.locator(".card").first).to_be_hidden()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    expect(page.locator(".card").first).to_be_visible()


def test_a_printed_trip_has_the_other_departures_of_its_way(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    page.evaluate("window.print = () => {}")
    rows = [row for row, card in enumerate(page.locator(".card").all()) if card.locator(".runs li").count()]
    card = page.locator(".card").nth(rows[0])
    unfold(page, rows[0])
    card.get_by_role("button", name="Imprimer ce trajet").click()
    page.emulate_media(media="print")
    assert card.locator(".runs li").count() > 1
    for departure in card.locator(".runs li").all():
        expect(departure).to_be_visible()


@SCRIPTS
def test_back_from_a_stop_shows_the_stops_that_were_found(opened: Opened, java_script_enabled: bool) -> None:
    page = opened("/stops", java_script_enabled=java_script_enabled)
    page.fill("#name", "Ploemeur")
    with page.expect_navigation():
        page.locator("button.go").click()
    page.locator(".list a").first.click()
    expect(page.locator("h1")).to_have_text(re.compile("Ploemeur"))
    page.go_back()
    expect(page.locator(".list a").first).to_be_visible()


PROXY = "<h1>Bad Gateway</h1>"
NO_PAGES = {
    "502": {"status": 502, "content_type": "text/html", "body": f"<main>{PROXY}</main>"},
    "json": {"status": 200, "content_type": "application/json", "body": "{}"},
    "no main": {"status": 200, "content_type": "text/html", "body": PROXY},
}


@pytest.mark.parametrize("reply", NO_PAGES.values(), ids=NO_PAGES)
def test_what_a_proxy_says_in_our_place_is_neither_shown_nor_kept(
    chromium: Browser, address: str, reply: dict[str, object]
) -> None:
    context = chromium.new_context(locale="fr-FR")
    page, replies, faults = context.new_page(), [reply], list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))

    def at_first_no_page(route: Route) -> None:
        if urlsplit(route.request.url).path == "/" and replies:
            route.fulfill(**replies.pop())
        else:
            route.continue_()

    page.goto(address)
    page.route("**/*", at_first_no_page)
    ask(page, START, END)
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
    kept = page.evaluate("JSON.stringify(sessionStorage)")
    assert (replies, "Bad Gateway" in kept, '"{}"' in kept) == ([], False, False)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trouver son chemin")
    context.close()
    assert faults == []


def test_a_browser_that_does_not_tell_how_it_came_here_asks_as_any_other(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="fr-FR")
    context.add_init_script("performance.getEntriesByType = () => []")
    page = context.new_page()
    page.goto(address)
    ask(page, START, END)
    page.go_back()
    expect(page.locator("h1")).to_have_text("Trouver son chemin")
    assert page.evaluate("history.scrollRestoration") == "manual"
    page.go_forward()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
    context.close()
