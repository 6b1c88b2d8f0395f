"""What a device keeps for somebody: one touch home, to work, to the next departures; erased beside it, never sent."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, Page, expect

from api.config import Config
from tests.browser.barriers import barriers
from tests.browser.conftest import NARROW, Opened, ask, served, windows
from tests.browser.validation import faults
from tests.town import moment

HOUR_MS = 3_600_000
HOME, WORK, STOP = "Port-Louis", "Gare d'Échanges", "lorient_gare"


def held(page: Page) -> dict[str, Any]:
    told = page.evaluate("localStorage.getItem('hent.kept')")
    return dict(json.loads(told)) if told else {}


def keep(page: Page, start: str, end: str, *pressed: tuple[str, str]) -> Page:
    """pressed: the end and what it is for somebody, after a trip was found."""
    ask(page, start, end)
    page.get_by_text("Garder sur cet appareil").click()
    for group, name in pressed:
        page.get_by_role("group", name=group).get_by_role("button", name=name).click()
        expect(page.get_by_role("group", name=group).get_by_role("button", name=name)).to_have_attribute(
            "aria-pressed", "true"
        )
    return page


def at_home(page: Page) -> Page:
    page.goto(re.sub(r"(://[^/]+).*", r"\1/", page.url))
    return page


def test_one_touch_leads_home_from_work(opened: Opened) -> None:
    page = at_home(keep(opened("/"), WORK, HOME, (WORK, "Travail"), (HOME, "Maison")))
    page.get_by_role("button", name="Rentrer").click()
    expect(page.locator("h1")).to_have_text(f"{WORK} → {HOME}")
    expect(page.locator(".card").first).to_be_visible()
    at_home(page).get_by_role("button", name="Au travail").click()
    expect(page.locator("h1")).to_have_text(f"{HOME} → {WORK}")


def test_one_touch_leads_home_from_where_one_is(opened: Opened) -> None:
    ploemeur = {"latitude": 47.7367, "longitude": -3.4304}
    page = keep(opened("/", geolocation=ploemeur, permissions=["geolocation"]), WORK, HOME, (HOME, "Maison"))
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url))
    at_home(page).get_by_role("button", name="Rentrer").click()
    expect(page.locator("h1")).to_have_text(f"Ma position → {HOME}")
    assert page.locator("[name=fromId]").input_value() == "47.73670,-3.43040"
    assert not [url for url in sent if "47.7" in url.split("#")[0]]


def test_what_one_has_just_typed_goes_before_where_one_is(opened: Opened) -> None:
    ploemeur = {"latitude": 47.7367, "longitude": -3.4304}
    page = keep(opened("/", geolocation=ploemeur, permissions=["geolocation"]), WORK, HOME, (HOME, "Maison"))
    at_home(page).fill("#from", "Hennebont")
    page.locator("#from").blur()  # else the list of what is meant lies over the button, once it is there
    page.get_by_role("button", name="Rentrer").click()
    expect(page.locator("h1")).to_have_text(re.compile(f"Hennebont.* → {HOME}"))


def test_a_kept_trip_is_for_those_it_was_kept_for(opened: Opened) -> None:
    page = keep(opened("/"), WORK, HOME)
    page.get_by_role("button", name="Garder ce trajet").click()
    at_home(page).locator(".who summary").click()
    page.get_by_label("Enfants", exact=True).fill("2")
    page.get_by_text("Ce que cet appareil garde").click()
    page.get_by_role("button", name=f"{WORK} → {HOME}", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{WORK} → {HOME}")
    expect(page.locator("[name=children]").first).to_have_value("")


def test_who_has_kept_no_home_is_told_how(opened: Opened) -> None:
    page = opened("/")
    page.get_by_role("button", name="Rentrer").click()
    expect(page.locator(".kept [role=status]")).to_contain_text("puis touchez « Maison » sous la réponse")
    expect(page.get_by_role("button", name="Mes prochains départs")).to_be_hidden()


def test_my_next_departures_are_those_of_the_board_and_of_the_answer(opened: Opened) -> None:
    page = keep(opened("/"), WORK, HOME)
    page.get_by_role("button", name="Garder ce trajet").click()
    page.goto(page.url.split("#")[0] + f"stops/{STOP}")
    page.get_by_role("button", name="Garder cet arrêt").click()
    on_the_board = page.locator(".departures tbody td:first-child b").all_inner_texts()[:3]
    at_home(page)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url))
    page.get_by_role("button", name="Mes prochains départs").click()
    parts = page.locator("[data-soon] section")
    expect(parts.locator("h2")).to_have_text([f"{WORK} → {HOME}", WORK])
    expect(parts.nth(1).locator("li")).to_have_text([re.compile(f"^{clock} ") for clock in on_the_board])
    expect(parts.nth(0)).to_contain_text("8:14")  # the first arrival of the answer at half past seven
    assert not [url for url in sent if "47.7" in url], "the ends of a trip are posted"


def test_a_departure_of_tomorrow_says_so(chromium: Browser, demo_data: Path, demo_config: Config) -> None:
    """Three minutes to midnight: what leaves next leaves tomorrow, and clocks alone would be taken for today's."""
    late = moment("2026-11-24 23:57")
    with served(demo_data, demo_config, lambda: late) as address, windows(chromium, address) as opened:
        page = opened(f"/stops/{STOP}")
        page.get_by_role("button", name="Garder cet arrêt").click()
        on_the_board = [*map(str.strip, page.locator(".departures tbody td:first-child b").all_inner_texts()[:3])]
        assert page.locator(".departures .day-head").first.inner_text() == "mercredi 25 novembre"
        at_home(page)
        page.get_by_role("button", name="Mes prochains départs").click()
        tomorrow = page.locator("[data-soon] li").filter(has_text="demain à ")
        expect(tomorrow.first).to_be_visible()
        told = page.locator("[data-soon] li").all_inner_texts()
        assert [one.removeprefix("demain à ").partition(" ")[0] for one in told] == on_the_board


