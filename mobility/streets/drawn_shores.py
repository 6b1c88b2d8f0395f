"""The shores that an extract of OpenStreetMap has."""

from __future__ import annotations

from array import array
from pathlib import Path

import numpy as np
import osmium

from mobility.errors import ConfigFault, InvalidConfig
from mobility.geo import METRES_A_DEGREE
from mobility.streets.graph import E7
from mobility.streets.shores import Shores

LEAST_M = 100.0
"""A pond that is smaller is no barrier: one sees the way round it."""


def read_shores(extract: Path) -> Shores:
    """A shore ends where a point of it is not in the extract. Raises InvalidConfig, which names the file."""
    first, lat, lon, is_coast = array("q", [0]), array("i"), array("i"), array("B")
    try:
        of_areas = _members(extract)
        for way in osmium.FileProcessor(extract, osmium.osm.NODE | osmium.osm.WAY).with_locations():
            if isinstance(way, osmium.osm.Way) and (way.id in of_areas or is_shore(way.tags)):
                known = [(node.location.y, node.location.x) if node.location.valid() else None for node in way.nodes]
                for run in _runs(known):
                    lat.extend(y for y, _ in run)
                    lon.extend(x for _, x in run)
                    first.append(len(lat))
                    is_coast.append(way.tags.get("natural") == "coastline")
    except (RuntimeError, OSError) as error:
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}", ConfigFault.BAD_FILE) from error
    columns = np.array(lat, np.int32), np.array(lon, np.int32)
    return Shores(np.array(first, np.int64), *columns, np.array(is_coast, np.uint8))


def is_shore(tags: osmium.osm.TagList) -> bool:
    return tags.get("natural") in ("coastline", "water") or tags.get("waterway") == "riverbank"


def _members(extract: Path) -> frozenset[int]:
    """Ways that are the banks of areas of water: they bear no tags themselves."""
    areas = osmium.FileProcessor(extract, osmium.osm.RELATION)
    shores = (area for area in areas if isinstance(area, osmium.osm.Relation) and is_shore(area.tags))
    return frozenset(member.ref for area in shores for member in area.members if member.type == "w")


def _runs(known: list[tuple[int, int] | None]) -> list[list[tuple[int, int]]]:
    """Unbroken rows of at least two points; none where the whole is a pond."""
    runs: list[list[tuple[int, int]]] = [[]]
    for point in known:
        if point is None:
            runs.append([])
        else:
            runs[-1].append(point)
    is_closed = len(runs) == 1 and len(known) > 2 and known[0] == known[-1]
    return [] if is_closed and _is_pond(runs[0]) else [run for run in runs if len(run) > 1]


def _is_pond(outline: list[tuple[int, int]]) -> bool:
    lat, lon = np.array(outline).T / E7
    north_m = (lat.max() - lat.min()) * METRES_A_DEGREE
    east_m = (lon.max() - lon.min()) * METRES_A_DEGREE * np.cos(np.radians(lat[0]))
    return bool(np.hypot(north_m, east_m) < LEAST_M)
