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
    feed = replace(load(path, source, limits), around=around)
    report = validate(feed, today, engine(path, today, limits))
    if not report.accepted:
        raise RejectedFeed(report)
    return feed.once(snapshot), report


def check(
    path: Path,
    source: FeedSource,
    limits: ReadLimits,
    today: date,
    around: Around = NOTHING_AROUND,
    engine: Engine = canonical,
) -> Report:
    """What `accept` would find, the canonical rules included. Raises UnreadableFeed."""
    feed = replace(load(path, source, limits), around=around)
    return validate(feed, today, engine(path, today, limits))