def test_after_midnight_a_page_that_stayed_open_tells_the_new_day(
    chromium: Browser, demo_data: Path, demo_config: Config
) -> None:
    """Drawn three minutes to midnight and touched ten minutes later: what leaves next leaves today."""
    clock = {"now": moment("2026-11-24 23:57")}
    with served(demo_data, demo_config, lambda: clock["now"]) as address, windows(chromium, address) as opened:
        page = opened(f"/stops/{STOP}")
        page.get_by_role("button", name="Garder cet arrêt").click()
        page.clock.install()
        at_home(page)
        page.clock.fast_forward("10:00")
        clock["now"] = moment("2026-11-25 0:07")
        page.get_by_role("button", name="Mes prochains départs").click()
        told = page.locator("[data-soon] li")
        expect(told).to_have_count(3)
        assert [one for one in told.all_inner_texts() if not re.match(r"\d+:\d\d · ", one)] == []


def test_of_my_next_departures_those_that_have_left_go(opened: Opened) -> None:
    page = opened(f"/stops/{STOP}")
    page.get_by_role("button", name="Garder cet arrêt").click()
    page.clock.install()
    at_home(page).get_by_role("button", name="Mes prochains départs").click()
    told, over = page.locator("[data-soon] li"), page.get_by_text("Ces départs sont partis")
    expect(told.first).to_be_visible()
    expect(over).to_be_hidden()
    page.clock.run_for(HOUR_MS)
    expect(over).to_be_visible()
    expect(told.locator("visible=true")).to_have_count(0)


