"""Reads a feed, checked: from a zip or a folder to tables of text with line numbers. Judges nothing but readability."""

from dataclasses import replace
from pathlib import Path

from gtfs.archive import Archive, ReadLimits, opened
from gtfs.blanks import BLANKED, without_unsafe
from gtfs.csv_file import read_table
from gtfs.feed import Feed
from gtfs.frequencies import bound
from gtfs.notice import Notice
from gtfs.omissions import LEFT_OUT, without_unusable
from gtfs.schema import TABLES
from gtfs.snapshot import FeedSource
from gtfs.table import READING, Table, empty_table

LOCATIONS = "locations.geojson"
FOUND = {**READING, **BLANKED, **LEFT_OUT}
"""What is found before any rule is asked."""


def load(path: Path, source: FeedSource, limits: ReadLimits) -> Feed:
    """Raises UnreadableFeed, naming file, line, column and value where they are known."""
    with opened(path, limits) as archive:
        tables = {name: _table(archive, name, limits) for name in TABLES}
        notices: list[Notice] = [notice for table in tables.values() for notice in table.notices]
        locations = bytes(archive.files[LOCATIONS]()) if LOCATIONS in archive.files else b""
        bound(tables, limits)
        as_read = dict(tables)
        tables, blanked = without_unsafe(tables)
        tables, names, omitted = without_unusable(tables, frozenset(archive.files))
        found = (*notices, *blanked, *omitted)
        feed = Feed(source, archive.sha256, tables, names, found, limits, locations=locations)
        return replace(feed, as_read=as_read, nested=archive.nested)


def _table(archive: Archive, name: str, limits: ReadLimits) -> Table:
    if f"{name}.txt" not in archive.files:
        return empty_table(name)
    return read_table(name, archive.files[f"{name}.txt"](), limits.max_rows)
