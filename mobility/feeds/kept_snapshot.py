"""The snapshot of a version that is kept: read from the file that its publisher made, which takes seconds for millions
of calls, and kept as arrays, so that who builds a network of it again maps it.

DIR/snapshots/FEED/SHA256/   of what is in service or waits

What is kept holds for one text of the reader, one set of limits and one file as it stands: after an upgrade, or where
somebody has touched the file, the file is read again.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from functools import cache
from hashlib import sha256
from pathlib import Path

import numpy as np

import gtfs
from gtfs.archive import ReadLimits
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.feeds import packed_records
from mobility.feeds.packed_records import packed, unpacked
from mobility.feeds.versions import stored_feed
from mobility.network.network import FeedVersion
from mobility.network.packed_arrays import open_packed, save_packed

SNAPSHOTS, MADE_OF = "snapshots", "made_of"

LOG = logging.getLogger("hent.feeds")


def snapshot_of(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot:
    """A version that was accepted before, and not judged once more. Raises UnreadableFeed."""
    return _find(data, feed, limits) or _read(data, feed, limits)


def snapshot_to_build_of(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot:
    """The same for who holds the lock of the folder, and may keep what was read. Raises UnreadableFeed."""
    found = _find(data, feed, limits)
    if found is None:
        found = _read(data, feed, limits)
        keep_snapshot(data, found, limits)
    return found


def keep_snapshot(data: Path, found: FeedSnapshot, limits: ReadLimits) -> None:
    """Of a version whose file is kept. What the disk refuses, or JSON cannot hold, is read again when it is wanted."""
    file, folder = stored_feed(data, found.source.id, found.sha256), _folder(data, found.source.id, found.sha256)
    try:
        shutil.rmtree(folder, ignore_errors=True)
        made_of = np.frombuffer(_made_of(file, limits), np.uint8)
        save_packed(folder, packed(found) | {MADE_OF: made_of}, settled=True)
    except (OSError, TypeError) as error:
        LOG.warning("a snapshot could not be kept", extra={"feed": found.source.id, "fault": type(error).__name__})


def forget_snapshots(data: Path, used: Collection[tuple[str, str]]) -> None:
    """Removes all but those of these feeds and versions: nobody builds a network of the others soon."""
    for folder in (data / SNAPSHOTS).glob("*/*"):
        if (folder.parent.name, folder.name) not in used:
            shutil.rmtree(folder, ignore_errors=True)


def _folder(data: Path, feed: str, sha256: str) -> Path:
    return data / SNAPSHOTS / feed / sha256


def _read(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot:
    return snapshot(load(stored_feed(data, feed.id, feed.sha256), _source(feed), limits))


def _find(data: Path, feed: FeedVersion, limits: ReadLimits) -> FeedSnapshot | None:
    """None where there is none, or one that was cut short or made of something else."""
    file = stored_feed(data, feed.id, feed.sha256)
    with suppress(OSError, ValueError, KeyError, TypeError):
        arrays = open_packed(_folder(data, feed.id, feed.sha256))
        if arrays.pop(MADE_OF).tobytes() == _made_of(file, limits):
            return replace(unpacked(FeedSnapshot, arrays), source=_source(feed))
    return None


def _source(feed: FeedVersion) -> FeedSource:
    return FeedSource(feed.id, feed.licence, feed.publisher, feed.url)


def _made_of(file: Path, limits: ReadLimits) -> bytes:
    """Raises OSError where there is no file."""
    as_it_stands = file.stat()
    return repr((_text_of_the_reader(), limits, as_it_stands.st_size, as_it_stands.st_mtime_ns)).encode()


@cache
def _text_of_the_reader() -> str:
    """A digest: what is kept was read, and written, by this very text."""
    digest = sha256()
    for path in (*sorted(Path(gtfs.__file__).parent.rglob("*.py")), Path(packed_records.__file__)):
        digest.update(path.read_bytes())
    return digest.hexdigest()
