"""From a file to a snapshot in one step: load, validate, freeze."""

from datetime import date
from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.errors import RejectedFeed
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from gtfs.validate import validate


def accept(path: Path, source: FeedSource, limits: ReadLimits, today: date) -> tuple[FeedSnapshot, Report]:
    """Raises UnreadableFeed if no tables can be had from the file, RejectedFeed with the report on blocking faults."""
    feed = load(path, source, limits)
    report = validate(feed, today)
    if not report.accepted:
        raise RejectedFeed(report)
    return snapshot(feed), report
