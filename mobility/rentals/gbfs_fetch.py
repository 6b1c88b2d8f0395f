"""The files of a GBFS system, from the hosts that the operator named and no others."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import orjson

from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.remote_file import FetchBounds, RemoteFile, body_of, host_of
from mobility.rentals import gbfs

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
        raise Unfetchable(FetchFault.NOTHING_HAD)
    return found


def _fetch(source: RentalSource, url: str, limits: FetchLimits, until: float) -> Document:
    left_s = until - time.monotonic()
    if left_s <= 0:
        raise Unfetchable(FetchFault.TOO_LONG, seconds=limits.whole_s)
    bounds = FetchBounds(limits.file_bytes, left_s, limits.read_s, limits.connect_s)
    found = body_of(RemoteFile(url, bounds, {host_of(source.url), *source.hosts}, accept="application/json"))
    return _document(found[0] if found else b"")


def _document(body: bytes) -> Document:
    try:
        document = orjson.loads(body)
    except orjson.JSONDecodeError as error:
        raise Unfetchable(FetchFault.NO_JSON) from error
    if not isinstance(document, dict):
        raise Unfetchable(FetchFault.NO_JSON_OBJECT)
    return document
