"""Who travels, how many and with a bicycle: on the closed button, remembered, and at one price wherever it is told."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from api.web.spaces import NO_BREAK
from tests.browser.conftest import Opened, ask, travels_as, unfold
from tests.browser.copied import visited
from tests.browser.test_compact import PHONE, SCRIPTS, SMALL
from tests.browser.test_paper_and_time import sheets_of

START, END = "Gare d'Échanges", "Groix"
BUTTON = "details.who > summary"
CUT = f"""() => {{
  const button = document.querySelector("{BUTTON}"), box = button.getBoundingClientRect();
  const range = document.createRange();
  range.selectNodeContents(button.firstElementChild);
  return [...range.getClientRects()].some((one) => one.right > box.right + 1 || one.bottom > box.bottom + 1);
}}"""
"""Whether words of the button stand out of it."""
BREAKS = re.compile(f"[{NO_BREAK}\\s]+")


def told(page: Page) -> str:
    return BREAKS.sub(" ", page.locator(BUTTON).inner_text()).strip()


def named(page: Page) -> str:
    """The button as who hears the page hears it, and as it is seen, with its commas."""
    tree = page.locator("details.who").aria_snapshot()
    return BREAKS.sub(" ", tree.splitlines()[0])


def counted(page: Page, adults: str = "", children: str = "") -> Page:
    page.locator(BUTTON).click()
    page.fill("#adults", adults)
    page.fill("#children", children)
    page.locator(BUTTON).click()
    return page


def test_the_closed_button_follows_what_is_typed(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    for adults, children, words in (
        ("2", "1", "2 adultes, 1 enfant"),
        ("", "2", "1 adulte, 2 enfants"),
        ("1", "0", "Adulte"),
        ("0", "", "Adulte"),
        ("", "", "Adulte"),
    ):
        assert told(counted(page, adults, children)) == words
    travels_as(page, "senior")
    page.locator(BUTTON).click()
    assert told(counted(page, "2")) == "Personne âgée2 adultes"  # the comma is of the style
    page.locator(BUTTON).click()
    page.check("#bike")
    page.locator(BUTTON).click()
    assert "Personne âgée, 2 adultes, vélo" in named(page)


@SCRIPTS
def test_the_button_of_an_answer_says_who_was_asked_for(opened: Opened, java_script_enabled: bool) -> None:
    page = opened("/", viewport=PHONE, java_script_enabled=java_script_enabled)
    counted(page, "2", "1").locator(BUTTON).click()
    page.check("#bike")
    page.locator(BUTTON).click()
    assert ", vélo" in named(page), "at once, without scripts too"
    ask(page, START, END)
    page.locator(".again > summary").click()
    assert "2 adultes, 1 enfant, vélo" in named(page)
    assert page.locator("#bike").is_checked()
    expect(page.locator(".again > summary > .when")).to_contain_text("· vélo")


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_all_of_it_is_seen_on_the_smallest_screen_and_in_large_letters(opened: Opened, language: str) -> None:
    page = opened(f"/?lang={language}", viewport=SMALL)
    travels_as(page, "reduced_mobility")
    page.check("#bike")
    page.locator(BUTTON).click()
    counted(page, "9", "9")
    for width, letters in ((320, "17px"), (360, "17px"), (360, "34px")):
        page.set_viewport_size({"width": width, "height": 780})
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, letters
        assert page.evaluate(CUT) is False, (width, letters)


def test_a_bicycle_is_remembered_on_this_device_until_it_is_forgotten(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    page.locator(BUTTON).click()
    page.check("#bike")
    page.reload()
    assert page.locator("#bike").is_checked()
    assert page.evaluate("JSON.stringify(localStorage)") == '{"bike":"1"}'
    page.locator(BUTTON).click()
    page.get_by_role("button", name="L’oublier").click()
    assert not page.locator("#bike").is_checked()
    assert page.evaluate("localStorage.length") == 0
    page.reload()
    assert not page.locator("#bike").is_checked()


def test_back_finds_the_form_as_it_was_left(opened: Opened) -> None:
    page = counted(opened("/", viewport=PHONE), "2", "1")
    page.locator(BUTTON).click()
    page.check("#bike")
    page.goto("/".join(page.url.split("/")[:3]) + "/lines")
    page.go_back()
    assert page.locator("#bike").is_checked()
    assert "2 adultes, 1 enfant, vélo" in named(page)


def test_the_numbers_go_along_there_and_back_and_there_alone_again(opened: Opened) -> None:
    """A bus for 1,80 € or 0,90 €, a boat for 18,50 € or 11,00 €: 52,50 € for two adults and a child, twice."""
    page = ask(counted(opened("/", viewport=PHONE), "2", "1"), START, "Groix Port-Tudy")
    page.get_by_role("button", name="Aller-retour").click()
    expect(page.locator(".total")).to_have_text("Aller-retour pour 2 adultes et 1 enfant : 105,00 €.")
    page.fill("#adults", "3")
    page.check("#bike")
    page.get_by_role("button", name="Voir l’aller seul").click()
    expect(page.locator("h1")).to_have_text(f"{START} → Groix Port-Tudy")
    page.locator(".again > summary").click()
    assert [page.locator(f"#{one}").input_value() for one in ("adults", "children")] == ["3", "1"]
    assert "3 adultes, 1 enfant, vélo" in named(page)


PRICE = "Pour 2 adultes et 1 enfant : 52,50 €."


def plain(text: str) -> str:
    return BREAKS.sub(" ", text)


def test_the_price_of_a_party_is_the_same_on_the_page_of_the_trip_and_on_its_paper(opened: Opened) -> None:
    page = ask(counted(opened("/"), "2", "1"), START, "Groix Port-Tudy")
    unfold(page)
    assert PRICE in plain(page.locator("[data-list] > .option").first.inner_text())
    with page.expect_navigation():
        page.locator(".card .share a").first.click()
    assert PRICE in plain(page.locator("main").inner_text())
    sheet = plain("\n".join(sheets_of(page)))
    assert PRICE in sheet
    assert "Qui voyage : 2 adultes, 1 enfant" in sheet
    page.get_by_role("link", name="Actualiser").click()
    assert PRICE in plain(page.locator("main").inner_text())


def test_the_copy_on_the_device_has_the_price_of_the_party_and_leads_to_it(
    device: BrowserContext, address: str
) -> None:
    page = ask(counted(visited(device, address), "2", "1"), START, "Groix Port-Tudy")
    unfold(page)
    page.get_by_text("Garder sur cet appareil").click()
    page.get_by_role("button", name="Garder cette réponse").click()
    expect(page.locator(".keep-it [role=status]")).to_contain_text("C’est gardé")
    device.set_offline(True)
    page.goto(f"{address}/offline")
    page.locator("[data-mine] a").first.click()
    assert PRICE in plain(page.locator("main").inner_text())
    links = page.locator("main [href^='/trips/']").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert links and all("adults=2&children=1" in one for one in links)
