"""One file over HTTP: whole, or not at all where it is still the one that was seen.

Neither the address nor what is sent is trusted: it leads to hosts that the config names, or to public ones where that
is allowed (guard.py), also after a redirect; bytes and the seconds of the whole are bounded.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, ReadTimeoutError

from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.guard import guarded_session
from mobility.remote.timeout import TotalTimeout
from mobility.remote.validators import NOT_SEEN, Validators

SCHEMES = ("http", "https")
AGENT = "hent (journey planner)"
BLOCK = 1 << 16
MIB = 2**20
MOST_REDIRECTS = 4


@dataclass(frozen=True, slots=True)
class FetchBounds:
    """max_bytes: of the body, unpacked. whole_s: from the first connection to the last byte. silence_s: without one."""

    max_bytes: int
    whole_s: float
    silence_s: float = 60.0
    connect_s: float = 10.0


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """named: hosts that the config names, which may lie in a network of one's own. public: whether it may lie, or be
    redirected to, on any other host with a public address."""

    url: str
    bounds: FetchBounds
    named: Collection[str]
    public: bool = False
    accept: str = "*/*"


Write = Callable[[bytes, int], object]
"""Told a piece, and of how many bytes in all: 0 where the server does not say."""


def fetch(file: RemoteFile, write: Write, seen: Validators = NOT_SEEN) -> Validators | None:
    """None, and nothing written, where the server says that it is still the one that was seen. Raises Unfetchable,
    after which what was written is no whole file."""
    with TotalTimeout(file.bounds.whole_s) as timeout:
        try:
            with guarded_session(file.named, timeout) as session:
                found = _followed(session, file, write, seen)
        except (requests.RequestException, HTTPError, UnicodeError, ValueError) as error:
            raise _late(file) if timeout.is_over else _unanswered(error) from error
        if timeout.is_over:  # a body without a length ends wherever its connection does
            raise _late(file)
        return found


def body_of(file: RemoteFile, seen: Validators = NOT_SEEN) -> tuple[bytes, Validators] | None:
    """The same in memory."""
    blocks: list[bytes] = []
    found = fetch(file, lambda block, total: blocks.append(block), seen)
    return None if found is None else (b"".join(blocks), found)


def _followed(session: requests.Session, file: RemoteFile, write: Write, seen: Validators) -> Validators | None:
    headers = {"User-Agent": AGENT, "Accept": file.accept, "Accept-Encoding": "identity"} | seen.conditions()
    timeouts, url = (file.bounds.connect_s, file.bounds.silence_s), file.url
    for _ in range(MOST_REDIRECTS + 1):
        _judge(url, file)
        with session.get(url, headers=headers, timeout=timeouts, stream=True, allow_redirects=False) as answer:
            if answer.is_redirect:
                url = _joined(url, answer.headers["Location"].encode("latin-1").decode("utf-8", "replace"))
            elif answer.status_code == requests.codes.not_modified and seen != NOT_SEEN:
                return None
            elif answer.status_code != requests.codes.ok:
                raise Unfetchable(FetchFault.SERVER_ANSWERS, status=answer.status_code)
            else:
                copy_body(answer, write, file.bounds.max_bytes)
                return Validators(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
    raise Unfetchable(FetchFault.REDIRECTED_TOO_OFTEN)


def _joined(url: str, to: str) -> str:
    try:
        return urljoin(url, to)
    except ValueError as error:
        raise Unfetchable(FetchFault.REDIRECTED_NOWHERE) from error


def _judge(url: str, file: RemoteFile) -> None:
    """Raises Unfetchable."""
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise Unfetchable(FetchFault.NO_ADDRESS)
    if parts.hostname not in file.named and not file.public:
        raise Unfetchable(FetchFault.NOT_NAMED, host=parts.hostname[:80])


def copy_body(answer: requests.Response, write: Write, max_bytes: int) -> None:
    """Raises Unfetchable where it is longer."""
    size, length = 0, answer.headers.get("Content-Length", "")
    total = int(length) if length.isascii() and length.isdigit() else 0
    for block in answer.iter_content(BLOCK):
        size += len(block)
        if size > max_bytes:
            shown = f"{max_bytes // MIB} MiB" if max_bytes % MIB == 0 else f"{max_bytes} bytes"
            raise Unfetchable(FetchFault.FETCHED_TOO_LARGE, most=shown)
        write(block, total)


def _late(file: RemoteFile) -> Unfetchable:
    return Unfetchable(FetchFault.TOO_LONG, seconds=file.bounds.whole_s)


def _unanswered(error: Exception) -> Unfetchable:
    """In the midst of a body requests tells a time-out as a lost connection."""
    is_silent = isinstance(error, requests.Timeout) or any(isinstance(one, ReadTimeoutError) for one in error.args)
    if is_silent:
        return Unfetchable(FetchFault.LATE_ANSWER)
    return Unfetchable(FetchFault.NO_ANSWER, fault=type(error).__name__)


def host_of(url: str) -> str:
    return urlsplit(url).hostname or ""


def shown(url: str) -> str:
    """Without a user name, password or query, which may hold a key."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
