"""The picture in the README is that of the tables."""

from pathlib import Path

from demo import TERRITORY
from demo.picture import picture

PICTURE = Path(__file__).parents[2] / "docs" / "lorient.svg"


def test_the_picture_is_drawn_from_the_tables_as_they_are() -> None:
    assert PICTURE.read_text("utf-8") == picture(TERRITORY)
