"""What drivers and passengers do on the pages, narrow and wide, with and without scripts; codes come by real mail."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser import barriers as axe
from tests.browser.conftest import NARROW, WIDE, Opened, ask
from tests.browser.validation import faults
from tests.mail import Inbox

WAYS = pytest.mark.parametrize(
    "settings",
    [{"viewport": NARROW, "java_script_enabled": False}, {"viewport": WIDE, "bypass_csp": True}],
    ids=["narrow, no scripts", "wide"],
)
DAY = "2026-12-09"
"""One on which no other story looks for a trip."""


def click(page: Page, name: str) -> None:
    """A button or link that leads to the next page."""
    with page.expect_navigation():
        named = {"name": name, "exact": True}
        page.get_by_role("button", **named).or_(page.get_by_role("link", **named)).first.click()


def sign_in(page: Page, inbox: Inbox, name: str) -> Page:
    """A newcomer, from the sign-in page or from one that asks for it."""
    page.fill("#email", f"{name.lower()}@example.org")
    known = len(inbox.letters)
    click(page, "Recevoir un code")
    page.fill("#code", inbox.code(known))
    click(page, "Me connecter")
    page.fill("#alias", name)
    page.check("[name=adult]")
    click(page, "Créer mon compte")
    return page


def publish(page: Page, start: str = "Plouhinec Bourg", end: str = "Gare d'Échanges") -> None:
    click(page, "Proposer un trajet")
    page.fill("#from", start)
    page.fill("#to", end)
    page.fill("#date", DAY)
    page.fill("#price", "1,20")
    click(page, "Voir l’aperçu")
    expect(page.locator("h2").first).to_have_text(f"Aller : {start} → {end}")
    assert page.locator(".halts li").count() >= 2
    click(page, "Publier")


@WAYS
def test_a_driver_signs_in_publishes_an_offer_and_withdraws_it(
    opened: Opened, inbox: Inbox, settings: dict[str, object]
) -> None:
    name = "Anna" if "java_script_enabled" in settings else "Aela"
    page = sign_in(opened("/carpool/sign-in", **settings), inbox, name)
    expect(page.locator("h1")).to_have_text("Mes trajets")
    publish(page)
    expect(page.get_by_role("status")).to_contain_text("C’est publié.")
    expect(page.locator(".card h3")).to_have_text("Plouhinec Bourg → Gare d'Échanges")
    click(page, "Retirer")
    expect(page.locator(".tag")).to_have_text("retirée")
    click(page, "Annuler le retrait")
    expect(page.locator(".tag")).to_have_text("visible")
    click(page, "Retirer")
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")


@WAYS
def test_a_traveller_asks_for_a_seat_and_the_driver_accepts(
    opened: Opened, inbox: Inbox, settings: dict[str, object]
) -> None:
    names = ("Denis", "Nolwenn") if "java_script_enabled" in settings else ("Erwan", "Maïwenn")
    driver = sign_in(opened("/carpool/sign-in", **settings), inbox, names[0])
    publish(driver)
    traveller = ask(opened("/", **settings), "Plouhinec Bourg", "Gare d'Échanges", f"{DAY}T07:50")
    card = traveller.locator(".card", has=traveller.locator("[action^='/carpool/ask']")).first
    seat = card.get_by_role("button", name="Demander une place", exact=True)
    expect(seat).to_be_visible()
    with traveller.expect_navigation():
        seat.click()
    found = barriers(traveller) if "bypass_csp" in settings else []
    sign_in(traveller, inbox, names[1].replace("ï", "i"))
    found += barriers(traveller) if "bypass_csp" in settings else []
    traveller.fill("#text", "J’ai un sac à dos.")
    click(traveller, "Demander cette place")
    expect(traveller.locator(".state")).to_contain_text(f"{names[0]} n’a pas encore répondu.")

    driver.reload()
    expect(driver.locator(".asks .state")).to_contain_text("attend votre réponse.")
    click(driver, "Accepter")
    expect(driver.locator(".messages")).to_contain_text("J’ai un sac à dos.")
    driver.fill("#text", "À demain !")
    click(driver, "Envoyer")
    traveller.reload()
    expect(traveller.locator(".state")).to_have_text(f"{names[0]} vous attend.")
    expect(traveller.locator(".messages")).to_contain_text("À demain !")
    found += barriers(traveller) if "bypass_csp" in settings else []
    assert found == []
    click(traveller, "Annuler ce trajet")
    driver.goto(driver.url.split("/carpool")[0] + "/carpool/mine")
    click(driver, "Retirer")


def test_the_mailed_link_fills_in_the_code_and_hides_it(opened: Opened, inbox: Inbox) -> None:
    page = opened("/carpool/sign-in")
    page.fill("#email", "gwenn@example.org")
    click(page, "Recevoir un code")
    linked = opened(f"/carpool/sign-in#code={inbox.code()}")
    expect(linked.locator("#code")).to_have_value(inbox.code())
    assert "code=" not in linked.url


def test_an_account_is_erased_by_its_owner(opened: Opened, inbox: Inbox) -> None:
    page = sign_in(opened("/carpool/sign-in", java_script_enabled=False), inbox, "Yann")
    click(page, "Mon compte")
    page.check("[name=sure]")
    click(page, "Effacer mon compte")
    expect(page.get_by_role("status")).to_contain_text("Votre compte est effacé")
    assert page.context.cookies() == []


def test_a_form_half_filled_in_changes_its_language_and_loses_nothing(opened: Opened, inbox: Inbox) -> None:
    page = sign_in(opened("/carpool/sign-in", java_script_enabled=False), inbox, "Soazig")
    click(page, "Proposer un trajet")
    page.fill("#from", "Ploemeur Église")
    page.locator("[name=repeats][value=weekly]").set_checked(True, force=True)
    page.fill("#price", "0,80")
    click(page, "Brezhoneg")
    expect(page.locator("h1")).to_have_text("Kinnig ur veaj")
    expect(page.locator("#from")).to_have_value("Ploemeur Église")
    expect(page.locator("#price")).to_have_value("0,80")
    expect(page.locator("[name=repeats][value=weekly]")).to_be_checked()


def test_the_most_that_a_seat_may_cost_appears_while_one_types(opened: Opened, inbox: Inbox) -> None:
    page = sign_in(opened("/carpool/sign-in"), inbox, "Tangi")
    click(page, "Proposer un trajet")
    page.fill("#from", "Plouhinec Bourg")
    page.fill("#to", "Gare d'Échanges")
    page.locator("#price").focus()
    expect(page.locator("#price-note")).to_have_text(re.compile(r"Au plus \d,\d\d € par place"))


def test_a_newcomer_publishes_within_two_minutes(opened: Opened, inbox: Inbox) -> None:
    """Counted at a slow pace: a second for a letter, four for finding a field or a button. The code is typed, too."""
    page, letters, actions = opened("/carpool", java_script_enabled=False), 0, 0
    for step, typed in (
        ("Proposer un trajet", {"#email": "marie@example.org"}),
        ("Recevoir un code", {"#code": ""}),
        ("Me connecter", {"#alias": "Marie"}),
        ("Créer mon compte", {"#from": "Plouhinec", "#to": "Lorient gare"}),
        ("Voir l’aperçu", {}),
        ("Publier", {}),
    ):
        if step == "Créer mon compte":
            page.check("[name=adult]")
            actions += 1
        click(page, step)
        for field, text in typed.items():
            filled = text or inbox.code()
            page.fill(field, filled)
            letters += len(filled)
        actions += 1 + len(typed)
    expect(page.get_by_role("status")).to_contain_text("C’est publié.")
    assert letters + 4 * actions < 120
    click(page, "Retirer")


def test_no_barrier_is_found_nothing_is_too_wide_and_the_html_is_valid(
    opened: Opened, inbox: Inbox, validator: Path
) -> None:
    page, shown = opened("/carpool", bypass_csp=True), list[str]()

    def look() -> list[str]:
        shown.append(page.content())
        return barriers(page)

    found = look()
    click(page, "Se connecter")
    found += look()
    sign_in(page, inbox, "Mari-Annaig-Kerlann-de-Kergoet")
    publish(page)
    for link in ("Mes trajets", "Modifier", "Mon compte", "Proposer un trajet"):
        found += look()
        click(page, link)
    page.fill("#from", "Plouhinec Bourg")
    page.fill("#to", "Gare d'Échanges")
    found += look()
    click(page, "Voir l’aperçu")
    assert found + look() == []
    assert faults(validator, *shown) == []


def test_no_barrier_is_found_in_what_the_service_says_of_itself(opened: Opened) -> None:
    page = opened("/about", bypass_csp=True)
    found = barriers(page)
    for link in ("Accessibilité : non conforme", "Vos données"):
        click(page, link)
        found += barriers(page)
    assert found == []


def barriers(page: Page) -> list[str]:
    """In both themes, and what is wider than the window at any of three widths."""
    found = axe.barriers(page)
    for width in (360, 768, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{page.url} is too wide at {width}")
    return found
