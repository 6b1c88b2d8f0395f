"""Fetches a file that the config names, beside its place first: bounded in size and time, an unchanged one not at all.

DIR/fetched/ID.json   what the server said of it, by which it knows it again
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

import orjson
import requests

from api.config.parts import FileSection
from api.feeds.inputs import MIB
from gtfs.errors import UnreadableFeed
from gtfs.guard import guarded_session
from gtfs.source import AGENT, BLOCK, CONNECT_TIMEOUT_S, NOT_SEEN, Seen
from mobility.network.files import whole, write_whole

FETCHED = "fetched"
SILENCE_S = 60.0


class Unobtainable(Exception):
    """str() says why, without the address's query."""


def download(file: FileSection, data: Path, said: Callable[[str], object]) -> bool:
    """Whether there is a new one. said: told how much has come. Raises Unobtainable, OSError; then the file that stood
    there still does."""
    path, seen_file = Path(file.path), data / FETCHED / f"{file.id}.json"
    headers = {"User-Agent": AGENT, "Accept-Encoding": "identity"}
    headers |= _seen(seen_file, file.url).conditions() if path.is_file() else {}
    host = urlsplit(file.url).hostname or ""
    try:
        with (
            guarded_session([host.lower()]) as session,
            session.get(file.url, headers=headers, timeout=(CONNECT_TIMEOUT_S, SILENCE_S), stream=True) as response,
        ):
            if response.status_code == requests.codes.not_modified:
                return False
            response.raise_for_status()
            _save(response, path, file, said)
            now = Seen(response.headers.get("ETag", ""), response.headers.get("Last-Modified", ""))
    except requests.RequestException as error:
        raise Unobtainable(_reason(error)) from error
    except UnreadableFeed as error:  # a host on a network of one's own, behind a redirect
        raise Unobtainable(str(error)) from error
    seen_file.parent.mkdir(parents=True, exist_ok=True)
    write_whole(seen_file, orjson.dumps(asdict(now) | {"url": file.url}))
    return True


def _save(response: requests.Response, path: Path, file: FileSection, said: Callable[[str], object]) -> None:
    began, size = time.monotonic(), 0
    total = int(response.headers.get("Content-Length") or 0)
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole(path) as into:
        for block in response.iter_content(BLOCK):
            size += len(block)
            if size > file.most_mib * MIB:
                raise Unobtainable(f"larger than {file.most_mib} MiB (files.most_mib)")
            if time.monotonic() - began > file.most_s:
                raise Unobtainable(f"takes longer than {file.most_s} s (files.most_s)")
            into.write(block)
            said(f"{file.id}: {size / MIB:.0f} MiB" + (f" of {total / MIB:.0f}" if total else ""))
        if total and size != total:
            raise Unobtainable("the server breaks off")


def _seen(file: Path, url: str) -> Seen:
    try:
        read = json.loads(file.read_bytes())
        return Seen(read["etag"], read["last_modified"]) if read["url"] == url else NOT_SEEN
    except (OSError, ValueError, KeyError, TypeError):
        return NOT_SEEN


def _reason(error: requests.RequestException) -> str:
    if error.response is not None:
        return f"the server answers {error.response.status_code}"
    return "no answer in time" if isinstance(error, requests.Timeout) else f"no answer ({type(error).__name__})"
