"""From an extract of OpenStreetMap (.osm.pbf, .osm, .opl) to the ways one can move along, as columns.

Positions are whole 1e-7 degrees, as OpenStreetMap itself keeps them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import osmium
from numpy.typing import NDArray

from mobility.errors import ConfigFault, InvalidConfig
from mobility.streets.tags import NOBODY, READ, WayTags, read_name, read_node, read_way

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt16s = NDArray[np.uint16]
WayCounter = Callable[[int], None]

KEYS = ("highway", "railway", "public_transport")
NODE_KEYS = ("barrier", "kerb")
HEARD_EVERY = 20_000


def unheard(_: int) -> None:
    """For callers who want to hear of no progress."""


@dataclass(frozen=True, slots=True, eq=False)
class OsmWays:
    """Way w has the points first[w] .. first[w + 1]; tags[kind[w]] says what it is.

    marked_node, mark: barriers and kerbs, as bits of Use.
    """

    first: Int64s
    node: Int64s
    lat: Int32s
    lon: Int32s
    kind: Int32s
    name: list[str]
    tags: list[WayTags]
    marked_node: Int64s
    mark: UInt16s


def read_ways(extract: Path, heard: WayCounter = unheard) -> OsmWays:
    """heard: told the number of ways so far. A way is cut where a point of it is not in the extract.

    Raises InvalidConfig, which names the file.
    """
    reader = _Reader(heard)
    try:
        file = osmium.FileProcessor(extract).with_locations()
        file = file.with_filter(osmium.filter.KeyFilter(*KEYS, *NODE_KEYS))
        for thing in file:
            if isinstance(thing, osmium.osm.Way):
                reader.way(thing)
            elif isinstance(thing, osmium.osm.Node):
                reader.node(thing)
    except (RuntimeError, OSError) as error:
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}", ConfigFault.BAD_FILE) from error
    ways = reader.ways()
    if not len(ways.node):
        raise InvalidConfig(extract.name, "has no street in it", ConfigFault.BAD_FILE)
    return ways


class _Reader:
    def __init__(self, heard: WayCounter) -> None:
        self._heard = heard
        self._first, self._node = array("q", [0]), array("q")
        self._lat, self._lon = array("i"), array("i")
        self._kind, self._name = array("i"), list[str]()
        self._kinds: dict[frozenset[tuple[str, str]], int] = {}
        self._tags: list[WayTags | None] = []
        self._marked, self._mark = array("q"), array("H")

    def node(self, node: Any) -> None:
        mark = read_node(dict(node.tags))
        if mark:
            self._marked.append(node.id)
            self._mark.append(int(mark))

    def way(self, way: Any) -> None:
        said: dict[str, str] = dict(way.tags)
        kind = self._kind_of(said)
        if self._tags[kind] is None:
            return
        name, first = read_name(said), self._first[-1]
        for point in way.nodes:
            location = point.location
            if not location.valid():
                first = self._end(kind, name)
            elif len(self._node) == first or point.ref != self._node[-1]:
                self._node.append(point.ref)
                self._lat.append(location.y)
                self._lon.append(location.x)
        self._end(kind, name)

    def _kind_of(self, said: dict[str, str]) -> int:
        """Ways of equal tags are read once: reading costs more than all else."""
        key = frozenset(item for item in said.items() if item[0] in READ)
        kind = self._kinds.setdefault(key, len(self._tags))
        if kind == len(self._tags):
            self._tags.append(read_way(said))
        return kind

    def _end(self, kind: int, name: str) -> int:
        """What was collected is a way if it has two points, else nothing. Returns where the next begins."""
        if len(self._node) - self._first[-1] < 2:
            for column in (self._node, self._lat, self._lon):
                del column[self._first[-1] :]
            return self._first[-1]
        self._first.append(len(self._node))
        self._kind.append(kind)
        self._name.append(name)
        if len(self._kind) % HEARD_EVERY == 0:
            self._heard(len(self._kind))
        return self._first[-1]

    def ways(self) -> OsmWays:
        return OsmWays(
            first=np.array(self._first, np.int64),
            node=np.array(self._node, np.int64),
            lat=np.array(self._lat, np.int32),
            lon=np.array(self._lon, np.int32),
            kind=np.array(self._kind, np.int32),
            name=self._name,
            tags=[tags or NOBODY for tags in self._tags],
            marked_node=np.array(self._marked, np.int64),
            mark=np.array(self._mark, np.uint16),
        )
