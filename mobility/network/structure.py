"""What was found when the graph of a network was looked at (connections.py), and the file that has it.

DIR/networks/VERSION/structure.json
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import orjson

from mobility.ids import feed_of
from mobility.network.files import write_whole
from mobility.network.network import Network

FILE = "structure.json"


@dataclass(frozen=True, slots=True)
class CutOff:
    """closed: stop or line. people: of the communes, each with the stop nearest to its centre of those to which a way
    leads, or with the zone on demand that alone serves it."""

    closed: str
    id: str
    name: str
    stops: tuple[str, ...]
    communes: tuple[str, ...]
    people: int


@dataclass(frozen=True, slots=True)
class StepFreeReach:
    """How many stops one reaches from a station without steps: yes, no, nobody knows."""

    station: str
    name: str
    yes: int
    no: int
    not_known: int


@dataclass(frozen=True, slots=True)
class Structure:
    """Names are those of the API. cut_off: what is worst first. is_known: else the network is too large to look at.
    boats_unmapped: names of boat lines whose quays have neither water nor streets on the map between them."""

    cut_off: tuple[CutOff, ...] = ()
    cannot_be_reached: tuple[str, ...] = ()
    cannot_be_left: tuple[str, ...] = ()
    one_way_only: tuple[str, ...] = ()
    step_free: tuple[StepFreeReach, ...] = ()
    stops: int = 0
    is_known: bool = True
    boats_unmapped: tuple[str, ...] = ()


def about(found: Structure, network: Network, feeds: Collection[str]) -> Structure:
    """What is found of stops and lines of these feeds, and what closing one of them would do."""
    lines = network.lines
    boats = {lines.name(row) for row, id in enumerate(lines.id) if feed_of(id) in feeds}
    return replace(
        found,
        cut_off=tuple(
            one for one in found.cut_off if not {feed_of(id) for id in (one.id, *one.stops)}.isdisjoint(feeds)
        ),
        cannot_be_reached=_of(feeds, found.cannot_be_reached),
        cannot_be_left=_of(feeds, found.cannot_be_left),
        one_way_only=_of(feeds, found.one_way_only),
        step_free=tuple(one for one in found.step_free if feed_of(one.station) in feeds),
        boats_unmapped=tuple(name for name in found.boats_unmapped if name in boats),
    )


def _of(feeds: Collection[str], ids: Sequence[str]) -> tuple[str, ...]:
    return tuple(id for id in ids if feed_of(id) in feeds)


def write_structure(folder: Path, found: Structure) -> None:
    """Raises OSError."""
    write_whole(folder / FILE, orjson.dumps(asdict(found)))


def read_structure(folder: Path) -> Structure | None:
    """None where nobody has looked."""
    file = folder / FILE
    if not file.is_file():
        return None
    read = orjson.loads(file.read_bytes())
    lists = {name: tuple(read[name]) for name in ("cannot_be_reached", "cannot_be_left", "one_way_only")}
    return Structure(
        cut_off=tuple(_cut_off(**one) for one in read["cut_off"]),
        **lists,
        step_free=tuple(StepFreeReach(**one) for one in read["step_free"]),
        stops=read["stops"],
        is_known=read["is_known"],
        boats_unmapped=tuple(read.get("boats_unmapped", ())),
    )


def _cut_off(stops: list[str], communes: list[str], **rest: Any) -> CutOff:
    return CutOff(stops=tuple(stops), communes=tuple(communes), **rest)
