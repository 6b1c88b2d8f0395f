"""`make screens`: a picture of each page, narrow and wide, in docs/screens/."""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from uuid import uuid4

from playwright.sync_api import Browser, Page

from benchmarks.browser import ROOT, TODAY, Demo, ask, browser, demo, unfold
from benchmarks.table import Row, table
from demo.build import build

Reach: TypeAlias = Callable[[Page, Demo], None]
FOLDER = ROOT / "docs" / "screens"
NARROW, WIDE = (360, 1200, 0.75), (1440, 1200, 0.55)
"""Width and greatest height in pixels; scale of the picture."""
LARGEST_BYTES = 60_000
QUALITIES = (70, 55, 40, 25)


def _opened(path: str) -> Reach:
    def do(page: Page, at: Demo) -> None:
        page.goto(at.address + path)

    return do


def _asked(start: str, end: str, profile: str = "adult", path: str = "/") -> Reach:
    def do(page: Page, at: Demo) -> None:
        page.goto(at.address + path)
        page.locator("details.who > summary").click()
        page.locator(f"[name=profile][value={profile}]").set_checked(True, force=True)
        ask(page, start, end)

    return do


def _details(page: Page, at: Demo) -> None:
    _asked("Gare d'Échanges", "Port-Louis")(page, at)
    unfold(page)
    page.locator(".legs").first.scroll_into_view_if_needed()


def _to_print(page: Page, at: Demo) -> None:
    _asked("Gare d'Échanges", "Port-Louis")(page, at)
    unfold(page)
    page.locator(".share a").first.click()


def _kept_trip(page: Page, at: Demo) -> None:
    """From its page alone, as from a link that was sent."""
    _asked("Gare d'Échanges", "Port-Louis")(page, at)
    page.goto(at.address + str(page.locator(".share a").first.get_attribute("href")))


def _signed_in(page: Page, at: Demo) -> None:
    """A newcomer each time, on the page of their rides."""
    page.goto(f"{at.address}/carpool/sign-in")
    page.fill("#code", at.code(f"anna-{uuid4().hex}@example.org"))
    page.locator("#sign-in button").click()
    page.fill("#alias", "Anna")
    page.check("[name=adult]")
    page.locator("#sign-in button").click()
    page.wait_for_url("**/carpool/mine")


def _offer(page: Page, at: Demo) -> None:
    _signed_in(page, at)
    page.goto(f"{at.address}/carpool/publish")
    page.fill("#from", "Plouhinec Bourg")
    page.fill("#to", "Gare d'Échanges")


def _looked(page: Page, at: Demo) -> None:
    _offer(page, at)
    with page.expect_navigation():
        page.locator("button.go").click()


def _published(page: Page, at: Demo) -> None:
    _looked(page, at)
    with page.expect_navigation():
        page.locator("button.go").click()


def _account(page: Page, at: Demo) -> None:
    _signed_in(page, at)
    page.goto(f"{at.address}/carpool/account")


def _operator(page: Page, at: Demo) -> None:
    page.goto(f"{at.address}/operateurs")
    page.fill("#token", at.token)
    with page.expect_navigation():
        page.locator("button.go").click()


def _of_operator(path: str) -> Reach:
    def do(page: Page, at: Demo) -> None:
        _operator(page, at)
        page.goto(f"{at.address}/operateurs{path}")

    return do


def _checked(page: Page, at: Demo) -> None:
    """The demo's timetable without its trips to Groix, and with a stop in the sea."""
    _of_operator("/feeds/lorient")(page, at)
    page.set_input_files("#file", {"name": "lorient.zip", "mimeType": "application/zip", "buffer": changed_demo()})
    with page.expect_navigation():
        page.locator("#upload button").click()
    page.locator("[data-runs]").wait_for(state="detached", timeout=120_000)


def changed_demo() -> bytes:
    with TemporaryDirectory() as folder:
        packed, written = io.BytesIO(), build(Path(folder), TODAY)
        with zipfile.ZipFile(written) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
            for name in before.namelist():
                lines = before.read(name).decode().splitlines(keepends=True)
                if name == "trips.txt":
                    lines = [line for line in lines if "groix" not in line.lower()]
                after.writestr(name, "".join(lines))
        return packed.getvalue()


@dataclass(frozen=True, slots=True)
class Screen:
    name: str
    reach: Reach
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
    Screen("offer", _offer),
    Screen("offer-preview", _looked),
    Screen("my-rides", _published),
    Screen("account", _account),
    Screen("operators-sign-in", _opened("/operateurs")),
    Screen("operators", _operator),
    Screen("operators-feed", _of_operator("/feeds/lorient")),
    Screen("operators-check", _checked),
    Screen("operators-log", _of_operator("/log")),
    Screen("about", _opened("/about")),
    Screen("accessibility", _opened("/accessibility")),
)
STORMY = (
    Screen("storm", _opened("/")),
    Screen("storm-disruptions", _opened("/disruptions")),
    Screen("storm-disruptions-dark", _opened("/disruptions"), dark=True),
    Screen("storm-disruptions-easy", _opened("/disruptions?lang=fr-x-falc")),
    Screen("storm-stop", _opened("/stops/lorient_gare")),
    Screen("storm-stop-dark", _opened("/stops/lorient_gare"), dark=True),
    Screen("storm-trip", _kept_trip),
    Screen("storm-trip-dark", _kept_trip, dark=True),
)
"""On a morning with delays and cancelled boats (benchmarks/stormy.py)."""


def run(folder: Path = FOLDER) -> str:
    """Pictures of all pages; the sizes of the largest as a table."""
    folder.mkdir(parents=True, exist_ok=True)
    for screens, is_stormy in ((SCREENS, False), (STORMY, True)):
        _take(folder, screens, is_stormy)
    files = sorted(folder.glob("*.webp"), key=lambda file: -file.stat().st_size)
    rows = [Row(file.name, f"{file.stat().st_size / 1000:.0f} kB") for file in files[:3]]
    return table(f"docs/screens, {len(files)} pictures, the largest", rows)


def _take(folder: Path, screens: Sequence[Screen], is_stormy: bool) -> None:
    with demo(is_stormy) as at, browser() as chromium:
        for screen in screens:
            for name, (width, height, scale) in (("narrow", NARROW), ("wide", WIDE)):
                page = _window(chromium, screen, width)
                screen.reach(page, at)
                _picture(page, folder / f"{screen.name}-{name}.webp", (width, height, scale))
                page.context.close()


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
