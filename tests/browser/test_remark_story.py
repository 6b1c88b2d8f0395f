"""Somebody on a telephone without scripts says what is wrong with an answer; an operator answers; the code shows it."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from playwright.sync_api import expect

from api.config import Config
from api.web.storage import kept
from mobility.operators.tokens import Operators, Role
from tests.browser.conftest import NARROW, NOW, WIDE, Opened
from tests.browser.test_access import faults as barriers
from tests.browser.test_operators import of, signed_in
from tests.browser.validation import faults
from tests.town import moment

AT_A_STOP = "/remarks/new?about=stop&id=lorient_gare"


@pytest.fixture(scope="module")
def token(demo_data: Path, demo_config: Config) -> str:
    store = kept(demo_config, demo_data, {}).store
    given = Operators(store).add("Écoute", Role.LOAD, 30, int(moment(NOW)))
    store.close()
    return given


def test_a_remark_about_an_answer_is_answered_without_a_script(opened: Opened, token: str) -> None:
    page = opened("/", viewport=NARROW, java_script_enabled=False)
    page.fill("[name=from]", "Ploemeur")
    page.fill("[name=to]", "Port-Louis")
    page.locator("button.go").first.click()
    page.get_by_role("button", name="Signaler un problème").click()
    told = page.locator("form#remark b").inner_text()
    assert "Ploemeur" in told and "Port-Louis" in told
    page.get_by_label("Horaire faux").check(force=True)
    page.get_by_label("Dites-en plus").fill("Le bateau de 8:22 est parti à 8:20, 06 98 71 23 45")
    page.get_by_label("Joindre ce trajet").uncheck()
    page.get_by_role("button", name="Envoyer").last.click()
    expect(page.locator("main")).to_contain_text("Le bateau de 8:22 est parti à 8:20, […]")
    expect(page.locator("main")).to_contain_text("Rien du trajet n’est gardé.")
    code = page.locator(".code").inner_text()

    desk = signed_in(opened, token, viewport=NARROW, java_script_enabled=False)
    of(desk, "/remarks").get_by_role("link", name="Une réponse de ce service").first.click()
    desk.get_by_label("Répondre").fill("Le capitaine a été prévenu.")
    desk.get_by_role("button", name="Publier la réponse").click()
    expect(desk.locator(".done")).to_have_text("Réponse publiée : le code de suivi la montre.")

    page.goto(page.url.partition("/remarks")[0] + "/remarks")
    page.fill("#code", code)
    page.get_by_role("button", name="Voir la réponse").click()
    expect(page.locator("main")).to_contain_text("Le capitaine a été prévenu.")


def test_who_goes_back_from_the_form_is_at_the_answer_again(opened: Opened) -> None:
    page = opened("/", viewport=NARROW, java_script_enabled=False)
    page.fill("[name=from]", "Ploemeur")
    page.fill("[name=to]", "Port-Louis")
    page.locator("button.go").first.click()
    expect(page.locator("h1")).to_have_text("Ploemeur → Port-Louis")
    answer = page.inner_text("main")
    page.get_by_role("button", name="Signaler un problème").click()
    expect(page.locator("form#remark")).to_be_visible()
    page.go_back()
    expect(page.locator("h1")).to_have_text("Ploemeur → Port-Louis")
    assert page.inner_text("main") == answer


@pytest.mark.parametrize("viewport", [NARROW, WIDE], ids=["telephone", "desk"])
def test_no_barrier_is_found_and_nothing_is_wider_than_the_window(
    opened: Opened, token: str, viewport: dict[str, int]
) -> None:
    page = opened(AT_A_STOP, bypass_csp=True, viewport=viewport, reduced_motion="reduce")
    seen = [barriers(page)]
    page.get_by_label("Abîmé").check(force=True)
    page.fill("#text", "Un mot très long : " + "abri" * 40)
    page.get_by_role("button", name="Envoyer").last.click()
    seen.append(barriers(page))
    page.get_by_role("button", name="Voir la réponse").click()
    seen.append(barriers(page))
    desk = signed_in(opened, token, bypass_csp=True, viewport=viewport, reduced_motion="reduce")
    seen.append(barriers(of(desk, "/remarks")))
    desk.locator(".versions a").first.click()
    seen.append(barriers(desk))
    assert seen == [[]] * 5
    for one in (page, desk):
        assert one.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_every_page_of_a_remark_is_valid(validator: Path, address: str) -> None:
    with requests.Session() as session:
        session.headers["Accept"] = "text/html"
        trip = {"about": "trip", "trip": "A → B, 8:00"}
        good = {"kind": "other", "text": "x", "withTrip": "1", "step": "send"}
        asked = [trip, {**trip, "step": "send"}, {**trip, **good}]
        pages = [session.post(f"{address}/remarks/new", data=one, timeout=20).text for one in asked]
        pages += [session.get(address + path, timeout=20).text for path in ("/remarks", AT_A_STOP)]
        pages += [session.post(f"{address}/remarks", data={"code": "x"}, timeout=20).text]
    assert faults(validator, *pages) == []
