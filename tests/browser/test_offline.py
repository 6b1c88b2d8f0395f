"""At the quay without network: what the device keeps opens and says how old it is; it holds nobody's places unasked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect

from api.config import Config
from tests.browser.barriers import barriers
from tests.browser.conftest import CHROMIUM, NARROW, NOW, ask, launched, served, travels_as
from tests.browser.test_carpool_stories import DAY, click, publish, sign_in
from tests.browser.validation import faults
from tests.mail import Inbox
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
IS_COPIED = "async () => Boolean((await caches.match('/offline')) && (await navigator.serviceWorker.ready))"
IS_BOARD_COPIED = "async () => Boolean(await caches.match('/stops/lorient_port-tudy'))"
LONGEST_S = 20
FORGOTTEN = "async () => !(await caches.keys()).length && !localStorage.length && !sessionStorage.length"


def until(page: Page, script: str, told: bool = True) -> None:
    """wait_for_function takes a promise for an answer."""
    end = monotonic() + LONGEST_S
    while page.evaluate(script) is not told:
        assert monotonic() < end, script
        page.wait_for_timeout(50)


@pytest.fixture
def device(chromium: Browser) -> Iterator[BrowserContext]:
    """A telephone of its own, whose network can be cut."""
    context = chromium.new_context(viewport=NARROW, locale="fr-FR")
    yield context
    context.close()


def visited(device: BrowserContext, address: str, path: str = "/") -> Page:
    """A page that has been there once, with network."""
    page = device.new_page()
    page.goto(address + path)
    until(page, IS_COPIED)
    return page


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
    expect(page.locator("main")).to_contain_text("Gardé sur cet appareil")
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
        "Vous êtes sans connexion. Ces horaires ont été gardés il y a 3 h : mardi 24 novembre, 7:30."
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


@pytest.fixture
def short_lived(demo_data: Path, demo_config: Config) -> Iterator[tuple[str, Callable[[], None]]]:
    """A service of its own that can be ended: the browser believes to have network, and nothing answers."""
    with ExitStack() as until_the_end:
        address = until_the_end.enter_context(served(demo_data, demo_config, lambda: moment(NOW)))
        yield address, until_the_end.close


def test_a_question_that_nothing_answers_is_kept_and_sent_again(
    device: BrowserContext, short_lived: tuple[str, Callable[[], None]]
) -> None:
    address, end = short_lived
    page = visited(device, address)
    page.goto(address)
    end()
    page.fill("#from", START)
    page.fill("#to", '<b> "Groix"')
    page.locator("#to").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Le service n’a pas répondu.")
    assert page.evaluate("navigator.onLine")
    again = page.locator("form", has=page.get_by_role("button", name="Envoyer à nouveau"))
    assert again.get_attribute("action") == f"{address}/"
    assert again.locator("[name=from]").get_attribute("value") == START
    assert again.locator("[name=to]").get_attribute("value") == '<b> "Groix"'


def test_any_form_that_nothing_answers_is_kept_until_something_does(
    device: BrowserContext, short_lived: tuple[str, Callable[[], None]]
) -> None:
    address, end = short_lived
    page = visited(device, address)
    page.goto(f"{address}/carpool/sign-in")
    end()
    page.fill("#email", "anna@example.org")
    page.get_by_role("button", name="Recevoir un code").click()
    page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.get_by_role("alert").locator("[name=email]")).to_have_value("anna@example.org")
    page.goto(f"{address}/carpool/sign-in")
    expect(page.locator("h1")).to_have_text("Bateaux et derniers bus, sans connexion")
    expect(page.get_by_role("alert")).to_be_hidden()
    assert page.evaluate("sessionStorage.getItem('sent')") is None


@pytest.mark.parametrize("path", ["/lines", "/stops"])
def test_a_name_that_nothing_answers_is_kept_and_sent_again(
    device: BrowserContext, short_lived: tuple[str, Callable[[], None]], path: str
) -> None:
    address, end = short_lived
    page = visited(device, address)
    page.goto(address + path)
    end()
    page.fill("#name", "Port-Tudy")
    page.locator("#name").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Le service n’a pas répondu.")
    again = page.locator("form", has=page.get_by_role("button", name="Envoyer à nouveau"))
    assert again.get_attribute("action") == address + path
    assert again.locator("[name=name]").get_attribute("value") == "Port-Tudy"


def test_a_seat_asked_for_where_nothing_answers_is_not_lost(
    device: BrowserContext, chromium: Browser, short_lived: tuple[str, Callable[[], None]], address: str, inbox: Inbox
) -> None:
    short, end = short_lived
    driver = chromium.new_context(locale="fr-FR").new_page()
    driver.goto(f"{short}/carpool/sign-in")
    publish(sign_in(driver, inbox, "Riwal"))
    traveller = device.new_page()
    traveller.goto(f"{short}/carpool/sign-in")
    sign_in(traveller, inbox, "Tifenn")
    page = ask(visited(device, short), "Plouhinec Bourg", "Gare d'Échanges", f"{DAY}T07:50")
    page.get_by_role("button", name="Demander une place", exact=True).first.click()
    page.fill("#text", "J’ai un vélo pliant.")
    end()
    for button in ("Demander cette place", "Envoyer à nouveau"):
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("alert")).to_contain_text("Le service n’a pas répondu.")
        expect(page.get_by_role("alert").locator("[name=text]")).to_have_value("J’ai un vélo pliant.")
    driver.goto(f"{address}/carpool/mine")
    click(driver, "Retirer")
    driver.context.close()


def test_the_key_of_a_session_is_not_kept_and_one_touch_sends_the_form_all_the_same(
    device: BrowserContext, address: str, inbox: Inbox
) -> None:
    page = device.new_page()
    page.goto(f"{address}/carpool/sign-in")
    sign_in(page, inbox, "Gwenn")
    page = visited(device, address, "/carpool/publish")
    expect(page.locator("#offer [name=key]")).to_have_count(1)
    page.fill("#from", "Plouhinec Bourg")
    page.fill("#to", "Gare d'Échanges")
    page.fill("#date", DAY)
    device.set_offline(True)
    page.get_by_role("button", name="Voir l’aperçu").click()
    expect(page.get_by_role("alert").locator("[name=from]")).to_have_value("Plouhinec Bourg")
    expect(page.get_by_role("alert").locator("[name=key]")).to_have_count(0)
    device.set_offline(False)
    page.get_by_role("button", name="Envoyer à nouveau").click()
    expect(page.locator("h2").first).to_have_text("Aller : Plouhinec Bourg → Gare d'Échanges")


@pytest.mark.parametrize(
    ("path", "field", "typed", "kept"),
    [
        ("/operateurs", "token", "hent_secret", False),
        ("/carpool/sign-in", "code", "123456", False),
        ("/remarks", "code", "K7QF-2M9X", False),
        ("/carpool/sign-in", "email", "anna@example.org", True),
    ],
)
def test_what_opens_an_account_is_never_written_into_the_browser(
    chromium: Browser, address: str, path: str, field: str, typed: str, kept: bool
) -> None:
    """204: the browser stays where it is, and what waits for an answer can be looked at."""
    context = chromium.new_context(locale="fr-FR", service_workers="block")
    page = context.new_page()
    page.goto(address + path)
    page.route(address + "/**", lambda route: route.fulfill(status=204))
    with page.expect_request(lambda request: request.method == "POST"):
        page.locator(f"#{field}").fill(typed)
        page.locator(f"#{field}").press("Enter")
    assert (typed in (page.evaluate("sessionStorage.getItem('sent')") or "")) is kept
    context.close()


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
