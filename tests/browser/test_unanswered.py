"""A form that nothing answers: what was typed is kept, is sent again with one touch, and holds no secret."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from api.config import Config
from tests.browser.conftest import NOW, ask, served
from tests.browser.copied import visited
from tests.browser.test_carpool_stories import DAY, click, publish, sign_in
from tests.mail import Inbox
from tests.town import moment

START = "Kerroc'h"


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
