"""A feed as the canonical rules are given it: tables that were read with allowances are written out plainly, short rows
filled, so that what is wrong in them is found and does not end the check; no folder stands round; all else is as
published."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from gtfs.archive import ReadLimits, opened
from gtfs.feed import Feed
from gtfs.table import READING, Int32s, Table

PLAIN = frozenset({"empty_file"})
"""Findings of reading after which a table is as it was."""


@dataclass(frozen=True, slots=True)
class PlainCopy:
    """lines: of tables that were written out, by file: where each row stands in the file as published."""

    path: Path
    lines: Mapping[str, Int32s]

    def line(self, file: str, line: int) -> int:
        rows = self.lines.get(file)
        return int(rows[line - 2]) if rows is not None and 2 <= line < len(rows) + 2 else line


@contextmanager
def plain_copy(path: Path, feed: Feed, limits: ReadLimits) -> Iterator[PlainCopy]:
    """The feed itself where nothing is to be written out. Raises UnreadableFeed, OSError."""
    odd = {one.file for one in feed.notices if one.code in READING and one.code not in PLAIN}
    tables = {name: table for name, table in feed.as_read.items() if table.file in odd and table.columns}
    if not tables and not feed.nested:
        yield PlainCopy(path, {})
        return
    with TemporaryDirectory(prefix="hent-plain-") as folder:
        copy = Path(folder) / "feed.zip"
        with opened(path, limits) as archive, zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as plain:
            for file, read in archive.files.items():
                table = tables.get(file.removesuffix(".txt"))
                plain.writestr(file, written(table) if table else bytes(read()))
        yield PlainCopy(copy, {table.file: table.lines for table in tables.values()})


def written(table: Table) -> str:
    """As CSV, each row on one line."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(table.columns)
    for row in zip(*(column.texts() for column in table.columns.values()), strict=True):
        rows.writerow([" ".join(text.split("\n")) if "\n" in text else text for text in row])
    return out.getvalue()
