"""What somebody found ugly on the pages of carpooling, and what it is like instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from benchmarks.browser import Demo, demo
from benchmarks.scenes_signed_in import Reach, account, change, offer_at_fault, who_asks
from tests.browser.conftest import NARROW, WIDE

Shown = Callable[[Reach, dict[str, int]], Page]


@pytest.fixture(scope="module")
def calm() -> Iterator[Demo]:
    with demo() as at:
        yield at


@pytest.fixture(scope="module")
def window(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="fr-FR", reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def shown(window: Page, calm: Demo) -> Shown:
    """A page that somebody reaches, in a window as wide as asked for."""

    def reached(reach: Reach, viewport: dict[str, int]) -> Page:
        window.context.clear_cookies()
        window.set_viewport_size(viewport)  # type: ignore[arg-type]  # a TypedDict
        reach(window, calm)
        return window

    return reached


def heights(all: Locator) -> set[int]:
    return {round(one.evaluate("(one) => one.getBoundingClientRect().height")) for one in all.all()}


def tops(all: Locator) -> set[int]:
    return {round(one.evaluate("(one) => one.getBoundingClientRect().top")) for one in all.all()}


def test_who_asks_is_answered_with_buttons_of_one_size_and_told_with_whole_names(shown: Shown) -> None:
    page = shown(who_asks, NARROW)
    buttons = page.locator(".asks .acts").first.locator("button, a")
    assert buttons.count() == 3
    for viewport in (NARROW, WIDE):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]  # a TypedDict
        assert len(heights(buttons)) == 1
        assert len({one.evaluate("(one) => getComputedStyle(one).fontSize") for one in buttons.all()}) == 1
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a TypedDict
    rows = "(one) => one.getBoundingClientRect().height / parseFloat(getComputedStyle(one).lineHeight)"
    ends = page.locator(".ride-head > span.whole, .card h3 > span.whole")
    assert ends.count() == 4
    assert all(one.evaluate(rows) < 1.5 for one in ends.all())
    days = page.locator(".card p > b")
    assert days.count() == 2
    assert all(one.evaluate("(one) => one.getClientRects().length") == 1 for one in days.all())
    assert all(one.evaluate(rows) < 1.5 for one in days.all())


@pytest.mark.parametrize(("reach", "name"), [(change, "repeats"), (account, "language")])
def test_what_one_chooses_between_stands_in_one_row_on_a_telephone(shown: Shown, reach: Reach, name: str) -> None:
    choices = shown(reach, NARROW).locator(f"label:has([name={name}])")
    assert choices.count() > 1
    assert len(tops(choices)) == 1


def test_a_price_that_is_too_high_is_told_once(shown: Shown) -> None:
    page = shown(offer_at_fault, NARROW)
    field = page.locator(".field", has=page.locator("#price"))
    assert field.inner_text().count("partage des frais") == 1
    assert page.locator("#price").get_attribute("aria-describedby") == "price-fault"


def test_a_day_is_typed_in_a_field_as_wide_as_that_of_the_hour(shown: Shown) -> None:
    page = shown(change, WIDE)
    day, hour = (page.locator(one).bounding_box() for one in ("#date", "#departure"))
    assert day and hour and abs(day["width"] - hour["width"]) < 1
