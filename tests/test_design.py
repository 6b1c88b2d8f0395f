"""docs/design.md and the stylesheet say the same, and its colours can be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.web import assets
from gtfs.colour import contrast

ROOT = Path(__file__).parent.parent
CSS = assets.stylesheet()
OTHERS = "".join((assets.FOLDER / f"{name}.css").read_text("utf-8") for name in ("carpool", "operators"))
"""Of the pages that need more."""
PAGE = (ROOT / "docs/design.md").read_text("utf-8")
THEMES = dict(zip(("light", "dark"), re.findall(r":root \{([^}]*)\}", CSS), strict=False))
PAIR = re.compile(
    r"^\| `([\w-]+)` \| `([\w-]+)` \| `(#\w{6})` on `(#\w{6})` \| `(#\w{6})` on `(#\w{6})` \| ([\d.]+) \|$", re.M
)
LENGTH = re.compile(r"`(\w+)`\s+\(([\d.]+) rem")
STEP = re.compile(r"^\| `(\w+)` \| ([\d.]+) \|", re.M)


def tokens(theme: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#\w{6}|[\d.]+rem)", THEMES[theme]))


@pytest.mark.parametrize(("text", "ground", "light", "on_light", "dark", "on_dark", "least"), PAIR.findall(PAGE))
def test_a_pair_of_colours_is_that_of_the_stylesheet_and_can_be_read(
    text: str, ground: str, light: str, on_light: str, dark: str, on_dark: str, least: str
) -> None:
    told = {"light": (light, on_light), "dark": (dark, on_dark)}
    assert {theme: (tokens(theme)[text], tokens(theme)[ground]) for theme in told} == told
    assert min(contrast(one[1:], other[1:]) for one, other in told.values()) >= float(least)


def test_every_pair_of_the_page_is_read() -> None:
    assert len(PAIR.findall(PAGE)) == PAGE.count(" on `#") / 2 > 10


def test_letters_have_the_sizes_of_the_scale_and_no_other() -> None:
    steps = {name: f"{rem}rem" for name, rem in STEP.findall(PAGE)}
    assert steps == {name: tokens("light")[name] for name in steps}
    screen = re.sub(r"(?s)@media print \{.*?\n\}", "", CSS) + OTHERS
    sizes = set(re.findall(r"font-size: ([^;]+);", screen))
    odd = {size for size in sizes if not size.startswith(("var(", "calc(", "min(var(")) and size != "inherit"}
    assert odd == set()
    assert {name for size in sizes for name in re.findall(r"^(?:min\()?var\(--(\w+)\)", size)} == set(steps)


def test_distances_that_have_a_name_are_those_of_the_stylesheet() -> None:
    told = {name: f"{rem}rem" for name, rem in LENGTH.findall(PAGE)}
    assert told.keys() == {"touch", "round", "bar"}
    assert told == {name: tokens("light")[name] for name in told}


def test_nothing_moves_but_a_background_and_nothing_is_in_capitals_or_italics() -> None:
    (moved,) = re.findall(r"transition: ([^;]+);", CSS + OTHERS)
    assert moved == "background-color 0.15s"
    assert re.findall(r"@keyframes|animation|text-transform|font-style: (?!normal)", CSS + OTHERS) == []
