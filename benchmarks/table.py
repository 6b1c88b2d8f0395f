"""Numbers under each other, as Markdown, so that they can be copied into a page as they were printed."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    against: str = ""
    ratio: str = ""


HEADS = ("what", "Hent", "other", "ratio")
"""Of the columns of a Row."""


def table(title: str, rows: Sequence[Row | tuple[str, ...]], heads: tuple[str, ...] = HEADS) -> str:
    """Columns without any text are left out."""
    cells = [astuple(row) if isinstance(row, Row) else row for row in rows]
    used = [index for index in range(len(heads)) if any(row[index] for row in cells)]
    lines = [" | ".join(row[index] for index in used) for row in [heads, ("---",) * len(heads), *cells]]
    return "\n".join([f"### {title}", "", *(f"| {line} |" for line in lines), ""])
