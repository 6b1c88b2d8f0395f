"""Every page is valid HTML, and so are the sheets of paper: html-validate (npm) reads what is served."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
import requests

from tests.mail import Inbox

pytestmark = pytest.mark.xdist_group("browser")
PACKAGE = "html-validate@10"
PAGES = (
    "/", "/lines", "/lines/lorient_T1", "/stops", "/stops/lorient_gare", "/counters", "/ranking", "/data/", "/data-use",
    "/about", "/accessibility", "/carpool", "/carpool/sign-in",
)  # fmt: skip
TRIP = {"from": "Ploemeur", "to": "Groix", "when": "leave", "moment": "2026-11-24T08:00"}
ASKED = (
    TRIP | {"profile": "reduced_mobility", "link": "1"},
    TRIP | {"from": "Xyzzy"},
    TRIP | {"from": "Paris", "to": "Rue de Liège, Lorient"},
    TRIP | {"from": "47.9,-3.05"},
    TRIP | {"moment": "2031-01-01T08:00"},
)
STYLE = (
    "no-trailing-whitespace", "doctype-style", "no-implicit-button-type", "no-implicit-input-type", "tel-non-breaking",
    "prefer-native-element",
)  # fmt: skip
"""Matters of taste, no faults of the page."""
RULES = {"root": True, "extends": ["html-validate:standard"], "rules": dict.fromkeys(STYLE, "off")}
NPM = ("npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix")


@pytest.fixture(scope="module")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed")
    folder = tmp_path_factory.mktemp("html")
    command = [*NPM, str(folder), PACKAGE]
    if subprocess.run(command, capture_output=True, timeout=120, check=False).returncode:
        pytest.skip("npm cannot install html-validate here")
    (folder / ".htmlvalidate.json").write_text(json.dumps(RULES))
    return folder


def faults(validator: Path) -> list[str]:
    command = ["npx", "html-validate", "--formatter", "text", *map(str, sorted(validator.glob("*.html")))]
    done = subprocess.run(command, cwd=validator, capture_output=True, text=True, timeout=60, check=False)
    assert not done.stderr, done.stderr
    return [line for line in done.stdout.splitlines() if ": error " in line]


def fetched(url: str, body: dict[str, str] | None = None) -> str:
    headers = {"Accept": "text/html"}
    return requests.request("POST" if body else "GET", url, data=body, headers=headers, timeout=20).text


def test_every_page_is_valid(validator: Path, address: str) -> None:
    pages = [fetched(address + path) for path in (*PAGES, "/stops/nowhere")]
    pages += [fetched(f"{address}/", asked) for asked in ASKED]
    for number, page in enumerate(pages):
        (validator / f"page-{number}.html").write_text(page, "utf-8")
    assert faults(validator) == []


def test_every_page_of_somebody_signed_in_is_valid(validator: Path, address: str, inbox: Inbox) -> None:
    with requests.Session() as session:
        session.headers["Accept"] = "text/html"
        session.post(f"{address}/carpool/sign-in", data={"email": "padrig@example.org"}, timeout=20)
        newcomer = {"code": inbox.code(), "alias": "Padrig", "adult": "1"}
        pages = [session.post(f"{address}/carpool/session", data=newcomer, timeout=20).text]
        pages += [session.get(f"{address}/carpool/{name}", timeout=20).text for name in ("publish", "account")]
    for number, page in enumerate(pages):
        assert "Mon compte" in page
        (validator / f"signed-in-{number}.html").write_text(page, "utf-8")
    assert faults(validator) == []


def test_every_sheet_of_paper_is_valid(validator: Path, sheets: Path) -> None:
    for name in ("index", "boats", "counters", "line-lorient_B1", "stop-lorient_gare"):
        shutil.copy(sheets / f"{name}.html", validator)
    assert faults(validator) == []


def test_the_validator_sees_faults(validator: Path) -> None:
    wrong = '<!doctype html><html lang="fr"><title>x</title><ul><li id="a"><li id="a"></ul>'
    (validator / "wrong.html").write_text(wrong)
    assert any("Duplicate ID" in fault for fault in faults(validator))
    (validator / "wrong.html").unlink()
