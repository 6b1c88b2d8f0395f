"""The versions of each feed that were accepted, on disk: named by their sha256, never changed.

DIR/feeds/FEED/SHA256.zip            a version as it was published
DIR/feeds/FEED/SHA256.json           what was found in it
DIR/feeds/FEED/SHA256.version.json   its licence, publisher, address and days
DIR/feeds/FEED/state.json            what was in service, what waits for its day, what the publisher's server said
DIR/feeds/FEED/rejected.json         what was found in the last one that was refused

Only who holds the lock of DIR (mobility/feeds/reload.py) writes here.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import orjson

from gtfs.archive import ReadLimits
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from gtfs.source import NOT_SEEN, Seen
from mobility.errors import NetworkUnavailable, NotFound
from mobility.network.current import Current
from mobility.network.files import copy_whole, write_whole
from mobility.network.network import FeedVersion

FEEDS = "feeds"
STATE, REJECTED, VERSION = "state.json", "rejected.json", ".version.json"


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came last from an address, whether it was accepted or not. sha256: of the file."""

    url: str = ""
    sha256: str = ""
    seen: Seen = NOT_SEEN


@dataclass(frozen=True, slots=True)
class FeedState:
    """published: sha256 of the versions that were put into service, latest first. waiting: of the one whose first
    day is still to come, "" without; waiting_network: the network that was built of it."""

    published: tuple[str, ...] = ()
    waiting: str = ""
    waiting_network: str = ""
    fetched: Fetched = Fetched()


NEW = FeedState()


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """accepted_at: epoch seconds. counts: findings by code."""

    feed: FeedVersion
    accepted_at: int
    in_service: bool
    waiting: bool
    counts: dict[str, int]


def feeds_in_service(data: Path) -> tuple[FeedVersion, ...]:
    try:
        return Current(data).network().feeds
    except NetworkUnavailable:
        return ()


def version_in_service(data: Path, feed_id: str) -> FeedVersion:
    """Raises NotFound."""
    serving = {feed.id: feed for feed in feeds_in_service(data)}
    if feed_id not in serving:
        raise NotFound("feed", "feed", tuple(serving))
    return serving[feed_id]


def stored_feed(data: Path, feed: str, sha256: str) -> Path:
    return data / FEEDS / feed / f"{sha256}.zip"


def snapshot_of(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot:
    """A version that was accepted before, read again and not judged once more."""
    source = FeedSource(feed.id, feed.licence, feed.publisher, feed.url)
    return snapshot(load(stored_feed(data, feed.id, feed.sha256), source, limits))


def keep(data: Path, file: Path, feed: FeedVersion, report: Report) -> None:
    """Raises OSError; what was kept before is as it was."""
    stored = stored_feed(data, feed.id, feed.sha256)
    stored.parent.mkdir(parents=True, exist_ok=True)
    if not stored.exists():
        copy_whole(file, stored)
    write_whole(stored.with_suffix(".json"), _json(report.to_dict()))
    write_whole(stored.with_suffix(VERSION), _json(asdict(feed)))


def keep_rejected(data: Path, feed: str, report: Report) -> None:
    folder = data / FEEDS / feed
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / REJECTED, _json(report.to_dict()))


def kept_version(data: Path, feed: str, sha256: str) -> FeedVersion:
    """By the whole sha256 or the beginning of it. Raises NotFound, as it does where nothing of the feed is kept."""
    found = [one for one in kept_files(data, feed) if sha256 and one.stem.startswith(sha256)]
    if len(found) != 1:
        raise NotFound("version of this feed", "version")
    return _read(found[0])


def find_version(data: Path, source: FeedSource, sha256: str) -> FeedVersion | None:
    """The version as it was accepted, if it was, from such a source."""
    file = stored_feed(data, source.id, sha256)
    if not sha256 or not file.with_suffix(VERSION).exists():
        return None
    found = _read(file)
    same = (found.licence, found.url) == (source.licence, source.url) and source.publisher in ("", found.publisher)
    return found if same else None


