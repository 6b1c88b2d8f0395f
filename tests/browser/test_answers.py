"""What an answer says beside its cards: nothing found, links, easy French, the own position, sheets from a disk."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, WIDE, Opened, ask

WAYS = pytest.mark.parametrize(
    "settings",
    [{"viewport": NARROW, "java_script_enabled": False}, {"viewport": WIDE}],
    ids=["narrow, no scripts", "wide"],
)
FAR_OFF = "47.9,-3.05"


@WAYS
def test_without_a_stop_near_the_nearest_one_is_a_way_out(opened: Opened, settings: dict[str, object]) -> None:
    page = ask(opened("/", **settings), FAR_OFF, "Port-Louis")
    expect(page.locator(".nothing h2")).to_have_text("Aucun trajet trouvé")
    expect(page.locator(".nothing")).to_contain_text("L’arrêt le plus proche du départ")
    expect(page.locator(".nothing")).to_contain_text("Appelez ")
    with page.expect_navigation():
        page.get_by_role("button", name="Partir de là").first.click()
    expect(page.locator(".card").first).to_be_visible()


def test_where_no_stop_is_near_no_other_day_is_offered(opened: Opened) -> None:
    page = ask(opened("/"), FAR_OFF, "Port-Louis")
    expect(page.locator(".nothing")).to_contain_text("à vélo, en voiture ou en covoiturage")
    expect(page.get_by_role("button", name="Chercher le lendemain")).to_have_count(0)


def test_when_the_last_boat_is_gone_the_answer_says_so(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Groix", "2026-11-24T23:30")
    expect(page.locator(".gone")).to_contain_text(
        "À cette heure-là, il n’y a plus de bateau pour ce trajet : le dernier part à 18:30 (ligne GX)"
    )
    expect(page.locator(".card .day").first).to_have_text("demain")


def test_the_boats_after_the_one_taken_are_told(opened: Opened) -> None:
    page = ask(opened("/"), "Gare d'Échanges", "Port-Louis")
    ends = "Embarcadère Quai des Indes → Port-Louis La Pointe (quai)"
    told = f"Bateaux suivants, {ends} : 9:00, 9:30, 10:00 ; dernier : 22:45."
    expect(page.locator(".boats").first).to_contain_text(told)


@WAYS
def test_what_is_around_the_arrival_is_opened_by_who_wants_it(opened: Opened, settings: dict[str, object]) -> None:
    page = ask(opened("/", **settings), "Port-Louis", "Hennebont")
    around, told = page.locator("details.around"), ("Dans le centre", "Une personne pour vous")
    expect(around).to_have_count(1)
    for words in told:
        expect(page.get_by_text(words).first).to_be_hidden()
    around.locator("summary").click()
    for words in told:
        expect(around.get_by_text(words).first).to_be_visible()


@WAYS
def test_places_stand_in_a_link_only_for_who_asks_for_it(opened: Opened, settings: dict[str, object]) -> None:
    page = ask(opened("/", **settings), "Ploemeur", "Port-Louis")
    assert not urlsplit(page.url).query
    assert "Ploemeur" not in " ".join(page.locator("a").evaluate_all("links => links.map((link) => link.href)"))
    with page.expect_navigation():
        page.get_by_role("button", name="Faire un lien avec mes lieux").click()
    link = urlsplit(page.get_by_label("Lien avec vos lieux").input_value())
    again = opened(f"{link.path}?{link.query}", **settings)
    expect(again.locator("h1")).to_have_text("Ploemeur → Port-Louis")
    expect(again.locator(".card").first).to_be_visible()


@WAYS
def test_the_main_path_is_told_in_easy_french(opened: Opened, settings: dict[str, object]) -> None:
    page = opened("/", **settings)
    page.get_by_role("link", name="Facile à lire").first.click()
    expect(page.locator("h1")).to_have_text("Je cherche mon chemin")
    expect(page.locator("html")).to_have_attribute("lang", "fr-x-falc")
    ask(page, "Gare d'Échanges", "Port-Louis")
    expect(page.locator(".found h2").first).to_have_text(re.compile("Vous avez \\d choix"))
    expect(page.locator(".sentence").first).to_contain_text("Vous partez à 8:22. Vous arrivez à 8:50.")


def test_the_own_position_is_read_only_on_a_click(opened: Opened) -> None:
    page = opened("/", geolocation={"latitude": 47.7553, "longitude": -3.3637}, permissions=["geolocation"])
    assert page.locator("[name=fromId]").input_value() == ""
    page.get_by_role("button", name="Ma position").click()
    expect(page.locator("#from")).to_have_value("Ma position")
    expect(page.locator("[name=fromId]")).to_have_value("47.75530,-3.36370")


def test_an_answer_prints_without_its_form(opened: Opened) -> None:
    page = ask(opened("/"), "Ploemeur", "Port-Louis")
    page.emulate_media(media="print")
    for hidden in ("nav", ".ask", ".order", ".pages"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".sentence").first).to_be_visible()


def test_sheets_of_paper_open_from_a_disk(chromium: Browser, sheets: Path) -> None:
    page = chromium.new_page(viewport={"width": 794, "height": 1123})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((sheets / "index.html").as_uri())
    page.get_by_role("link", name="Premiers et derniers bateaux").click()
    expect(page.locator("h1")).to_have_text("Premiers et derniers bateaux")
    page.get_by_role("link", name="Toutes les fiches").click()
    page.get_by_role("link", name="Ploemeur Église").click()
    page.emulate_media(media="print")
    expect(page.locator("table").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 794
    assert {urlsplit(url).scheme for url in asked} == {"file"}
    page.close()


CUT = """[...document.querySelectorAll(".stops-grid th[scope=row]")]
  .filter((one) => one.scrollWidth > one.clientWidth || getComputedStyle(one).textOverflow === "ellipsis")
  .map((one) => one.textContent)"""
COVERED = """(() => {
  const drawn = document.querySelector(".map > svg").getBoundingClientRect();
  return [...document.querySelectorAll(".map .zoom button")].map((one) => one.getBoundingClientRect())
    .filter((one) => one.top < drawn.bottom && one.bottom > drawn.top).length;
})()"""


def test_on_a_phone_names_of_stops_are_whole_and_no_button_lies_on_the_map(opened: Opened) -> None:
    page = opened("/lines/lorient_T4", viewport=NARROW)
    page.locator(".whole > summary").first.click()
    expect(page.locator(".stops-grid th", has_text="Avenue du Pont du Bonhomme").first).to_be_visible()
    expect(page.locator(".map .zoom button").first).to_be_visible()
    assert (page.evaluate(CUT), page.evaluate(COVERED)) == ([], 0)
