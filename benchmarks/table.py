"""Numbers under each other, as Markdown, so that they can be copied into a page as they were printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    what: str
    measured: str
    against: str = ""
    ratio: str = ""


def table(title: str, rows: list[Row]) -> str:
    """Columns without any text are left out."""
    heads = ("what", "Hent", "other", "ratio")
    cells = [(row.what, row.measured, row.against, row.ratio) for row in rows]
    used = [index for index in range(len(heads)) if any(row[index] for row in cells)]
    lines = [" | ".join(row[index] for index in used) for row in [heads, ("---",) * len(heads), *cells]]
    return "\n".join([f"### {title}", "", *(f"| {line} |" for line in lines), ""])
