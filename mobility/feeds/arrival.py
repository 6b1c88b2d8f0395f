"""A feed comes in: from an address, a zip or a folder to one zip file on this machine, named by its sha256."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import Incoming, LoadContext
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.state import LastFetch
from mobility.feeds.versions import stored_feed
from mobility.remote.errors import Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, fetch, shown
from mobility.remote.validators import NOT_SEEN, Validators

ADDRESS = ("http://", "https://")


@dataclass(frozen=True, slots=True)
class Arrived:
    """fetched: what to remember of the address it came from, if it came from one. force: see Incoming."""

    source: FeedSource
    file: Path
    sha256: str
    fetched: LastFetch | None = None
    force: bool = False


def arrive(at: LoadContext, feed: Incoming, folder: Path, known: LastFetch) -> Arrived | None:
    """What is fetched or packed stands in `folder`. None where the address has nothing new and no more was asked.
    known: what came last.

    Raises UnreadableFeed if it cannot be fetched within the limits.
    """
    if feed.file.startswith(ADDRESS):
        at.watch(Progress(LoadStep.FETCH, feed.source.id))
        return _fetched(at, feed, folder, known if known.url == feed.file else LastFetch())
    file = Path(feed.file)
    if file.is_dir():
        file = Path(shutil.make_archive(str(folder / f"packed-{feed.source.id}"), "zip", file))
    return Arrived(feed.source, file, _sha256(file), force=feed.force)


def _fetched(at: LoadContext, feed: Incoming, folder: Path, known: LastFetch) -> Arrived | None:
    stored = stored_feed(at.data, feed.source.id, known.sha256)
    came = folder / f"fetched-{feed.source.id}.zip"
    seen = _came(at, feed.file, came, known.seen if feed.only_new or stored.exists() else NOT_SEEN)
    if seen is None:
        return None if feed.only_new else Arrived(feed.source, stored, known.sha256, force=feed.force)
    sha256 = _sha256(came)
    if feed.only_new and sha256 == known.sha256:
        return None
    return Arrived(feed.source, came, sha256, LastFetch(feed.file, sha256, seen), feed.force)


def _came(at: LoadContext, url: str, into: Path, seen: Validators) -> Validators | None:
    """None where the server has nothing new. Raises UnreadableFeed."""
    bounds = FetchBounds(at.inputs.limits.max_zip_bytes, at.inputs.fetch_s)
    try:
        with into.open("wb") as file:
            remote = RemoteFile(url, bounds, at.inputs.named_hosts, public=True)
            return fetch(remote, lambda block, total: file.write(block), seen)
    except Unfetchable as error:
        raise UnreadableFeed(error.code, f"cannot be fetched: {error}", file=shown(url), **error.values) from error


def _sha256(file: Path) -> str:
    """ "" where there is no such file; who reads it says so. Raises UnreadableFeed where it is not ours to read."""
    if not file.is_file():
        return ""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except PermissionError as error:
        raise UnreadableFeed(FeedFault.FILE_FORBIDDEN, file=file.name) from error
