"""One load, start to end: have the file, accept it, keep it, build the network beside the running one, publish it.

DIR/feeds/FEED/SHA256.zip    each accepted version of a feed
DIR/feeds/FEED/SHA256.json   what was found in it
"""

from __future__ import annotations

import fcntl
import json
import shutil
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from gtfs.source import fetch
from mobility.errors import NetworkUnavailable
from mobility.feeds.build import build
from mobility.feeds.publish import publish
from mobility.network.current import Current
from mobility.network.network import FeedVersion, Network
from mobility.network.place import TerritoryPlace
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.streets.graph import Streets

FEEDS = "feeds"


def silent(_: str) -> None:
    """For callers who want to hear of no step."""


@dataclass(frozen=True, slots=True, eq=False)
class Setting:
    """What is known of a territory beside its feeds. zone: IANA name; said: told each step, in a few words."""

    zone: str
    terrain: Terrain = OPEN_GROUND
    places: tuple[TerritoryPlace, ...] = ()
    limits: ReadLimits = field(default_factory=ReadLimits)
    said: Callable[[str], None] = silent
    streets: Streets | None = None


@dataclass(frozen=True, slots=True)
class Incoming:
    """A feed to load. file: a path (zip or folder) or an http address."""

    source: FeedSource
    file: str


@dataclass(frozen=True, slots=True, eq=False)
class Loaded:
    network: Network
    reports: tuple[Report, ...]


def load_feeds(
    data: Path, incoming: Sequence[Incoming], setting: Setting, today: date, staying: Collection[str] | None = None
) -> Loaded:
    """Publish a network of these feeds and those of the network in service (of these only `staying`, where given).

    Raises UnreadableFeed or RejectedFeed; then nothing has changed. Loads of several processes take turns.
    """
    with _alone(data):
        new = {feed.source.id for feed in incoming}
        kept = [feed for feed in _in_service(data) if feed.id not in new and (staying is None or feed.id in staying)]
        snapshots, reports = [], []
        for version in kept:
            setting.said(f"reading {version.id} again")
            snapshots.append(_again(data, version, setting.limits, today))
        for feed in incoming:
            setting.said(f"reading {feed.source.id}")
            snapshot, report = _accepted(data, feed, setting.limits, today)
            snapshots.append(snapshot)
            reports.append(report)
        setting.said("building the network")
        network = build(snapshots, setting.terrain, setting.zone, setting.places, setting.streets)
        setting.said("publishing")
        publish(data, network, today)
    return Loaded(network, tuple(reports))


def load_feed(data: Path, feed: Incoming, setting: Setting, today: date) -> Loaded:
    """The feed in place of its version in service, beside all other feeds."""
    return load_feeds(data, [feed], setting, today)


def stored_feed(data: Path, feed: str, sha256: str) -> Path:
    return data / FEEDS / feed / f"{sha256}.zip"


def _accepted(data: Path, feed: Incoming, limits: ReadLimits, today: date) -> tuple[FeedSnapshot, Report]:
    with TemporaryDirectory(prefix=".incoming-", dir=data) as folder:
        file = _zip_of(feed.file, Path(folder), limits)
        snapshot, report = accept(file, feed.source, limits, today)
        stored = stored_feed(data, feed.source.id, snapshot.sha256)
        stored.parent.mkdir(parents=True, exist_ok=True)
        if not stored.exists():
            beside = Path(folder) / "accepted.zip"
            shutil.copyfile(file, beside)
            beside.replace(stored)
    stored.with_suffix(".json").write_text(json.dumps(report.to_dict(), ensure_ascii=False, indent=1), "utf-8")
    return snapshot, report


def _zip_of(file: str, folder: Path, limits: ReadLimits) -> Path:
    """The feed as a zip file; fetched into `folder`, or packed there, where it is none yet."""
    if file.startswith(("http://", "https://")):
        fetched = fetch(file, folder, limits).path
        assert fetched is not None, "without an etag nothing is unchanged"
        return fetched
    if Path(file).is_dir():
        return Path(shutil.make_archive(str(folder / "packed"), "zip", file))
    return Path(file)


def _in_service(data: Path) -> tuple[FeedVersion, ...]:
    try:
        return Current(data).network().feeds
    except NetworkUnavailable:
        return ()


def _again(data: Path, version: FeedVersion, limits: ReadLimits, today: date) -> FeedSnapshot:
    source = FeedSource(version.id, version.licence, version.publisher, version.url)
    return accept(stored_feed(data, version.id, version.sha256), source, limits, today)[0]


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    """The kernel opens the lock when a process ends, however it ends."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / ".loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
