"""Eight people on a Tuesday morning at half past seven: what each does, and what they must learn from the page.

Times and prices are those of demo/lorient (lines.toml, fares.csv). Each story is told on a telephone and at a desk,
with scripts and without.
"""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from api.web.spaces import NO_BREAK
from tests.browser.conftest import WIDE, Opened, ask, travels_as, unfold
from tests.browser.test_carpool_stories import click, sign_in
from tests.browser.test_compact import PHONE
from tests.mail import Inbox

DEVICES = pytest.mark.parametrize(
    "device",
    [
        pytest.param(
            {"viewport": viewport, "java_script_enabled": scripts}, id=f"{name}, {'' if scripts else 'no '}scripts"
        )
        for name, viewport in (("telephone", PHONE), ("desk", WIDE))
        for scripts in (True, False)
    ],
)
FRENCH_WORDS = {"Bateau", "bateau", "Départ", "Arrivée", "Rentrer", "pied", "changement", "Prix", "Partager", "Retour"}


def first(page: Page) -> Locator:
    return page.locator("[data-list] > .option").first


def glance(page: Page) -> str:
    """All that the first entry says before it is opened, on one line."""
    return re.sub(r"\s+", " ", first(page).locator(".entry > summary").inner_text())


@DEVICES
def test_a_commuter_sees_when_to_leave_what_it_costs_and_the_next_one(opened: Opened, device: dict[str, Any]) -> None:
    """T1 from Ploemeur Église at 8:03 and every ten minutes, 16 minutes to Université, one ticket."""
    page = ask(opened("/", **device), "Ploemeur Église", "Université")
    for told in ("8:03 → 8:19", "16 min", "1,80 €"):
        assert told in glance(page), told
    unfold(page)
    expect(first(page).locator(".runs > summary")).to_contain_text("T1 toutes les 10 min : 8:03, 8:13")
    expect(first(page)).to_contain_text("Si vous le manquez : T1 à 8:13, arrivée à 8:29")
    expect(first(page)).to_contain_text("T1 : 1,80 € : Ticket à l'unité")
    with page.expect_navigation():
        page.get_by_role("button", name="Retour", exact=True).click()
    expect(page.locator("h1")).to_have_text("Université → Ploemeur Église")


@DEVICES
def test_a_parent_with_a_pushchair_learns_of_the_steps_and_the_price_for_all(
    opened: Opened, device: dict[str, Any]
) -> None:
    """Two adults, two children, by N (1,80 and 0,90), boat (18,50 and 11,00) and bus on Groix (2,50 each): 74,40 €."""
    page = opened("/", **device)
    travels_as(page, "family")
    ask(page, "Gare d'Échanges", "Groix")
    assert "74,40 € pour 4" in glance(page)
    unfold(page)
    expect(first(page)).to_contain_text("Il y a des marches pour monter dans ce véhicule : bus G2.")
    expect(first(page)).to_contain_text(
        "Bateaux suivants, Gare Maritime (quai de Groix) → Groix Port-Tudy (quai) : 13:05"
    )
    expect(first(page)).not_to_contain_text("fauteuil roulant")


@DEVICES
def test_somebody_in_a_wheelchair_gets_lines_without_steps_and_what_nobody_knows(
    opened: Opened, device: dict[str, Any]
) -> None:
    """T1, T2 and the boat B1 are without steps in lines.toml; of the ways on foot nothing is known."""
    page = opened("/", **device)
    travels_as(page, "reduced_mobility")
    ask(page, "Ploemeur", "Port-Louis")
    badges = first(page).locator(".strip").first.locator("text").all_text_contents()
    assert [name for name in badges if name.strip()] == ["T1", "T2", "B1"]
    unfold(page)
    expect(first(page)).to_contain_text(
        re.compile("Nous ne savons pas s’il y a des marches sur le chemin vers Ploemeur Église( et |, )")
    )
    expect(first(page)).not_to_contain_text("monter dans ce véhicule")
    told = first(page).locator(".last-km").inner_text().replace(NO_BREAK, " ")
    assert told.count("Au rythme d’un fauteuil roulant : 11 min, 610 m") == 1
    assert "À pied :" not in told


@DEVICES
def test_somebody_of_75_reads_it_in_a_sentence_goes_back_and_has_a_number_to_call(
    opened: Opened, device: dict[str, Any]
) -> None:
    page = opened("/?lang=fr-x-falc", **device)
    travels_as(page, "senior")
    ask(page, "Lanester Hôtel de Ville", "Hôpital du Scorff")
    expect(first(page).locator(".sentence")).to_have_text(
        re.compile("Vous partez à 8:00. Vous arrivez à 8:13.*le bus T4 à 8:00. Descendez à Gare d'Échanges.")
    )
    unfold(page)
    first(page).locator(".opened .share a").first.click()
    expect(page.locator("main")).to_contain_text("1,80 €")
    page.go_back()
    expect(first(page).locator(".times")).to_have_text("8:00 → 8:13")
    page.goto("/".join(page.url.split("/")[:3]) + "/counters?lang=fr-x-falc")
    expect(page.locator("main [href^='tel:']").first).to_be_visible()


