"""Letters of twice the size, which browsers offer, lose nothing on a telephone."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Opened, ask
from tests.browser.test_compact import END, LAPPED, PHONE, SMALL, START

READ = (
    "/lines", "/stops", "/carpool", "/carpool/sign-in", "/ranking", "/data/", "/data-use", "/about", "/api",
    "/accessibility", "/operateurs", "/stops/lorient_gare", "/lines/lorient_T1", "/counters", "/disruptions",
    "/round-trip", "/offline", "/remarks", "/remarks/new?about=stop&id=lorient_gare",
)  # fmt: skip

CUT_SIGNS = """[...document.querySelectorAll(".badge")].filter((one) => one.checkVisibility()).filter((one) => {
  const [sign, name] = [one, one.querySelector("text")].map((part) => part.getBoundingClientRect());
  return name.left < sign.left || name.right > sign.right || name.height > sign.height * 1.05;
}).map((one) => one.outerHTML)"""


def test_letters_of_twice_the_size_lose_nothing_on_a_telephone(opened: Opened) -> None:
    page = opened("/", viewport=PHONE)
    for told in ("form", "answer"):
        page.evaluate("document.documentElement.style.fontSize = '34px'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, told
        assert page.evaluate(LAPPED) == [], told
        if told == "form":
            page.evaluate("document.documentElement.style.fontSize = ''")
            ask(page, START, END)


@pytest.mark.parametrize("path", READ)
def test_pages_to_read_lose_nothing_on_the_smallest_screen_and_in_large_letters(opened: Opened, path: str) -> None:
    page = opened(path, viewport=SMALL)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    for width, letters in ((320, "17px"), (360, "34px")):
        page.set_viewport_size({"width": width, "height": 780})
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, letters
        assert page.evaluate(LAPPED) == [], letters


def test_what_is_opened_of_an_answer_loses_nothing_in_large_letters(opened: Opened) -> None:
    page = ask(opened("/", viewport=PHONE), START, END)
    page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true; })")
    page.evaluate("document.documentElement.style.fontSize = '34px'")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


@pytest.mark.parametrize("path", ["/lines", "/lines/lorient_T1", "/stops/lorient_gare", "/offline"])
def test_the_sign_of_a_line_is_as_large_as_its_letters(opened: Opened, path: str) -> None:
    """A sign in pixels would show a slice of a name in letters of twice the size."""
    page = opened(path, viewport=PHONE)
    for letters in ("17px", "34px"):
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        assert page.locator(".badge").count() > 0
        assert page.evaluate(CUT_SIGNS) == [], letters
