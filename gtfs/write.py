"""Tables to a GTFS zip. Equal tables give equal bytes, and so an equal sha256, wherever and whenever."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from gtfs.schema import TABLES
from gtfs.table import Table

Rows = Iterable[Mapping[str, object]]
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold."""
READABLE_BY_ALL, UNIX = 0o644 << 16, 3


def write(tables: Mapping[str, Rows | Table], path: Path) -> Path:
    """Writes every table, under its name without ".txt", known to GTFS or not; those without a row are left out.

    The columns are those of all rows, in order of appearance; None and NaN are blank.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name in sorted(tables, key=_place):
            text = _csv(_rows(tables[name]))
            if text:
                member = zipfile.ZipInfo(f"{name}.txt", EPOCH)
                member.compress_type, member.external_attr, member.create_system = (
                    zipfile.ZIP_DEFLATED,
                    READABLE_BY_ALL,
                    3,
                )
                archive.writestr(member, text)
    return path


def _place(name: str) -> tuple[int, str]:
    """Tables in the order of the GTFS reference, then the unknown ones by name."""
    known = list(TABLES)
    return (known.index(name) if name in known else len(known)), name


def _rows(table: Rows | Table) -> list[dict[str, object]]:
    if isinstance(table, Table):
        columns = {name: column.texts() for name, column in table.columns.items()}
        return [dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)]
    return [dict(row) for row in table]


def _csv(rows: list[dict[str, object]]) -> str:
    if not rows:
        return ""
    names = list(dict.fromkeys(name for row in rows for name in row))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, names, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: "" if value is None or value != value else value for name, value in row.items()})
    return buffer.getvalue()
