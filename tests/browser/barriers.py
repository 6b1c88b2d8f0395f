"""What axe-core finds on a page: every rule in the light theme, in the dark one those that look at colours.

The dark theme changes nothing but colours (tests/browser/test_access.py), so that no other rule can find more in it.
"""

from __future__ import annotations

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT as AXE
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""Of the rules with these tags those of axe-core's category `cat.color`."""
VIOLATIONS = "options => axe.run(options).then((found) => found.violations)"


def barriers(page: Page) -> list[str]:
    """In both themes. Only what is wrong is asked for: all that is right fills megabytes."""
    page.wait_for_load_state()  # A button without its style is too small.
    page.evaluate(AXE)
    return [*_found(page, "light", TAGS), *_found(page, "dark", COLOURS)]


def _found(page: Page, theme: Any, rules: list[str]) -> list[str]:
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")
    found = page.evaluate(VIOLATIONS, {"runOnly": rules, "resultTypes": ["violations"]})
    return [f"{theme}: {one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]
