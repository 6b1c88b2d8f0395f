"""Coming back: the way back from an answer, with scripts and without."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import NARROW, Opened, ask

SCRIPTS = pytest.mark.parametrize("java_script_enabled", [True, False], ids=["scripts", "no scripts"])
START, END = "Gare d'Échanges", "Port-Louis"


@SCRIPTS
def test_one_touch_leads_back_and_back_leads_there_again(opened: Opened, java_script_enabled: bool) -> None:
    page = ask(opened("/", java_script_enabled=java_script_enabled), START, END)
    there = page.locator(".found .times").all_inner_texts()
    page.get_by_role("button", name="Retour", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{END} → {START}")
    asked_from, asked_to = (page.locator(f"[name={name}]").input_value() for name in ("from", "to"))
    assert (asked_from, asked_to) == (END, START)
    assert page.locator(".found .times").first.inner_text() > there[0], "not before one is there"
    page.go_back()
    expect(page.locator("h1")).to_have_text(f"{START} → {END}")
    expect(page.locator(".found .times")).to_have_text(there)


def test_the_way_back_stands_in_no_address_that_is_sent(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.url))
    page.get_by_role("button", name="Retour", exact=True).click()
    expect(page.locator("h1")).to_have_text(f"{END} → {START}")
    page.reload()
    expect(page.locator("h1")).to_have_text(f"{END} → {START}")
    assert sent
    assert not [url for url in sent if "Port-Louis" in url.split("#")[0]]


def test_a_thumb_finds_the_way_back(opened: Opened) -> None:
    page = ask(opened("/", viewport=NARROW), START, END)
    box = page.get_by_role("button", name="Retour", exact=True).bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44
