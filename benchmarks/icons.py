"""The pictures of api/static/icon.svg that devices want where they take no drawing: `python -m benchmarks.icons`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

STATIC = Path(__file__).parent.parent / "api" / "static"
SEA = "#0b4a6f"
PICTURES = (
    ("any", 192, 1.0),
    ("any", 512, 1.0),
    ("maskable", 192, 0.72),
    ("maskable", 512, 0.72),
    ("apple", 180, 0.86),
)
"""Purpose, width in pixels, and how much of it the drawing takes: what is cut round keeps its middle 80 %."""


def main() -> None:
    drawing = (STATIC / "icon.svg").read_text("utf-8")
    chromium = shutil.which("chromium") or os.environ.get("CHROMIUM", "")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for purpose, width, share in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": width})
            ground = "transparent" if purpose == "any" else SEA
            style = f"margin:0;background:{ground};display:grid;place-items:center;height:100vh"
            page.set_content(f'<body style="{style}"><div style="width:{share:%};line-height:0">{drawing}</div>')
            page.screenshot(path=STATIC / "icons" / f"{purpose}-{width}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()
