"""Every page is drawn, and the page about the pages says how many states are, and in how many pictures."""

from pathlib import Path

from benchmarks.scenes import SCENES, STORMY
from benchmarks.screens import THEMES, WIDTHS, pages

PAGE = Path(__file__).parents[2] / "docs" / "pages.md"


def test_the_page_counts_the_scenes_that_are_drawn() -> None:
    scenes = len(SCENES) + len(STORMY)
    assert f"({scenes} scenes, {scenes * len(WIDTHS) * len(THEMES)} pictures;" in PAGE.read_text("utf-8")


def test_every_page_has_a_picture() -> None:
    """That each scene shows the page that it names: tests/browser/test_every_page.py."""
    assert pages() - {scene.template for scene in (*SCENES, *STORMY)} == set()


def test_no_two_scenes_have_the_same_name() -> None:
    names = [scene.name for scene in (*SCENES, *STORMY)]
    assert len({*names}) == len(names)
