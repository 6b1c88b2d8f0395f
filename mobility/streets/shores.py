"""Where land ends, as the extract has it: coastline, and the banks of lakes and rivers that are drawn as areas."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import osmium
import shapely
from numpy.typing import NDArray

from mobility.errors import InvalidConfig
from mobility.geo import METRES_A_DEGREE, Point

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

E7 = 10_000_000
QUAY_M = 50.0
"""Who is so near to a shore may stand over its edge: on a quay, a pier, a pontoon."""
LEAST_M = 100.0
"""A pond that is smaller is no barrier: one sees the way round it."""
SEEN_M = 3000.0
"""So near to a coast one knows whether one is at sea."""


@dataclass(frozen=True, slots=True, eq=False)
class Shores:
    """Shore s has the points first[s] .. first[s + 1], in 1e-7 degrees. is_coast: 1 where the sea lies to its right."""

    first: Int64s = field(default_factory=lambda: np.zeros(1, np.int64))
    lat: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    lon: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    is_coast: UInt8s = field(default_factory=lambda: np.empty(0, np.uint8))


NO_SHORES = Shores()


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
        raise InvalidConfig(extract.name, f"cannot be read as an extract: {error}") from error
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


class Coast:
    """Asks whether a straight line on foot leads over water. Safe between threads."""

    def __init__(self, shores: Shores) -> None:
        inside = np.ones(max(0, len(shores.lat) - 1), bool)
        inside[shores.first[1:-1] - 1] = False
        lon_lat = np.stack([shores.lon, shores.lat], axis=1) / E7
        row = np.flatnonzero(inside)
        self._pieces = np.stack([lon_lat[row], lon_lat[row + 1]], axis=1)
        self._tree = shapely.STRtree(np.atleast_1d(np.asarray(shapely.linestrings(self._pieces))))
        shore = np.searchsorted(shores.first, row, side="right") - 1
        is_sea = shores.is_coast[shore] == 1
        self._sea, ends = self._pieces[is_sea], lon_lat[np.stack([shores.first[:-1], shores.first[1:] - 1], axis=1)]
        self._whole = ends[shore[is_sea]]

    def __bool__(self) -> bool:
        return len(self._pieces) > 0

    def lies_before(self, point: Point, lat: Floats, lon: Floats) -> Bools:
        """Whether the lines to places on streets lead over a shore, beyond QUAY_M from the point."""
        ends = np.stack([lon, lat], axis=1)
        return self._are_across(np.broadcast_to([point.lon, point.lat], ends.shape), ends, 0.0)

    def lies_across(self, starts: Floats, ends: Floats) -> Bools:
        """starts, ends: (n, 2) lon, lat. Beyond QUAY_M from both."""
        return self._are_across(starts, ends, QUAY_M)

    def _are_across(self, starts: Floats, ends: Floats, end_m: float) -> Bools:
        across = np.zeros(len(starts), bool)
        if not self or not len(starts):
            return across
        step = ends - starts
        metres = np.hypot(*_metres(step, starts[:, 1]).T)
        row = np.flatnonzero(metres > QUAY_M + end_m)
        if not len(row):
            return across
        near, far = QUAY_M / metres[row, None], 1 - end_m / metres[row, None]
        lines = np.stack([starts[row] + near * step[row], starts[row] + far * step[row]], axis=1)
        across[row[self._tree.query(shapely.linestrings(lines), predicate="intersects")[0]]] = True
        return across

    def is_at_sea(self, point: Point, is_beyond: bool = False) -> bool:
        """Whether the point lies more than QUAY_M off the nearest coast, on the side of the sea. is_beyond: it lies
        outside the extract."""
        if not len(self._sea):
            return False
        a, step = self._from(point, self._sea)
        square = np.maximum((step**2).sum(axis=1), 1e-9)
        share = np.clip(-(a * step).sum(axis=1) / square, 0, 1)
        foot = a + share[:, None] * step
        off_m = np.hypot(*foot.T)
        # At a corner two pieces are equally near; the one that the point stands more squarely to knows its side.
        aside_m = (a[:, 0] * step[:, 1] - a[:, 1] * step[:, 0]) / np.sqrt(square)
        nearest = np.flatnonzero(off_m <= off_m.min() + 0.01)
        best = nearest[np.argmax(np.abs(aside_m[nearest]))]
        side = aside_m[best]
        if len(nearest) == 1 and share[best] in (0, 1):
            # Beyond the place where the extract cuts the coast off, only its course as a whole tells the side.
            if not is_beyond:
                return False
            (whole,), (course,) = self._from(point, self._whole[best : best + 1])
            side = whole[0] * course[1] - whole[1] * course[0]
        return bool(QUAY_M < off_m[best] <= SEEN_M and side < 0)

    def _from(self, point: Point, pieces: Floats) -> tuple[Floats, Floats]:
        """Metres from the point to where each piece begins, and from there to its end."""
        ends = _metres(pieces - [point.lon, point.lat], np.full(1, point.lat))
        return ends[:, 0], ends[:, 1] - ends[:, 0]


def _metres(degrees: Floats, lat: Floats) -> Floats:
    """(..., 2) lon, lat as metres east and north, on flat ground."""
    scale = np.stack([np.cos(np.radians(lat)), np.ones_like(lat)], axis=-1) * METRES_A_DEGREE
    found: Floats = degrees * scale
    return found
