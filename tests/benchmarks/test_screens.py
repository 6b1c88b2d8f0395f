"""The page about the pages says how many states are drawn, and in how many pictures."""

from pathlib import Path

from benchmarks.scenes import SCENES, STORMY
from benchmarks.screens import THEMES, WIDTHS

PAGE = Path(__file__).parents[2] / "docs" / "pages.md"


def test_the_page_counts_the_scenes_that_are_drawn() -> None:
    scenes = len(SCENES) + len(STORMY)
    assert f"({scenes} scenes, {scenes * len(WIDTHS) * len(THEMES)} pictures;" in PAGE.read_text("utf-8")
