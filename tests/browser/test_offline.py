"""At the quay without network: what the device keeps opens and says how old it is; it holds nobody's places unasked."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect

from tests.browser.barriers import barriers
from tests.browser.conftest import CHROMIUM, NARROW, ask, launched, travels_as
from tests.browser.copied import until, visited
from tests.browser.validation import faults
from tests.town import moment

START, END = "Kerroc'h", "Groix"
STORED = """async () => {
  const copies = [];
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) copies.push(request.url, await (await cache.match(request)).text());
  }
  const databases = (await indexedDB.databases()).map(({ name }) => name);
  return { local: JSON.stringify(localStorage), copies: copies.join("\\n"), databases };
}"""
IS_BOARD_COPIED = "async () => Boolean(await caches.match('/stops/lorient_port-tudy'))"
FORGOTTEN = "async () => !(await caches.keys()).length && !localStorage.length && !sessionStorage.length"


def test_what_is_searched_and_looked_at_leaves_nothing_in_what_the_device_keeps(
    device: BrowserContext, address: str
) -> None:
    page = visited(device, address)
    travels_as(page, "family")
    ask(page, START, END)
    place = page.locator("[name=fromId]").input_value()
    page.get_by_role("button", name="Retour", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{END} → {START}")
    page.goto(f"{address}/stops/lorient_gare")
    page.goto(f"{address}/offline")
    page.wait_for_load_state("networkidle")
    stored = page.evaluate(STORED)
    assert "/offline" in stored["copies"], "the public page is there"
    told = stored["local"] + stored["copies"]
    assert stored["local"] == '{"who":"family"}', "who travels, and nothing else"
    assert [mark for mark in (START, place, "/stops/lorient_gare", "/kept/1") if mark in told] == []
    assert stored["databases"] == []


def test_an_answer_is_kept_when_asked_for_and_gone_with_one_touch(device: BrowserContext, address: str) -> None:
    page = ask(visited(device, address), START, END)
    seen = page.locator(".found .times").all_inner_texts()
    page.get_by_text("Garder sur cet appareil").click()
    page.get_by_role("button", name="Garder cette réponse").click()
    expect(page.locator(".keep-it [role=status]")).to_contain_text("C’est gardé")
    assert START in page.evaluate(STORED)["copies"]
    device.set_offline(True)
    page.goto(address)
    page.locator("[data-mine] a", has_text=f"{START} → {END}").click()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
    expect(page.locator(".found .times")).to_have_text(seen)
    expect(page.locator("main .caution").first).to_contain_text("Gardé sur cet appareil")
    hours = {f"{datetime.now(ZoneInfo('Europe/Paris')) - timedelta(minutes=ago):%Y à %H}:" for ago in (0, 5)}
    assert any(hour in page.locator("main .caution").first.inner_text() for hour in hours), "of the boats' clock"
    device.set_offline(False)
    page.goto(address)
    page.get_by_text("Ce que cet appareil garde").click()
    expect(page.locator(".held li")).to_have_count(1)
    page.get_by_role("button", name="Tout effacer").click()
    until(page, FORGOTTEN)


def test_the_page_opens_at_the_quay_and_says_how_old_it_is(device: BrowserContext, address: str) -> None:
    page = visited(device, address)
    device.set_offline(True)
    page.clock.set_fixed_time(datetime.fromtimestamp(moment("2026-11-24 10:40"), UTC))
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Bateaux et derniers bus, sans connexion")
    expect(page.locator("[data-age]")).to_have_text(
        "Vous êtes sans connexion. Ces horaires ont été gardés il y a 3 h (mardi 24 novembre, 7:30)."
    )
    boat = page.locator("details", has_text="vers Gare Maritime").first
    expect(boat).to_contain_text("dernier : 17:30")
    boat.locator("summary").click()
    expect(boat.locator("dd")).to_contain_text("17:30")
    expect(page.locator("[href='tel:0261910102']")).to_be_visible()
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100, "with its styles"


def test_a_question_at_the_quay_ends_at_the_boats_and_not_at_an_error_of_the_browser(
    device: BrowserContext, address: str
) -> None:
    page = visited(device, address)
    page.goto(address)
    device.set_offline(True)
    page.fill("#from", START)
    page.fill("#to", END)
    page.locator("#to").press("Enter")
    expect(page.locator("h1")).to_have_text("Bateaux et derniers bus, sans connexion")


def test_what_a_form_was_answered_with_is_found_by_back_beside_the_worker(device: BrowserContext, address: str) -> None:
    page = visited(device, address)
    page.goto(f"{address}/stops")
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)")
    page.fill("#name", "Port-Tudy")
    page.locator("main button.go").click()
    page.locator(".list a").first.click()
    expect(page.locator("h1")).to_contain_text("Port-Tudy")
    page.go_back()
    expect(page.locator("#name")).to_have_value("Port-Tudy")
    expect(page.locator(".list a").first).to_contain_text("Port-Tudy")


def test_the_board_of_a_kept_stop_opens_at_the_quay(device: BrowserContext, address: str) -> None:
    page = visited(device, address, "/stops/lorient_port-tudy")
    page.get_by_role("button", name="Garder cet arrêt").click()
    page.goto(address)
    until(page, IS_BOARD_COPIED)
    device.set_offline(True)
    page.goto(address)
    page.locator("[data-mine] a", has_text="Port-Tudy").click()
    expect(page.locator(".departures")).to_contain_text("17:30")


def test_a_stop_that_is_let_go_leaves_the_device(device: BrowserContext, address: str) -> None:
    page = visited(device, address, "/stops/lorient_port-tudy")
    page.get_by_role("button", name="Garder cet arrêt").click()
    page.goto(address)
    until(page, IS_BOARD_COPIED)
    page.goto(f"{address}/stops/lorient_port-tudy")
    page.get_by_role("button", name="Garder cet arrêt").click()
    page.goto(address)
    until(page, IS_BOARD_COPIED, False)
    assert page.evaluate(IS_BOARD_COPIED) is False


def test_with_network_every_page_is_the_newest(device: BrowserContext, address: str) -> None:
    page = visited(device, address)
    page.goto(address)
    expect(page.locator("h1")).to_have_text("Trouver son chemin")
    assert page.evaluate("Boolean(navigator.serviceWorker.controller)"), "though the worker is there"


def test_who_saves_data_gets_no_copies(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="fr-FR")
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    assert page.evaluate("caches.keys()") == []
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_nobody_meets_a_barrier_at_the_quay(chromium: Browser, address: str, theme: str) -> None:
    context = chromium.new_context(viewport=NARROW, locale="fr-FR", bypass_csp=True, color_scheme=theme)
    page = visited(context, address, "/offline")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert barriers(page) == []
    context.close()


def test_the_kept_page_is_valid_html(device: BrowserContext, address: str, validator: object) -> None:
    page = visited(device, address, "/offline")
    assert faults(validator, page.content()) == []  # type: ignore[arg-type]


def test_chromium_would_install_it(playwright: Playwright, address: str) -> None:
    """The whole browser, as its engine alone installs nothing."""
    if not CHROMIUM:
        pytest.skip("no chromium on this machine, only its engine")
    with launched(playwright, CHROMIUM) as browser:
        device = browser.new_context(viewport=NARROW, locale="fr-FR")
        page = visited(device, address)
        talk = device.new_cdp_session(page)
        told = talk.send("Page.getAppManifest")
        assert (told["errors"], told["url"]) == ([], f"{address}/manifest.webmanifest")
        found = [one["errorId"] for one in talk.send("Page.getInstallabilityErrors")["installabilityErrors"]]
    assert found == ["in-incognito"], "this browser of the tests, and nothing of ours"
