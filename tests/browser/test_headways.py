"""The demo's shuttle N runs at a headway, every eight minutes: nowhere is a minute of it promised."""

from __future__ import annotations

import json
import re

from playwright.sync_api import Browser, expect

from tests.api.conftest import app_of
from tests.api.serving import serving_app
from tests.browser.conftest import Opened, windows
from tests.browser.test_kept_here import at_home, keep
from tests.town import town

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


def test_of_a_kept_trip_over_midnight_the_arrival_on_the_next_day_is_about_then_too(chromium: Browser) -> None:
    table = "trip_id,start_time,end_time,headway_secs,exact_times\nBus1-1,23:50:00,24:10:00,480,0"
    night = town("A 0 0, B 9 0", "Bus1\nA B\n23:50 24:12", more={"frequencies": table})
    trip = {"from": "A", "to": "B", "fromId": "t_A", "toId": "t_B", "profile": "adult"}
    with serving_app(app_of(night, "2026-06-03 23:40")) as address, windows(chromium, address) as opened:
        page = opened("/?lang=fr")
        page.evaluate("held => localStorage.setItem('hent.kept', held)", json.dumps({"trips": [trip]}))
        page.reload()
        page.get_by_role("button", name="Mes prochains départs").click()
        first = page.locator("[data-soon] section li").first
        expect(first).to_have_text(re.compile(r"^vers 23:50 → demain vers 0:12 · Bus1 toutes les 8\smin environ$"))
