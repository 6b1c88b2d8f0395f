"""Writes the demo territory as a GTFS zip: the same bytes for the same tables and the same week.

The timetable is illustrative, and the feed says so in feed_info.txt, agency.txt and each route.
"""

import csv
import io
import os
import zipfile
from datetime import date
from pathlib import Path

from demo import feed
from demo.days import window
from demo.tables import read

TERRITORY = Path(__file__).parent / "lorient"
FILE_NAME = "lorient.zip"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)


def build(folder: Path, today: date) -> Path:
    """Write `lorient.zip` into `folder` and return its path. Raises TableError where a table cannot be used."""
    tables = feed.tables(read(TERRITORY), window(today))
    folder.mkdir(parents=True, exist_ok=True)
    # Written beside and moved into place, so that a reader never meets half a file.
    draft = folder / f".{FILE_NAME}.{os.getpid()}"
    with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            if rows:
                archive.writestr(_entry(name), _text(rows))
    return draft.replace(folder / FILE_NAME)


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, FIXED_DATE)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3
    entry.external_attr = 0o644 << 16
    return entry


def _text(rows: list[dict[str, str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()
