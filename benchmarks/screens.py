"""`make screens`: a picture of each page, narrow and wide, in docs/screens/."""

from __future__ import annotations

import base64
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.browser import ROOT, ask, browser, demo
from benchmarks.table import Row, table

FOLDER = ROOT / "docs" / "screens"
NARROW, WIDE = (360, 1200, 0.75), (1440, 1200, 0.55)
"""Width and greatest height in pixels; scale of the picture."""
LARGEST_BYTES = 60_000
QUALITIES = (70, 55, 40, 25)


def _opened(path: str) -> Callable[[Page, str], None]:
    return lambda page, address: _go(page, address + path)


def _go(page: Page, url: str) -> None:
    page.goto(url)


def _asked(start: str, end: str, profile: str = "adult", path: str = "/") -> Callable[[Page, str], None]:
    def do(page: Page, address: str) -> None:
        page.goto(address + path)
        page.locator(f"[name=profile][value={profile}]").set_checked(True, force=True)
        ask(page, start, end)

    return do


def _details(page: Page, address: str) -> None:
    _asked("Gare d'Échanges", "Port-Louis")(page, address)
    page.locator(".card summary").first.click()
    page.locator(".legs").first.scroll_into_view_if_needed()


def _to_print(page: Page, address: str) -> None:
    _asked("Gare d'Échanges", "Port-Louis")(page, address)
    page.locator(".share a").first.click()


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    reach: Callable[[Page, str], None]
    dark: bool = False


SCREENS = (
    Screen("trip", _opened("/")),
    Screen("trip-dark", _opened("/"), dark=True),
    Screen("trip-easy", _opened("/?lang=fr-x-falc")),
    Screen("answer", _asked("Gare d'Échanges", "Port-Louis")),
    Screen("answer-details", _details),
    Screen("answer-groix-dark", _asked("Ploemeur", "Groix", "family"), dark=True),
    Screen("answer-wheelchair", _asked("Ploemeur", "Port-Louis", "reduced_mobility")),
    Screen("answer-breton", _asked("Lorient", "Larmor-Plage", path="/?lang=br")),
    Screen("nothing-found", _asked("47.9,-3.05", "Port-Louis")),
    Screen("to-print", _to_print),
    Screen("lines", _opened("/lines")),
    Screen("line", _opened("/lines/lorient_B1")),
    Screen("stop", _opened("/stops/lorient_gare")),
    Screen("counters", _opened("/counters")),
    Screen("ranking", _opened("/ranking")),
    Screen("open-data", _opened("/data/")),
    Screen("data-use", _opened("/data-use")),
    Screen("carpool", _opened("/carpool")),
    Screen("sign-in", _opened("/carpool/sign-in")),
)


def run(folder: Path = FOLDER) -> str:
    """Pictures of all pages; the sizes of the largest as a table."""
    folder.mkdir(parents=True, exist_ok=True)
    with demo() as address, browser() as chromium:
        for screen in SCREENS:
            for name, (width, height, scale) in (("narrow", NARROW), ("wide", WIDE)):
                page = _window(chromium, screen, width)
                screen.reach(page, address)
                _picture(page, folder / f"{screen.name}-{name}.webp", (width, height, scale))
                page.context.close()
    files = sorted(folder.glob("*.webp"), key=lambda file: -file.stat().st_size)
    rows = [Row(file.name, f"{file.stat().st_size / 1000:.0f} kB") for file in files[:3]]
    return table(f"docs/screens, {len(files)} pictures, the largest", rows)


def _window(chromium: Browser, screen: Screen, width: int) -> Page:
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        locale="fr-FR",
        color_scheme="dark" if screen.dark else "light",
        reduced_motion="reduce",
    )
    return context.new_page()


def _picture(page: Page, file: Path, size: tuple[int, int, float]) -> None:
    """As WebP, in the best quality that is small enough."""
    width, most, scale = size
    height = min(most, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
    session = page.context.new_cdp_session(page)
    for quality in QUALITIES:
        asked = {"format": "webp", "quality": quality, "clip": clip, "captureBeyondViewport": True}
        body = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
        if len(body) <= LARGEST_BYTES:
            break
    file.write_bytes(body)