@DEVICES
def test_a_tourist_to_groix_knows_the_boat_back_and_the_price_for_four(opened: Opened, device: dict[str, Any]) -> None:
    """Four times a bus for 1,80 € and a boat for 18,50 €, both ways. The last boat leaves Port-Tudy at 17:30."""
    page = ask(opened("/?lang=en", **device), "Gare d'Échanges", "Groix Port-Tudy")
    assert "€20.30" in glance(page)
    page.get_by_role("button", name=re.compile("There and back|Return trip|Round trip")).click()
    page.fill("#adults", "4")
    with page.expect_navigation():
        page.locator("#search button.go").click()
    expect(page.locator(".total")).to_contain_text("€162.40")
    expect(page.locator(".last-back")).to_contain_text("17:30")
    expect(page.locator(".found .phone[href='tel:0261910001']")).to_be_visible()
    assert page.locator("html").get_attribute("lang") == "en"


@DEVICES
def test_a_speaker_of_breton_writes_and_reads_breton(opened: Opened, device: dict[str, Any]) -> None:
    page = ask(opened("/?lang=br", **device), "An Oriant", "Porzh-Loeiz")
    assert page.locator("html").get_attribute("lang") == "br"
    assert [page.locator(f"[name={end}Id]").input_value() for end in ("from", "to")] == [
        "47.748600,-3.366000",
        "47.707300,-3.354500",
    ], "Lorient and Port-Louis"
    for told in ("8:19 → 8:50", "31 min", "An dibab gwellañ", "bep 30 min"):
        assert told in glance(page), told
    unfold(page)
    said = first(page).locator(".opened > :not(section)").all_inner_texts()
    assert {word for text in said for word in re.findall(r"\w+", text)} & FRENCH_WORDS == set()
    expect(first(page)).to_contain_text("Bag, war-du Port-Louis La Pointe, 12 min")


@DEVICES
def test_a_driver_leaves_out_a_halt_and_is_found_as_somebody_to_ask(
    opened: Opened, inbox: Inbox, device: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    name, day = "Riwal" + re.sub(r"\W", "", request.node.callspec.id), "2026-12-16"
    driver = sign_in(opened("/carpool/sign-in", **device), inbox, name)
    click(driver, "Proposer un trajet")
    for field, text in (("#from", "Plouhinec Bourg"), ("#to", "Gare d'Échanges"), ("#date", day), ("#price", "1,20")):
        driver.fill(field, text)
    click(driver, "Voir l’aperçu")
    halts = driver.locator(".halts label")
    left_out = halts.first.inner_text().split(None, 1)[-1].strip()
    halts.first.locator("input").uncheck()
    click(driver, "Publier")
    expect(driver.locator(".card .halts")).not_to_contain_text(left_out)

    traveller = ask(opened("/", **device), "Plouhinec Bourg", "Gare d'Échanges", f"{day}T07:50")
    entry = traveller.locator(".with-driver").first
    expect(entry.get_by_role("button", name="Demander une place", exact=True)).to_be_visible()
    expect(entry).not_to_contain_text("Le meilleur choix")
    assert entry.evaluate("(one) => getComputedStyle(one).borderTopStyle") == "dashed"
    click(driver, "Retirer")


@DEVICES
def test_an_agent_at_the_counter_hands_out_the_trip_and_the_timetable_on_paper(
    opened: Opened, device: dict[str, Any]
) -> None:
    page = ask(opened("/", **device), "Gare d'Échanges", "Lanester Hôtel de Ville")
    unfold(page)
    first(page).locator(".opened .share a").first.click()
    page.emulate_media(media="print")
    sheet = page.locator("main").inner_text()
    for told in ("T4", "1,80", "Ticket à l'unité", "ticket à charger avant de monter", "Boutique mobilité"):
        assert told in sheet, told
    expect(page.locator("nav")).to_be_hidden()
    page.emulate_media(media="screen")
    page.goto("/".join(page.url.split("/")[:3]) + "/lines/lorient_GX")
    page.get_by_role("link", name=re.compile("[Ff]iche|[Ii]mprimer|papier")).first.click()
    expect(page.locator("body")).to_contain_text("17:30")
    expect(page.locator("body")).to_contain_text("02 61 91")
