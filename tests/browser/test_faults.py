"""A fault of a form: its field has the focus and its words, what was typed is there, with and without scripts."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from api.web.spaces import NO_BREAK
from tests.browser.conftest import NARROW, Opened, ask
from tests.browser.test_access import faults as barriers
from tests.browser.test_stories import SCRIPTS
from tests.mail import Inbox


def described(page: Page, field: str) -> str:
    """What who hears the page is told of the field."""
    ids = (page.locator(field).get_attribute("aria-describedby") or "").split()
    return " ".join(page.locator(f"#{one}").inner_text().replace(NO_BREAK, " ") for one in ids)


@SCRIPTS
def test_of_a_trip_the_first_unknown_place_has_the_focus(
    chromium: Browser, address: str, java_script_enabled: bool
) -> None:
    # Not `opened`: the browser notes the 400 that the question is answered with as a fault.
    settings = {"java_script_enabled": java_script_enabled, "locale": "fr-FR", "viewport": NARROW, "bypass_csp": True}
    with chromium.new_context(**settings) as context:
        page = context.new_page()
        page.goto(address)
        ask(page, "Gare d'Échanges", "Xyzzy Qwrtz")
        expect(page.locator("#to")).to_be_focused()
        expect(page.locator("#to")).to_have_value("Xyzzy Qwrtz")
        assert "Nous ne connaissons pas « Xyzzy Qwrtz »" in described(page, "#to")
        assert page.locator("#from").input_value().startswith("Gare d'Échanges")
        if java_script_enabled:
            assert barriers(page) == []


@SCRIPTS
def test_a_line_that_there_is_not_is_told_at_the_field(opened: Opened, java_script_enabled: bool) -> None:
    page = opened("/lines", java_script_enabled=java_script_enabled)
    page.locator("#name").fill("Xyzzy")
    page.get_by_role("button", name="Afficher").click()
    expect(page.locator("#name")).to_be_focused()
    expect(page.locator("#name")).to_have_value("Xyzzy")
    assert described(page, "#name") == "Aucune ligne ne s’appelle « Xyzzy » ni ne s’y arrête."


@SCRIPTS
def test_a_code_that_is_refused_is_told_at_its_field_and_another_is_sent_from_there(
    chromium: Browser, address: str, inbox: Inbox, java_script_enabled: bool
) -> None:
    """A code that another has replaced; then the good one, of somebody whose nickname is none."""
    name = f"Rozenn{java_script_enabled:d}"
    with chromium.new_context(java_script_enabled=java_script_enabled, locale="fr-FR") as context:
        page = context.new_page()
        page.goto(address + "/carpool/sign-in")
        page.fill("#email", f"{name}@example.org")
        known = len(inbox.letters)
        page.get_by_role("button", name="Recevoir un code").click()
        old = inbox.code(known)
        page.get_by_text("Recevoir un autre code").click()
        expect(page.locator("#email")).to_have_value(f"{name}@example.org")
        known = len(inbox.letters)
        page.get_by_role("button", name="Recevoir un code").click()
        new = inbox.code(known)
        page.fill("#code", old)
        page.get_by_role("button", name="Me connecter").click()
        is_at_fault(page, "#code", old, "Ce code n’est pas juste, a déjà servi ou a plus de 15 minutes.")

        page.get_by_text("Recevoir un autre code").click()
        expect(page.locator("#email")).to_have_value(f"{name}@example.org")
        page.fill("#code", new)
        page.get_by_role("button", name="Me connecter").click()
        page.fill("#alias", "Rоzenn")  # its second letter is Cyrillic
        page.check("[name=adult]")
        page.get_by_role("button", name="Créer mon compte").click()
        is_at_fault(page, "#alias", "Rоzenn", "d’un seul alphabet")
        expect(page.locator("#code")).to_have_value(new)
        expect(page.locator("[name=adult]")).to_be_checked()


@SCRIPTS
def test_a_code_without_an_address_is_refused_where_another_is_to_be_had(
    chromium: Browser, address: str, java_script_enabled: bool
) -> None:
    with chromium.new_context(java_script_enabled=java_script_enabled, locale="fr-FR") as context:
        page = context.new_page()
        page.goto(address + "/carpool/sign-in")
        page.fill("#code", "000000")
        page.get_by_role("button", name="Me connecter").click()
        is_at_fault(page, "#code", "000000", "Ce code n’est pas juste")
        expect(page.locator("#email")).to_be_visible()
        expect(page.get_by_text("Nous vous avons envoyé un code")).to_have_count(0)


def is_at_fault(page: Page, field: str, value: str, words: str) -> None:
    expect(page.locator(field)).to_be_focused()
    expect(page.locator(field)).to_have_value(value)
    expect(page.locator(field)).to_have_attribute("aria-invalid", "true")
    assert words in described(page, field)


@SCRIPTS
def test_a_code_that_shows_nothing_is_told_at_its_field(
    chromium: Browser, address: str, java_script_enabled: bool
) -> None:
    with chromium.new_context(java_script_enabled=java_script_enabled, locale="fr-FR") as context:
        page = context.new_page()
        page.goto(address + "/remarks")
        page.locator("#code").fill("XXXX-XXXX-XXXX-XXXX")
        page.get_by_role("button", name="Voir la réponse").click()
        expect(page.locator("#code")).to_be_focused()
        expect(page.locator("#code")).to_have_value("XXXX-XXXX-XXXX-XXXX")
        assert "Ce code ne mène à aucun signalement" in described(page, "#code")


@SCRIPTS
def test_an_answer_has_the_focus_at_its_head(opened: Opened, java_script_enabled: bool) -> None:
    page = ask(opened("/", java_script_enabled=java_script_enabled), "Gare d'Échanges", "Port-Louis")
    expect(page.locator("h1")).to_contain_text("→ Port-Louis")
    expect(page.locator(":focus")).to_contain_text("→ Port-Louis")
