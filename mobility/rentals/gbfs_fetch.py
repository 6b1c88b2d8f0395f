"""Fetches the files of a GBFS system over HTTP, from the hosts that the operator named and no others.

Bounded in size and time; a redirect is a fault, since it may lead to any host.
"""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

import orjson
import requests

from mobility.rentals import gbfs

SCHEMES = ("http", "https")
AGENT = "hent (journey planner; shared vehicles)"
BLOCK = 1 << 16
Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RentalSource:
    """A gbfs.json. hosts: further ones that its files may lie on. local: whether it is run for this territory."""

    id: str
    url: str
    hosts: tuple[str, ...] = ()
    licence: str = ""
    local: bool | None = None
    languages: tuple[str, ...] = ("fr",)


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """file_bytes: of each file. whole_s: for all files of a system together."""

    connect_s: float = 3.0
    read_s: float = 5.0
    whole_s: float = 15.0
    file_bytes: int = 16 * 2**20


USUAL_LIMITS = FetchLimits()


class Unfetchable(Exception):
    """A file cannot be had. str() names no address."""


def fetch_all(
    source: RentalSource, without: Collection[str] = (), limits: FetchLimits = USUAL_LIMITS
) -> dict[str, Document]:
    """The files of a system by name, but for some that are known. Raises Unfetchable where the first one or all others
    cannot be had."""
    until = time.monotonic() + limits.whole_s
    start = _fetch(source, source.url, limits, until)
    found = {"gbfs": start}
    for name, address in gbfs.addresses(start, source.languages).items():
        if name in without:
            continue
        try:
            found[name] = _fetch(source, urljoin(source.url, address), limits, until)
        except Unfetchable:
            # Without zones, which come last, what is for hire is known all the same.
            if time.monotonic() > until and name != gbfs.ZONES:
                raise
    if len(found) == 1:
        raise Unfetchable("none of its files can be had")
    return found


def _fetch(source: RentalSource, url: str, limits: FetchLimits, until: float) -> Document:
    parts = urlsplit(url)
    allowed = {urlsplit(source.url).hostname, *source.hosts}
    if parts.scheme not in SCHEMES or parts.hostname not in allowed:
        raise Unfetchable("a file lies on a host that the configuration does not name")
    try:
        with requests.get(
            url,
            headers={"User-Agent": AGENT, "Accept": "application/json"},
            timeout=(limits.connect_s, limits.read_s),
            allow_redirects=False,
            stream=True,
        ) as answer:
            if answer.status_code != requests.codes.ok:
                raise Unfetchable(f"the server answers {answer.status_code}")
            return _document(_body(answer, limits, until))
    except requests.RequestException as error:
        raise Unfetchable(f"no answer ({type(error).__name__})") from error


def _body(answer: requests.Response, limits: FetchLimits, until: float) -> bytes:
    blocks, size = [], 0
    for block in answer.iter_content(BLOCK):
        size += len(block)
        if size > limits.file_bytes:
            raise Unfetchable("a file is too large")
        if time.monotonic() > until:
            raise Unfetchable("it takes too long")
        blocks.append(block)
    return b"".join(blocks)


def _document(body: bytes) -> Document:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unfetchable("a file is no JSON") from error
    if not isinstance(document, dict):
        raise Unfetchable("a file is no JSON object")
    return document
