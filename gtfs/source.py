"""Fetches a feed over HTTP: bounded in size and time, unchanged ones not at all (ETag, Last-Modified).

Neither the address nor the bytes are trusted: it leads to public hosts, or to those that the config names (guard.py).
Redirects stay on http and https.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import requests

from gtfs.archive import ReadLimits
from gtfs.errors import UnreadableFeed
from gtfs.guard import guarded_session

SCHEMES = ("http", "https")
CONNECT_TIMEOUT_S = 10.0
BLOCK = 1 << 16
AGENT = "hent (journey planner; feed loader)"


@dataclass(frozen=True, slots=True)
class Seen:
    """What a server said of the feed when it was last fetched, by which it knows it again. "": nothing."""

    etag: str = ""
    last_modified: str = ""

    def conditions(self) -> dict[str, str]:
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


NOT_SEEN = Seen()


@dataclass(frozen=True, slots=True)
class Fetched:
    """path is None where the server says that the feed is still the one that was seen."""

    path: Path | None
    seen: Seen


def fetch(url: str, folder: Path, limits: ReadLimits, seen: Seen = NOT_SEEN) -> Fetched:
    """Writes the feed into the folder. Raises UnreadableFeed if it cannot be had within the limits."""
    if urlsplit(url).scheme not in SCHEMES:
        raise UnreadableFeed("only http and https addresses can be fetched", file=_shown(url))
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"} | seen.conditions()
    timeouts = (min(CONNECT_TIMEOUT_S, limits.max_fetch_s), limits.max_fetch_s)
    try:
        with (
            guarded_session(limits.private_hosts) as session,
            session.get(url, headers=headers, timeout=timeouts, stream=True) as response,
        ):
            if response.status_code == requests.codes.not_modified:
                return Fetched(None, seen)
            response.raise_for_status()
            now = Seen(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
            return Fetched(_saved(response, folder, limits), now)
    except requests.RequestException as error:
        raise UnreadableFeed(f"cannot be fetched: {_reason(error)}", file=_shown(url)) from error


def _saved(response: requests.Response, folder: Path, limits: ReadLimits) -> Path:
    """The whole answer in a new file; nothing stays behind when it breaks off."""
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(suffix=".zip", dir=folder)
    path = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            _copy(response, file.write, limits)
    except BaseException:
        path.unlink()
        raise
    return path


def _copy(response: requests.Response, write: Callable[[bytes], object], limits: ReadLimits) -> None:
    started, size = time.monotonic(), 0
    for block in response.iter_content(BLOCK):
        size += len(block)
        if size > limits.max_zip_bytes:
            raise UnreadableFeed(f"larger than {limits.max_zip_bytes} bytes", file=_shown(response.url))
        if time.monotonic() - started > limits.max_fetch_s:
            raise UnreadableFeed(f"takes longer than {limits.max_fetch_s:g} s", file=_shown(response.url))
        write(block)


def _reason(error: requests.RequestException) -> str:
    if error.response is not None:
        return f"the server answers {error.response.status_code}"
    return "no answer in time" if isinstance(error, requests.Timeout) else type(error).__name__


def _shown(url: str) -> str:
    """Without a user name, password or query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
