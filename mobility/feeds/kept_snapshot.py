"""The snapshot of a version that is kept: its file read again, which takes the reader of feeds."""

from __future__ import annotations

from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.feeds.versions import stored_feed
from mobility.network.network import FeedVersion


def snapshot_of(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot:
    """A version that was accepted before, read again and not judged once more."""
    source = FeedSource(feed.id, feed.licence, feed.publisher, feed.url)
    return snapshot(load(stored_feed(data, feed.id, feed.sha256), source, limits))
