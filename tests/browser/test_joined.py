"""Earlier and later departures join the list of an answer, are counted and told, and stay through a reload, another
order, another language and a link."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Opened, ask, unfold
from tests.browser.test_back import END, PROXY, START, to_another_language, to_another_order
from tests.browser.test_compact import PHONE


def test_later_departures_join_the_list(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), "Gare d'Échanges", END)
    before = page.locator("[data-list] > .option .times").all_inner_texts()
    page.get_by_role("button", name="Plus tard").click()
    expect(page.locator(f"[data-list] > .option:nth-child({len(before) + 1})")).to_be_visible()
    after = page.locator("[data-list] > .option .times").all_inner_texts()
    assert after[: len(before)] == before
    assert not {*after[len(before) :]} & {*before}
    starts = page.locator("[data-start]").evaluate_all("all => all.map((one) => one.dataset.start)")
    page.get_by_role("button", name="Plus tard").click()
    expect(page.locator(f"[data-list] > .option:nth-child({len(after) + 1})")).to_be_visible()
    assert len(page.locator("[data-start]").all()) > len(starts)
    page.locator(".top .brand").click()
    page.go_back()
    expect(page.locator("[data-list] > .option .times").nth(len(after))).to_be_visible()


TOLD = {"fr": "Choisissez : {n} façons d’y aller", "fr-x-falc": "Vous avez {n} choix"}


@pytest.mark.parametrize("language", TOLD)
def test_the_heading_counts_what_joined_the_list_and_it_is_said_once(opened: Opened, language: str) -> None:
    page = ask(opened(f"/?lang={language}"), "Gare d'Échanges", END)
    heading, said = page.locator(".found > .count"), page.locator("[data-joined][role=status]")
    expect(said).to_have_text("")
    before = page.locator("[data-list] > .option").count()
    for name in ("Plus tard", "Plus tôt"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("[data-list] > .option")).not_to_have_count(before)
        before = page.locator("[data-list] > .option").count()
        told = " ".join(heading.inner_text().split())
        assert told == TOLD[language].format(n=before)
        expect(said).to_have_text(told)
    page.locator(".top .brand").click()
    expect(heading).to_have_count(0)
    page.go_back()
    expect(heading).to_have_text(told)
    expect(said).to_have_text("")


def times_in_the_list(page: Page) -> list[str]:
    return page.locator("[data-list] > .option .times").all_inner_texts()


def with_more(page: Page, *buttons: str) -> Page:
    for name in buttons:
        before = page.locator("[data-list] > .option").count()
        page.get_by_role("button", name=name).click()
        expect(page.locator("[data-list] > .option")).not_to_have_count(before)
    return page


def test_a_reload_brings_again_what_joined_the_list_and_no_address_has_it(opened: Opened) -> None:
    page = ask(opened("/"), START, END)
    address = page.url
    seen = times_in_the_list(with_more(page, "Plus tard", "Plus tard", "Plus tôt"))
    unfold(page, len(seen) - 1)
    page.reload()
    expect(page.locator("[data-list] > .option .times")).to_have_text(seen)
    expect(page.locator(".found > .count")).to_contain_text(f"{len(seen)}")
    expect(page.locator("[data-list] > .option").last.locator(".legs")).to_be_visible()
    assert page.url == address
    sent: list[str] = []
    page.on("request", lambda one: sent.append(one.method) if one.method == "POST" else None)
    page.reload()
    expect(page.locator("[data-list] > .option .times")).to_have_text(seen)
    assert len(sent) == 4


def test_a_reload_after_a_jump_within_the_page_brings_again_what_joined_the_list(opened: Opened) -> None:
    page = with_more(ask(opened("/"), START, END), "Plus tard", "Plus tôt")
    seen = times_in_the_list(page)
    page.locator(".skip").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("#content$"))
    page.reload()
    expect(page.locator("[data-list] > .option .times")).to_have_text(seen)
    with_more(page, "Plus tard")


def test_what_joined_the_list_stays_where_the_next_page_does_not_come(chromium: Browser, address: str) -> None:
    context = chromium.new_context(locale="fr-FR")
    page = context.new_page()
    page.goto(address)
    seen = times_in_the_list(with_more(ask(page, START, END), "Plus tard"))
    with_more(page, "Plus tard")
    replies = iter((True, True, False))

    def no_third_page(route: Route) -> None:
        is_asked = route.request.method == "POST" and urlsplit(route.request.url).path == "/"
        route.continue_() if not is_asked or next(replies) else route.fulfill(status=502, body=PROXY)

    page.route("**/*", no_third_page)
    page.reload()
    expect(page.locator("[data-list] > .option .times")).to_have_text(seen)
    context.close()


def walks(page: Page) -> list[float]:
    return page.locator("[data-list] > .option").evaluate_all("all => all.map((one) => parseFloat(one.dataset.rank))")


def test_another_order_is_that_of_all_that_joined_the_list_and_what_joins_takes_its_place(opened: Opened) -> None:
    page = with_more(ask(opened("/"), START, END), "Plus tard")
    seen = times_in_the_list(page)
    to_another_order(page)
    assert sorted(times_in_the_list(page)) == sorted(seen)
    assert walks(page) == sorted(walks(page))
    with_more(page, "Plus tard")
    assert len(walks(page)) > len(seen)
    assert walks(page) == sorted(walks(page))
    expect(page.locator("[data-list] > .first")).to_have_count(1)
    expect(page.locator("[data-list] > :first-child")).to_have_class(re.compile(r"\bfirst\b"))
    expect(page.locator("[data-list] summary:focus")).to_have_count(1)
    page.go_back()
    expect(page.locator("[data-list] > .option .times")).to_have_text(seen)


def test_what_joined_the_list_is_told_in_another_language_and_beside_a_link(opened: Opened) -> None:
    page = with_more(ask(opened("/"), START, END), "Plus tard")
    count = len(times_in_the_list(page))
    page.get_by_role("button", name="Faire un lien avec mes lieux").click()
    expect(page.get_by_label("Lien avec vos lieux")).to_be_visible()
    expect(page.locator("[data-list] > .option")).to_have_count(count)
    to_another_language(page)
    expect(page.locator("[data-list] > .option")).to_have_count(count)
    expect(page.locator("[data-list] > .option").last).to_contain_text("war droad")
    expect(page.locator("[data-list]")).not_to_contain_text("à pied")
