"""From a file to a snapshot in one step: load, validate, freeze."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.around import NOTHING_AROUND, Around
from gtfs.canonical import Engine, canonical, no_engine
from gtfs.errors import RejectedFeed
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.notice import Report
from gtfs.plain_copy import plain_copy
from gtfs.snapshot import FeedSnapshot, FeedSource
from gtfs.validate import validate


def accept(
    path: Path,
    source: FeedSource,
    limits: ReadLimits,
    today: date,
    around: Around = NOTHING_AROUND,
    engine: Engine = no_engine,
) -> tuple[FeedSnapshot, Report]:
    """Raises UnreadableFeed if no tables can be had from the file, RejectedFeed with the report on blocking faults."""
    frozen, report = check(path, source, limits, today, around, engine)
    if frozen is None:
        raise RejectedFeed(report)
    return frozen, report


def check(
    path: Path,
    source: FeedSource,
    limits: ReadLimits,
    today: date,
    around: Around = NOTHING_AROUND,
    engine: Engine = canonical,
) -> tuple[FeedSnapshot | None, Report]:
    """What `accept` would find, the canonical rules included, and make of it: None where it is refused. Raises
    UnreadableFeed."""
    feed = replace(load(path, source, limits), around=around)
    with plain_copy(path, feed, limits) as plain:
        found = engine(plain.path, today, limits).placed(plain.line)
    report = validate(feed, today, found)
    return feed.once(snapshot) if report.accepted else None, report