def test_nothing_of_what_is_kept_is_sent_while_one_reads(opened: Opened) -> None:
    """Home, work, a favourite place and a trip are there; no address, header or body of any page has one of them."""
    page = keep(opened("/"), WORK, HOME, (HOME, "Maison"), (WORK, "Travail"), (WORK, "Lieu favori"))
    page.get_by_role("button", name="Garder ce trajet").click()
    places = held(page)
    marks = {places[one][part] for one in ("home", "work") for part in ("text", "id")}
    sent: list[str] = []
    page.on("request", lambda one: sent.append(f"{one.url} {one.headers} {one.post_data}"))
    for path in ("", "lines", "stops", "counters", "offline", "round-trip", "disruptions", "carpool", ""):
        page.goto(re.sub(r"(://[^/]+).*", rf"\1/{path}", page.url))
        page.wait_for_load_state("networkidle")
    assert len(places["trips"]) == len(places["places"]) == 1 and len(marks) == 4
    assert len(sent) > 9
    assert [one for one in sent if any(mark in unquote_plus(one) for mark in marks)] == []


def test_each_is_erased_beside_it_and_everything_with_one_touch(opened: Opened) -> None:
    page = at_home(keep(opened("/"), WORK, HOME, (HOME, "Maison"), (HOME, "Lieu favori"), (WORK, "Travail")))
    page.get_by_text("Ce que cet appareil garde").click()
    assert [one["text"] for one in held(page)["places"]] == [HOME]
    page.locator(".held li").filter(has_text="Travail").get_by_role("button", name="Effacer").click()
    assert held(page)["work"] is None
    assert held(page)["home"]["text"] == HOME
    page.get_by_role("button", name="Tout effacer").click()
    expect(page.locator(".kept [role=status]")).to_have_text("C’est effacé.")
    expect(page.locator(".held li")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_what_is_kept_is_pressed_again_to_let_it_go(opened: Opened) -> None:
    page = keep(opened("/"), WORK, HOME, (HOME, "Maison"))
    page.get_by_role("group", name=HOME).get_by_role("button", name="Maison").click()
    assert held(page)["home"] is None
    expect(page.locator(".keep-it [role=status]")).to_have_text("C’est effacé.")


def test_a_browser_that_keeps_nothing_says_so_and_the_page_is_whole(opened: Opened) -> None:
    page = opened("/")
    page.evaluate("() => { Storage.prototype.setItem = () => { throw new DOMException('full') } }")
    ask(page, WORK, HOME)
    page.get_by_text("Garder sur cet appareil").click()
    page.get_by_role("button", name="Garder ce trajet").click()
    expect(page.locator(".keep-it [role=status]")).to_contain_text("Ce navigateur ne garde rien")


def test_without_scripts_nothing_promises_to_keep_anything(opened: Opened) -> None:
    page = opened("/", java_script_enabled=False)
    expect(page.locator("[data-kept]")).to_be_hidden()
    ask(page, WORK, HOME)
    expect(page.locator("[data-keep]")).to_be_hidden()
    expect(page.locator(".card").first).to_be_visible()


def test_the_notice_of_every_page_says_what_the_device_keeps(opened: Opened) -> None:
    page = opened("/lines")
    page.get_by_text("Le détail", exact=True).click()
    expect(page.locator("[data-device]")).to_contain_text("Cet appareil seul garde qui voyage, les lieux")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_meets_a_barrier(opened: Opened, theme: str) -> None:
    page = opened("/", bypass_csp=True, viewport=NARROW, color_scheme=theme, reduced_motion="reduce")
    keep(page, WORK, HOME, (HOME, "Maison"))
    page.get_by_role("button", name="Garder ce trajet").click()
    assert barriers(page) == []
    at_home(page).get_by_text("Ce que cet appareil garde").click()
    page.get_by_role("button", name="Mes prochains départs").click()
    expect(page.locator("[data-soon] li").first).to_be_visible()
    assert barriers(page) == []
    boxes = [one.bounding_box() for one in page.locator(".kept button:visible, .kept .button").all()]
    assert boxes
    assert min(min(box["height"], box["width"]) for box in boxes if box) >= 44


def test_the_html_is_valid_with_what_scripts_add(opened: Opened, validator: Any) -> None:
    page = at_home(keep(opened("/"), WORK, HOME, (HOME, "Maison")))
    expect(page.locator(".held li")).to_have_count(1)
    assert faults(validator, page.content()) == []
