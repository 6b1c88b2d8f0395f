"""The demo's shuttle N runs at a headway, every eight minutes: nowhere is a minute of it promised."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from tests.browser.conftest import Opened
from tests.browser.test_kept_here import at_home, keep

GARE, MARITIME, QUAY = "Gare d'Échanges", "Gare Maritime", "lorient_cours-de-chazelles"
EVERY = r"toutes les 8\smin environ"
ABOUT = re.compile(rf"^vers \d+:\d\d · N Gare Maritime · {EVERY}$")


def test_my_next_departures_say_about_when_and_how_often(opened: Opened) -> None:
    page = keep(opened("/"), GARE, MARITIME)
    page.get_by_role("button", name="Garder ce trajet").click()
    page.goto(page.url.split("#")[0] + f"stops/{QUAY}")
    page.get_by_role("button", name="Garder cet arrêt").click()
    at_home(page).get_by_role("button", name="Mes prochains départs").click()
    parts = page.locator("[data-soon] section")
    expect(parts.nth(1).locator("li").filter(has_text="N Gare Maritime").first).to_have_text(ABOUT)
    shuttle = parts.nth(0).locator("li").filter(has_text=re.compile(f"N {EVERY}")).first
    expect(shuttle).to_have_text(re.compile(r"vers \d+:\d\d"))
