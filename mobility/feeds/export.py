"""A feed in service as a file: as it was published, byte for byte, or as it was understood."""

from __future__ import annotations

from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.feed import Feed
from gtfs.load import load
from gtfs.snapshot import FeedSource
from gtfs.write import write
from mobility.feeds.versions import stored_feed
from mobility.network.files import copy_whole
from mobility.network.network import FeedVersion


def write_published(data: Path, feed: FeedVersion, path: Path) -> None:
    copy_whole(stored_feed(data, feed.id, feed.sha256), path)


def served(data: Path, feed: FeedVersion, limits: ReadLimits) -> Feed:
    """Read again as it was read when it was accepted."""
    source = FeedSource(feed.id, feed.licence, feed.publisher, feed.url)
    return load(stored_feed(data, feed.id, feed.sha256), source, limits)


def write_served(data: Path, feed: FeedVersion, limits: ReadLimits, path: Path) -> None:
    """Tables without what was refused, values as they were read."""
    write(served(data, feed, limits).tables, path)