def kept_versions(data: Path, feed: str) -> tuple[KeptVersion, ...]:
    """The latest accepted first. Raises NotFound where none is kept."""
    files, state = kept_files(data, feed), read_state(data, feed)
    serving = {one.sha256 for one in feeds_in_service(data) if one.id == feed}
    return tuple(
        KeptVersion(
            feed=_read(file),
            accepted_at=int(file.stat().st_mtime),
            in_service=file.stem in serving,
            waiting=file.stem == state.waiting,
            counts=_counts(file.with_suffix(".json")),
        )
        for file in files
    )


def report_of(data: Path, feed: FeedVersion) -> dict[str, Any]:
    """What was found in a version, as JSON."""
    report: dict[str, Any] = json.loads(stored_feed(data, feed.id, feed.sha256).with_suffix(".json").read_bytes())
    return report


def version_before(data: Path, feed: str, sha256: str) -> str:
    """The version that was in service before this one, "" where none was or none is kept."""
    published = [one for one in read_state(data, feed).published if stored_feed(data, feed, one).exists()]
    older = published[published.index(sha256) + 1 :] if sha256 in published else published
    return older[0] if older else ""


def read_state(data: Path, feed: str) -> FeedState:
    file = data / FEEDS / feed / STATE
    if not file.exists():
        return NEW
    read = json.loads(file.read_bytes())
    fetched = read["fetched"]
    return FeedState(
        tuple(read["published"]),
        read["waiting"],
        read["waiting_network"],
        Fetched(fetched["url"], fetched["sha256"], Seen(**fetched["seen"])),
    )


def write_state(data: Path, feed: str, state: FeedState) -> None:
    folder = data / FEEDS / feed
    folder.mkdir(parents=True, exist_ok=True)
    if state != read_state(data, feed):
        write_whole(folder / STATE, _json(asdict(state)))


def published(state: FeedState, sha256: str, before: str) -> FeedState:
    """The state once this version is put into service in place of `before`; later ones, rolled back, are left out."""
    others = state.published[state.published.index(before) :] if before in state.published else state.published
    history = (sha256, *(one for one in others if one != sha256))
    done = state.waiting == sha256
    return replace(
        state,
        published=history,
        waiting="" if done else state.waiting,
        waiting_network="" if done else state.waiting_network,
    )


def waiting_feeds(data: Path) -> tuple[FeedVersion, ...]:
    """The versions that take over on their first day."""
    folders = sorted(path.parent.name for path in (data / FEEDS).glob(f"*/{STATE}"))
    files = [stored_feed(data, feed, read_state(data, feed).waiting) for feed in folders]
    return tuple(_read(file) for file in files if file.exists())


def forget_versions(data: Path, feed: str, kept: int, used: set[str]) -> None:
    """Removes all but the `kept` accepted last, those used and the one that waits."""
    state = read_state(data, feed)
    for file in _files(data, feed)[kept:]:
        if file.stem not in used | {state.waiting}:
            for one in (file, file.with_suffix(".json"), file.with_suffix(VERSION)):
                one.unlink(missing_ok=True)
    left = tuple(one for one in state.published if stored_feed(data, feed, one).exists())
    write_state(data, feed, replace(state, published=left))


def kept_files(data: Path, feed: str) -> list[Path]:
    """The latest accepted first. Raises NotFound where none is kept."""
    if files := _files(data, feed):
        return files
    names = sorted(folder.name for folder in (data / FEEDS).glob("*"))
    raise NotFound("feed", "feed", tuple(name for name in names if _files(data, name)))


def _files(data: Path, feed: str) -> list[Path]:
    """The latest accepted first; a version is there once its record is."""
    files = [file for file in (data / FEEDS / feed).glob("*.zip") if file.with_suffix(VERSION).exists()]
    return sorted(files, key=lambda file: (file.stat().st_mtime_ns, file.name), reverse=True)


def _read(file: Path) -> FeedVersion:
    read = json.loads(file.with_suffix(VERSION).read_bytes())
    days = {name: date.fromisoformat(read[name]) for name in ("first_day", "last_day")}
    return FeedVersion(**(read | days))


def _counts(report: Path) -> dict[str, int]:
    notices = json.loads(report.read_bytes())["notices"] if report.exists() else []
    return {notice["code"]: notice["totalNotices"] for notice in notices}


def _json(value: object) -> bytes:
    return orjson.dumps(value, option=orjson.OPT_INDENT_2)
