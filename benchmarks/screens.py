"""`make screens`: every scene at three widths, light and dark, in build/screens; a chosen few in docs/screens."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from itertools import product
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, Page

from benchmarks.browser import ROOT, Demo, browser, demo
from benchmarks.scenes import SCENES, STORMY, Scene
from benchmarks.table import Row, table

ALL, KEPT = ROOT / "build" / "screens", ROOT / "docs" / "screens"
WIDTHS = (360, 768, 1440)
THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
HIGHEST, HIGHEST_KEPT = 2400, 1200
SCALES = {360: 0.75, 768: 0.6, 1440: 0.55}
"""Of the chosen ones."""
LARGEST_BYTES = 60_000
QUALITIES = (70, 55, 40, 25)
TEMPLATES = ROOT / "api" / "templates"
PARTS = {"frame", "pieces", "live", "coming_back", "findings", "answer", "report_alone"}
"""Of other templates, or files: no pages."""


def run(names: Sequence[str] = (), folder: Path = ALL, kept: Path = KEPT) -> str:
    """Pictures of the scenes named, or of all; the largest chosen ones as a table, and where all were drawn
    the pages of which there is none."""
    for made in (folder, kept):
        made.mkdir(parents=True, exist_ok=True)
    left = set() if names else pages()
    for scenes, is_stormy in ((SCENES, False), (STORMY, True)):
        wanted = [scene for scene in scenes if not names or scene.name in names]
        if wanted:
            left -= _take(folder, kept, wanted, is_stormy)
    files = sorted(kept.glob("*.webp"), key=lambda file: -file.stat().st_size)
    rows = [Row(file.name, f"{file.stat().st_size / 1000:.0f} kB") for file in files[:3]]
    rows += [Row("pages without a picture", ", ".join(sorted(left)) or "none")] if not names else []
    return table(f"{len(list(folder.glob('*.png')))} pictures; of the {len(files)} in docs/screens the largest", rows)


def pages() -> set[str]:
    """Templates of pages; sheets of paper are files of their own."""
    files = (file.relative_to(TEMPLATES) for file in TEMPLATES.rglob("*.html"))
    return {str(file) for file in files if file.stem not in PARTS and file.parts[0] != "paper"}


def _take(folder: Path, kept: Path, scenes: Sequence[Scene], is_stormy: bool) -> set[str]:
    """The templates of what was drawn."""
    with demo(is_stormy) as at, browser() as chromium:
        for scene in scenes:
            _take_scene(folder, kept, scene, _reached(chromium, scene, at))
    return at.drawn


def _reached(chromium: Browser, scene: Scene, at: Demo) -> Page:
    settings: dict[str, Any] = {"viewport": {"width": WIDTHS[0], "height": 900}, "locale": "fr-FR"}
    page = chromium.new_context(**settings, reduced_motion="reduce").new_page()
    scene.reach(page, at)
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    page.mouse.move(0, 0)
    return page


def _take_scene(folder: Path, kept: Path, scene: Scene, page: Page) -> None:
    """One page in all its sizes and themes: neither asks the service again."""
    for width, theme in product(WIDTHS, THEMES):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=theme)
        view = f"{width}-{theme}"
        (folder / f"{scene.name}-{view}.png").write_bytes(_picture(page, width, HIGHEST, 1, format="png"))
        if view in scene.kept:
            (kept / f"{scene.name}-{view}.webp").write_bytes(_small(page, width))
    page.context.close()


def _small(page: Page, width: int) -> bytes:
    """As WebP, in the best quality that is small enough."""
    for quality in QUALITIES:
        body = _picture(page, width, HIGHEST_KEPT, SCALES[width], format="webp", quality=quality)
        if len(body) <= LARGEST_BYTES:
            break
    return body


def _picture(page: Page, width: int, most: int, scale: float, **kind: object) -> bytes:
    height = min(most, int(page.evaluate("document.documentElement.scrollHeight")))
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": scale}
    session = page.context.new_cdp_session(page)
    asked = {**kind, "clip": clip, "captureBeyondViewport": True}
    body = base64.b64decode(session.send("Page.captureScreenshot", asked)["data"])
    session.detach()
    return body
