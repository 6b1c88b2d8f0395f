"""A page whose copies are made: from then on it opens without network."""

from __future__ import annotations

from time import monotonic

from playwright.sync_api import BrowserContext, Page

IS_COPIED = "async () => Boolean((await caches.match('/offline')) && (await navigator.serviceWorker.ready))"
LONGEST_S = 20


def until(page: Page, script: str, told: bool = True) -> None:
    """wait_for_function takes a promise for an answer."""
    end = monotonic() + LONGEST_S
    while page.evaluate(script) is not told:
        assert monotonic() < end, script
        page.wait_for_timeout(50)


def visited(device: BrowserContext, address: str, path: str = "/") -> Page:
    """A page that has been there once, with network."""
    page = device.new_page()
    page.goto(address + path)
    until(page, IS_COPIED)
    return page
