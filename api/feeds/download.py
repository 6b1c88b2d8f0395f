"""Fetches a file that the config names, beside its place first: bounded in size and time, an unchanged one not at all.

DIR/fetched/ID.json   what the server said of it, by which it knows it again
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import IO

import orjson

from api.config.parts import FileSection
from api.feeds.inputs import MIB
from mobility.network.files import whole, write_whole
from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, fetch, host_of
from mobility.remote.validators import NOT_SEEN, Validators

FETCHED = "fetched"
LIMITS = {FetchFault.FETCHED_TOO_LARGE: " (files.most_mib)", FetchFault.TOO_LONG: " (files.most_s)"}


class _Unchanged(Exception):
    """Leaves what is written aside as it is."""


def download(file: FileSection, data: Path, said: Callable[[str], object]) -> bool:
    """Whether there is a new one. said: told how much has come. Raises Unfetchable, OSError; then the file that stood
    there still does."""
    path, seen_file = Path(file.path), data / FETCHED / f"{file.id}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    known = _seen(seen_file, file.url) if path.is_file() else NOT_SEEN
    try:
        with whole(path) as into:
            seen = _fetched(file, into, said, known)
    except _Unchanged:
        return False
    seen_file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(seen_file, orjson.dumps(asdict(seen) | {"url": file.url}))
    return True


def _fetched(file: FileSection, into: IO[bytes], said: Callable[[str], object], known: Validators) -> Validators:
    bounds = FetchBounds(file.most_mib * MIB, file.most_s)
    remote, size = RemoteFile(file.url, bounds, {host_of(file.url)}, public=True), 0

    def write(block: bytes, total: int) -> None:
        nonlocal size
        size += into.write(block)
        said(f"{file.id}: {size / MIB:.0f} MiB" + (f" of {total / MIB:.0f}" if total else ""))

    try:
        seen = fetch(remote, write, known)
    except Unfetchable as error:
        raise Unfetchable(error.code, LIMITS.get(error.code, ""), **error.values) from error
    if seen is None:
        raise _Unchanged
    return seen


def _seen(file: Path, url: str) -> Validators:
    try:
        read = json.loads(file.read_bytes())
        return Validators(read["etag"], read["last_modified"]) if read["url"] == url else NOT_SEEN
    except (OSError, ValueError, KeyError, TypeError):
        return NOT_SEEN
