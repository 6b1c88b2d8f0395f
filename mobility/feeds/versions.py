"""The versions of each feed that were accepted, on disk: named by their sha256, never changed.

DIR/feeds/FEED/SHA256.zip            a version as it was published
DIR/feeds/FEED/SHA256.json           what was found in it
DIR/feeds/FEED/SHA256.version.json   its licence, publisher, address and days
DIR/feeds/FEED/rejected.json         what was found in the last one that was refused

A version is always read from the file that its publisher made, and what is kept of that beside it holds for one text of
the reader (mobility/feeds/kept_snapshot.py): no form of ours has to outlive an upgrade.
Only who holds the lock of DIR (mobility/feeds/lock.py) writes here. A version whose record is damaged is as if it were
not kept, and is written down anew when it is loaded again: one bad file ends no service.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from gtfs.notice import Report
from gtfs.snapshot import FeedSource
from mobility.errors import FolderFault, FolderUnavailable, NotFound
from mobility.feeds.state import (
    NOT_UNDERSTOOD,
    FeedState,
    States,
    feed_folders,
    feed_of,
    feeds_in_service,
    read_state,
    told,
)
from mobility.network.current import FEEDS
from mobility.network.files import changed_ns, copy_whole, write_whole
from mobility.network.network import FeedVersion

REJECTED, VERSION = "rejected.json", ".version.json"

LOG = logging.getLogger("hent.feeds")


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """accepted_at: epoch seconds. counts: findings by code."""

    feed: FeedVersion
    accepted_at: int
    in_service: bool
    waiting: bool
    counts: dict[str, int]


def version_in_service(data: Path, feed_id: str) -> FeedVersion:
    """Raises NotFound."""
    serving = {feed.id: feed for feed in feeds_in_service(data)}
    if feed_id not in serving:
        raise NotFound("feed", "feed", tuple(serving))
    return serving[feed_id]


def stored_feed(data: Path, feed: str, sha256: str) -> Path:
    return data / FEEDS / feed / f"{sha256}.zip"


def keep(data: Path, file: Path, feed: FeedVersion, report: Report) -> None:
    """Raises OSError; what was kept before is as it was."""
    stored = stored_feed(data, feed.id, feed.sha256)
    stored.parent.mkdir(parents=True, exist_ok=True)
    if not stored.exists():
        copy_whole(file, stored)
    write_whole(stored.with_suffix(".json"), told(report.to_dict()))
    write_whole(stored.with_suffix(VERSION), told(asdict(feed)))


def keep_rejected(data: Path, feed: str, report: Report) -> None:
    folder = data / FEEDS / feed
    folder.mkdir(parents=True, exist_ok=True)
    write_whole(folder / REJECTED, told(report.to_dict()))


def kept_version(data: Path, feed: str, sha256: str, asked: str = "version") -> FeedVersion:
    """By the whole sha256 or the beginning of it. Raises NotFound, as it does where nothing of the feed is kept;
    FolderUnavailable where the record of this version is damaged."""
    found = [one for one in kept_files(data, feed) if sha256 and one.stem.startswith(sha256)]
    if len(found) != 1:
        raise NotFound("version of this feed", asked)
    return _in_service(data, feed).get(found[0].stem) or _kept(found[0], asked)


def find_version(data: Path, source: FeedSource, sha256: str) -> FeedVersion | None:
    """The version as it was accepted, if it was, from such a source."""
    file = stored_feed(data, source.id, sha256)
    found = _find(file) if sha256 and file.with_suffix(VERSION).exists() else None
    if found is None:
        return None
    same = (found.licence, found.url) == (source.licence, source.url) and source.publisher in ("", found.publisher)
    return found if same else None


def kept_versions(data: Path, feed: str) -> tuple[KeptVersion, ...]:
    """The latest accepted first. Raises NotFound where none is kept whose record can be read."""
    files, state, serving = kept_files(data, feed), read_state(data, feed), _in_service(data, feed)
    found = [(file, changed_ns(file) // 10**9) for file in files]
    known = [(*one, version) for one in found if all(one) and (version := serving.get(one[0].stem) or _find(one[0]))]
    if not known:
        raise NotFound("feed", "feed")
    return tuple(
        KeptVersion(
            feed=version,
            accepted_at=accepted_s,
            in_service=file.stem in serving,
            waiting=file.stem == state.waiting,
            counts=_counts(file.with_suffix(".json")),
        )
        for file, accepted_s, version in known
    )


def report_of(data: Path, feed: FeedVersion) -> dict[str, Any]:
    """What was found in a version, as JSON. Raises FolderUnavailable where that is gone or damaged."""
    return _document(stored_feed(data, feed.id, feed.sha256).with_suffix(".json"))


def version_before(data: Path, feed: str, state: FeedState, sha256: str) -> str:
    """The version that was in service before this one, "" where none was or none is kept."""
    published = _published_and_kept(data, feed, state)
    older = published[published.index(sha256) + 1 :] if sha256 in published else published
    return older[0] if older else ""


def version_after(data: Path, feed: str, state: FeedState, sha256: str) -> str:
    """The version from which one went back to this one, "" where none is kept."""
    published = _published_and_kept(data, feed, state)
    newer = published[: published.index(sha256)] if sha256 in published else []
    return newer[-1] if newer else ""


def _published_and_kept(data: Path, feed: str, state: FeedState) -> list[str]:
    """The latest first."""
    return [one for one in state.published if stored_feed(data, feed, one).exists()]


def waiting_feeds(data: Path, states: States | None = None) -> tuple[FeedVersion, ...]:
    """The versions that take over on their first day. states: where they were read already."""
    known = states if states is not None else {feed: read_state(data, feed) for feed in feed_folders(data)}
    files = [stored_feed(data, feed, state.waiting) for feed, state in sorted(known.items()) if state.waiting]
    return tuple(version for file in files if file.exists() and (version := _find(file)))


def forget_versions(data: Path, feed: str, kept: int, used: Collection[str]) -> None:
    """Removes all but the `kept` accepted last and those used."""
    for file in _files(data, feed)[kept:]:
        if file.stem not in used:
            for one in (file, file.with_suffix(".json"), file.with_suffix(VERSION)):
                one.unlink(missing_ok=True)


def kept_files(data: Path, feed: str) -> list[Path]:
    """The latest accepted first. Raises NotFound where none is kept."""
    if files := _files(data, feed):
        return files
    raise NotFound("feed", "feed", feeds_kept(data))


def feeds_kept(data: Path) -> tuple[str, ...]:
    """The feeds of which some version is kept, in service or not."""
    return tuple(feed for feed in feed_folders(data) if _files(data, feed))


def _files(data: Path, feed: str) -> list[Path]:
    """The latest accepted first; a version is there once its record is."""
    files = [file for file in (data / FEEDS / feed).glob("*.zip") if file.with_suffix(VERSION).exists()]
    return sorted(files, key=lambda file: (changed_ns(file), file.name), reverse=True)


def _in_service(data: Path, feed: str) -> dict[str, FeedVersion]:
    """By sha256. What is in service is known from its network, even where the record beside its file is damaged."""
    return {one.sha256: one for one in feeds_in_service(data) if one.id == feed}


def _kept(file: Path, asked: str) -> FeedVersion:
    """Raises NotFound where another process has just forgotten it, FolderUnavailable where its record is damaged."""
    try:
        return _read(file)
    except FolderUnavailable:
        if file.with_suffix(VERSION).exists():
            raise
        raise NotFound("version of this feed", asked) from None


def _find(file: Path) -> FeedVersion | None:
    """None where the record is gone or damaged."""
    try:
        return _read(file)
    except FolderUnavailable as fault:
        LOG.error("the record of a version is damaged", extra={"feed": file.parent.name, "fault": fault.reason})
        return None


def _read(file: Path) -> FeedVersion:
    """Raises FolderUnavailable."""
    record = file.with_suffix(VERSION)
    try:
        return feed_of(_document(record))
    except NOT_UNDERSTOOD:
        raise _damaged(record) from None


def _counts(report: Path) -> dict[str, int]:
    """By code; none where the report is gone or damaged."""
    try:
        return {notice["code"]: notice["totalNotices"] for notice in _document(report)["notices"]}
    except (FolderUnavailable, *NOT_UNDERSTOOD):
        return {}


def _document(file: Path) -> dict[str, Any]:
    """Raises FolderUnavailable where it is gone, or not as it was written."""
    with suppress(OSError, ValueError):
        if isinstance(document := json.loads(file.read_bytes()), dict):
            return document
    raise _damaged(file)


def _damaged(file: Path) -> FolderUnavailable:
    name = f"{FEEDS}/{file.parent.name}/{file.name}"
    return FolderUnavailable(f"{name} is damaged or gone", FolderFault.DAMAGED_FILE, file=name)
