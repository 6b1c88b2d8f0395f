"""The bytes of a source: a file, or an address on a host that the operator named; conditional and bounded."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests

from gtfs.realtime.decode import MOST_BYTES
from mobility.live.source import is_address

AGENT = "hent (journey planner; real time)"
BLOCK = 1 << 16
CONNECT_S, READ_S, WHOLE_S = 3.0, 5.0, 10.0
MOST_REDIRECTS = 4


class UnfetchableSource(Exception):
    """str() names no address."""


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a body is known: nothing is read again while it stays the same."""

    etag: str = ""
    modified: str = ""
    file: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class FetchedBody:
    body: bytes
    mark: Mark


def fetch(place: str, known: Mark, hosts: Collection[str] = ()) -> FetchedBody | None:
    """None where nothing has changed, or a file is not there yet. hosts: to which a redirect may lead. Raises
    UnfetchableSource."""
    if not is_address(place):
        return _from_file(Path(place), known)
    try:
        return _from_hosts(place, known, hosts)
    except ValueError as error:  # an address that is none, behind a redirect
        raise UnfetchableSource("is redirected to what is no address") from error


def _from_hosts(place: str, known: Mark, hosts: Collection[str]) -> FetchedBody | None:
    """Raises UnfetchableSource, ValueError."""
    allowed = {urlsplit(place).hostname, *hosts}
    for _ in range(MOST_REDIRECTS):
        found = _from_host(place, known)
        if not isinstance(found, str):
            return found
        place = urljoin(place, found)
        if not is_address(place) or urlsplit(place).hostname not in allowed:
            raise UnfetchableSource("is redirected to a host that the configuration does not name")
    raise UnfetchableSource("is redirected too often")


def _from_file(path: Path, known: Mark) -> FetchedBody | None:
    try:
        status = path.stat()
        mark = Mark(file=(status.st_mtime_ns, status.st_size, status.st_ino))
        if mark == known:
            return None
        if status.st_size > MOST_BYTES:
            raise UnfetchableSource("is too large")
        return FetchedBody(path.read_bytes(), mark)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnfetchableSource(f"cannot be read ({error.strerror})") from error


def _from_host(url: str, known: Mark) -> FetchedBody | str | None:
    """An address where it is redirected."""
    headers = {"User-Agent": AGENT, "Accept": "application/x-protobuf, application/octet-stream, */*;q=0.1"}
    headers |= {"If-None-Match": known.etag} if known.etag else {}
    headers |= {"If-Modified-Since": known.modified} if known.modified else {}
    try:
        with requests.get(
            url, headers=headers, timeout=(CONNECT_S, READ_S), allow_redirects=False, stream=True
        ) as answer:
            if answer.status_code == requests.codes.not_modified:
                return None
            if answer.is_redirect:
                return answer.headers["Location"]
            if answer.status_code != requests.codes.ok:
                raise UnfetchableSource(f"the server answers {answer.status_code}")
            mark = Mark(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
            return FetchedBody(_body(answer), mark)
    except (requests.RequestException, UnicodeError) as error:
        raise UnfetchableSource(f"no answer ({type(error).__name__})") from error


def _body(answer: requests.Response) -> bytes:
    blocks, size, until = [], 0, time.monotonic() + WHOLE_S
    for block in answer.iter_content(BLOCK):
        size += len(block)
        if size > MOST_BYTES:
            raise UnfetchableSource("is too large")
        if time.monotonic() > until:
            raise UnfetchableSource("takes too long")
        blocks.append(block)
    return b"".join(blocks)
