"""The bytes of a source: a file, or an address on a host that the operator named; conditional and bounded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from gtfs.realtime.decode import MOST_BYTES
from mobility.live.source import is_address
from mobility.remote.errors import FetchFault, Unfetchable
from mobility.remote.remote_file import MIB, FetchBounds, RemoteFile, body_of, host_of
from mobility.remote.validators import NOT_SEEN, Validators

ACCEPT = "application/x-protobuf, application/octet-stream, */*;q=0.1"
BOUNDS = FetchBounds(MOST_BYTES, whole_s=10.0, silence_s=5.0, connect_s=3.0)


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a body is known: nothing is read again while it stays the same."""

    seen: Validators = NOT_SEEN
    file: tuple[int, int, int] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class FetchedBody:
    body: bytes
    mark: Mark


def fetch(place: str, known: Mark, hosts: Collection[str] = (), bounds: FetchBounds = BOUNDS) -> FetchedBody | None:
    """None where nothing has changed, or a file is not there yet. hosts: to which a redirect may lead. Raises
    Unfetchable."""
    if not is_address(place):
        return _from_file(Path(place), known)
    found = body_of(RemoteFile(place, bounds, {host_of(place), *hosts}, accept=ACCEPT), known.seen)
    return None if found is None else FetchedBody(found[0], Mark(found[1]))


def _from_file(path: Path, known: Mark) -> FetchedBody | None:
    try:
        status = path.stat()
        mark = Mark(file=(status.st_mtime_ns, status.st_size, status.st_ino))
        if mark == known:
            return None
        if status.st_size > MOST_BYTES:
            raise Unfetchable(FetchFault.FETCHED_TOO_LARGE, most=f"{MOST_BYTES // MIB} MiB")
        return FetchedBody(path.read_bytes(), mark)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise Unfetchable(FetchFault.CANNOT_BE_READ, fault=error.strerror) from error
