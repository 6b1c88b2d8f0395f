"""A live version as one file, and the pointer that says which is in force: written by one, mapped by all.

DIR/live/versions/ID.packed         changed runs, alerts, positions and what they come from; never changed
DIR/live/now-NETWORK                the ID in force beside a network, of whose version NETWORK is the beginning
DIR/live/sources.json               when each source was last read, and what was made of it
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import orjson

from mobility.network.changed_runs import ChangedRuns, arrays_of, runs_from
from mobility.network.files import changed_ns, write_whole
from mobility.network.live_alerts import LiveAlert, alert_from
from mobility.network.packed_arrays import packed, unpacked

LOG = logging.getLogger("hent.live")
DOCUMENT = "document.json"
LIVE, VERSIONS, SOURCES = "live", "versions", "sources.json"
SUFFIX = ".packed"
KEPT = 4
"""So many versions stay: a worker that was given a pointer may still open the one before."""
SHORT = 32
PUBLISHING_S = 600
"""No network takes longer from its pointer to being published."""


@dataclass(frozen=True, slots=True)
class LivePosition:
    """A vehicle. trip: of the planned network, -1 not known; day: its service day, as ordinal."""

    trip: int
    day: int
    lat: float
    lon: float
    bearing: float | None
    timestamp_s: int | None
    occupancy: str


@dataclass(frozen=True, slots=True, eq=False)
class LiveState:
    """What is known now, in rows of the network `network` (its version). sources: who said so, by name."""

    network: str
    runs: ChangedRuns
    alerts: tuple[LiveAlert, ...] = ()
    positions: tuple[LivePosition, ...] = ()
    sources: tuple[str, ...] = ()


def live_folder(data: Path) -> Path:
    return data / LIVE


def write_state(data: Path, state: LiveState) -> str:
    """The version's id, named by what is in it. Raises OSError."""
    body = _packed(state)
    version = hashlib.sha256(body).hexdigest()[:SHORT]
    folder = live_folder(data) / VERSIONS
    folder.mkdir(parents=True, exist_ok=True)
    if not (file := folder / f"{version}{SUFFIX}").exists():
        write_whole(file, body, settled=False)
    return version


def read_state(data: Path, version: str) -> LiveState | None:
    """None where it cannot be read: forgotten just now, or cut short."""
    try:
        arrays = unpacked((live_folder(data) / VERSIONS / f"{version}{SUFFIX}").read_bytes())
        told = orjson.loads(arrays.pop(DOCUMENT).tobytes())
        return LiveState(
            network=told["network"],
            runs=runs_from(arrays),
            alerts=tuple(map(alert_from, told["alerts"])),
            positions=tuple(LivePosition(**one) for one in told["positions"]),
            sources=tuple(told["sources"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        LOG.error("a live version cannot be opened")
        return None


def _packed(state: LiveState) -> bytes:
    told = {
        "network": state.network,
        "alerts": [asdict(alert) | {"scopes": [list(scope) for scope in alert.scopes]} for alert in state.alerts],
        "positions": [asdict(position) for position in state.positions],
        "sources": state.sources,
    }
    arrays: dict[str, Any] = dict(arrays_of(state.runs))
    arrays[DOCUMENT] = np.frombuffer(orjson.dumps(told), np.uint8)
    return packed(arrays)


def pointer(data: Path, network: str) -> Path:
    return live_folder(data) / f"now-{network[:SHORT]}"


def put_in_force(data: Path, network: str, version: str) -> None:
    """One rename. Raises OSError."""
    write_whole(pointer(data, network), version.encode("ascii"), settled=False)


def in_force(data: Path, network: str) -> str:
    """The id of the version beside a network, "" where there is none."""
    return _read(pointer(data, network))


def _read(pointer: Path) -> str:
    try:
        return pointer.read_bytes().decode("ascii", "replace").strip()
    except OSError:
        return ""


def read_sources(data: Path) -> dict[str, Any]:
    """Ages, faults and counts as the writer last told them; empty before it has."""
    try:
        told = orjson.loads((live_folder(data) / SOURCES).read_bytes())
        return told if isinstance(told, dict) else {}
    except (OSError, ValueError):
        return {}


def forget_states(data: Path, networks: Iterable[str]) -> None:
    """All but the versions in force beside these networks and those written last. A pointer just made stays: its
    network is about to be published. What a writer that was killed had begun to write goes, too."""
    folder = live_folder(data)
    known = {f"now-{network[:SHORT]}" for network in networks}
    for one in folder.glob("now-*"):
        if one.name not in known and _is_settled(one):
            one.unlink(missing_ok=True)
    pointed = {_read(one) for one in folder.glob("now-*")}
    written = sorted((folder / VERSIONS).glob("[!.]*"), key=changed_ns)
    for old in written[:-KEPT]:
        if old.stem not in pointed:
            old.unlink(missing_ok=True)
    for begun in folder.rglob(".*-*"):
        if _is_settled(begun):
            begun.unlink(missing_ok=True)


def _is_settled(file: Path) -> bool:
    """Whether it is no more of a state that is just being published."""
    return time.time() - changed_ns(file) / 10**9 > PUBLISHING_S
