"""Every page is valid HTML, and so are the sheets of paper: html-validate (npm) reads what is served."""

from __future__ import annotations

from pathlib import Path

import requests

from tests.browser.validation import faults
from tests.mail import Inbox

PAGES = (
    "/", "/lines", "/lines/lorient_T1", "/stops", "/stops/lorient_gare", "/disruptions", "/counters", "/ranking",
    "/data/", "/data-use",
    "/about", "/accessibility", "/api", "/carpool", "/carpool/sign-in",
)  # fmt: skip
TRIP = {"from": "Ploemeur", "to": "Groix", "when": "leave", "moment": "2026-11-24T08:00"}
ASKED = (
    TRIP | {"profile": "reduced_mobility", "link": "1"},
    TRIP | {"from": "Xyzzy"},
    TRIP | {"from": "Paris", "to": "Rue de Liège, Lorient"},
    TRIP | {"from": "47.9,-3.05"},
    TRIP | {"moment": "2031-01-01T08:00"},
)


def fetched(url: str, body: dict[str, str] | None = None) -> str:
    headers = {"Accept": "text/html"}
    return requests.request("POST" if body else "GET", url, data=body, headers=headers, timeout=20).text


def test_every_page_is_valid(validator: Path, address: str) -> None:
    pages = [fetched(address + path) for path in (*PAGES, "/stops/nowhere")]
    pages += [fetched(f"{address}/", asked) for asked in ASKED]
    assert faults(validator, *pages) == []


def test_a_kept_trip_its_tickets_compared_and_sheets_from_a_page_are_valid(validator: Path, address: str) -> None:
    asked = {"fromPlace": "lorient_gare", "toPlace": "lorient_port-tudy", "time": "2026-11-24T08:00:00+01:00"}
    kept = requests.get(f"{address}/api/v6/plan", params=asked, timeout=20).json()["itineraries"][0]["id"]
    trip = f"/trips/{kept}"
    paths = (trip, f"{trip}/compare", "/stops/lorient_gare/sheet", "/lines/lorient_B1/sheet", "/offline?lang=br")
    pages = [fetched(address + path) for path in paths]
    assert "GX" in pages[0] and all("<h1" in page for page in pages)
    assert faults(validator, *pages) == []


def test_every_page_of_somebody_signed_in_is_valid(validator: Path, address: str, inbox: Inbox) -> None:
    with requests.Session() as session:
        session.headers["Accept"] = "text/html"
        session.post(f"{address}/carpool/sign-in", data={"email": "padrig@example.org"}, timeout=20)
        newcomer = {"code": inbox.code(), "alias": "Padrig", "adult": "1"}
        pages = [session.post(f"{address}/carpool/session", data=newcomer, timeout=20).text]
        pages += [session.get(f"{address}/carpool/{name}", timeout=20).text for name in ("publish", "account")]
    assert all("Mon compte" in page for page in pages)
    assert faults(validator, *pages) == []


def test_every_sheet_of_paper_is_valid(validator: Path, sheets: Path) -> None:
    names = ("index", "boats", "counters", "line-lorient_B1", "stop-lorient_gare")
    assert faults(validator, *((sheets / f"{name}.html").read_text() for name in names)) == []


def test_the_validator_sees_faults(validator: Path) -> None:
    wrong = '<!doctype html><html lang="fr"><title>x</title><ul><li id="a"><li id="a"></ul>'
    assert any("Duplicate ID" in fault for fault in faults(validator, wrong))
