"""Ways cut at junctions: what lies between two of them is one segment, with the shape of the ground between."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M
from mobility.network.columns import Texts
from mobility.network.csr import ranges
from mobility.streets.graph import E7, Segments
from mobility.streets.osm import OsmWays
from mobility.streets.tags import BIKE, CAR, FOOT, Use

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt16s = NDArray[np.uint16]
Scalar = TypeVar("Scalar", bound=np.generic)

KERBS = int(Use.RAISED_KERB | Use.LOW_KERB)
CLOSES = int(FOOT | BIKE | CAR)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """Segments with what they lie on: junctions, points of their shapes, names."""

    lat: Int32s
    lon: Int32s
    segments: Segments
    point_lat: Int32s
    point_lon: Int32s
    names: Texts


@dataclass(frozen=True, slots=True, eq=False)
class _Cuts:
    """Positions in the columns of Ways: a segment begins at begin[s] and ends at end[s], inclusive.

    node: the number of the point there; meets: how many steps end or begin at it.
    """

    begin: Int64s
    end: Int64s
    node: Int64s
    meets: Int64s


def cut(ways: OsmWays) -> Plan:
    cuts = _cuts(ways)
    junction, numbered = np.unique(cuts.node[np.concatenate([cuts.begin, cuts.end])], return_inverse=True)
    position = np.empty(int(cuts.node.max()) + 1, np.int64)
    position[cuts.node] = np.arange(len(cuts.node))
    at = position[junction]
    number = _along_a_curve(ways.lat[at], ways.lon[at])
    order = np.empty_like(number)
    order[number] = np.arange(len(number))
    n_segments = len(cuts.begin)
    start, end = order[numbered[:n_segments]], order[numbered[n_segments:]]
    points, first_point = _ranges(cuts.begin, cuts.end)
    way = np.searchsorted(ways.first, cuts.begin, side="right") - 1
    names = sorted(set(ways.name) | {""})
    row = {name: number for number, name in enumerate(names)}
    name = np.array([row[one] for one in ways.name], np.int32)
    tags = ways.kind[way]
    segments = Segments(
        start=start.astype(np.int32),
        end=end.astype(np.int32),
        length_cm=_lengths_cm(ways.lat[points], ways.lon[points], first_point),
        use=_uses(ways, cuts, tags),
        ground=_tag(ways, "ground", np.uint8)[tags],
        wheelchair=_tag(ways, "wheelchair", np.uint8)[tags],
        slope_percent=_tag(ways, "slope_percent", np.int8)[tags],
        speed_kmh=_tag(ways, "speed_kmh", np.uint8)[tags],
        name=name[way],
        first_point=first_point,
    )
    places = ways.lat[at][number], ways.lon[at][number]
    return Plan(*places, segments, ways.lat[points], ways.lon[points], Texts.of(names))


def _cuts(ways: OsmWays) -> _Cuts:
    _, node = np.unique(ways.node, return_inverse=True)
    is_end = np.zeros(len(node), bool)
    is_end[ways.first[:-1]] = is_end[ways.first[1:] - 1] = True
    visits = np.bincount(node)
    meets = 2 * visits - np.bincount(node, weights=is_end).astype(np.int64)
    cut_here = is_end | (visits[node] > 1)
    positions = np.flatnonzero(cut_here)
    is_last = np.zeros(len(node), bool)
    is_last[ways.first[1:] - 1] = True
    begins = ~is_last[positions]
    begin = positions[begins]
    end = positions[np.flatnonzero(begins) + 1]
    return _Cuts(begin, end, node.astype(np.int64), meets[node])


def _uses(ways: OsmWays, cuts: _Cuts, tags: Int32s) -> UInt16s:
    """Of the way, less what ends at a barrier, with the kerbs on it.

    A barrier where more than two ways meet closes none of them: which one is not said. A kerb there belongs to the
    crossing.
    """
    use: UInt16s = _tag(ways, "use", np.uint16)[tags]
    marks = dict(zip(ways.marked_node.tolist(), ways.mark.tolist(), strict=True))
    for at in np.flatnonzero(np.isin(ways.node, ways.marked_node)).tolist():
        mark = marks[int(ways.node[at])]
        after = int(np.searchsorted(cuts.begin, at, side="right")) - 1
        for segment in {after, after - 1}:
            if segment < 0 or not cuts.begin[segment] <= at <= cuts.end[segment]:
                continue
            is_crossing = bool(int(use[segment]) & Use.CROSSING)
            if cuts.meets[at] <= 2 or is_crossing:
                use[segment] |= mark & KERBS
            if cuts.meets[at] <= 2:
                use[segment] &= ~(mark & CLOSES) & 0xFFFF
    return use


def _tag(ways: OsmWays, name: str, kind: type[Scalar]) -> NDArray[Scalar]:
    return np.array([int(getattr(tags, name)) for tags in ways.tags], kind)


def _ranges(begin: Int64s, end: Int64s) -> tuple[Int64s, Int64s]:
    """All positions begin[s] .. end[s] inclusive, one range after the other, and where each starts."""
    first = np.concatenate([[0], np.cumsum(end - begin + 1)])
    return ranges(begin, end - begin + 1), first


def _lengths_cm(lat: Int32s, lon: Int32s, first_point: Int64s) -> Int32s:
    """At least 1: two junctions are never one."""
    phi, lam = np.radians(lat / E7), np.radians(lon / E7)
    h = np.sin(np.diff(phi) / 2) ** 2 + np.cos(phi[:-1]) * np.cos(phi[1:]) * np.sin(np.diff(lam) / 2) ** 2
    step = 2 * EARTH_RADIUS_M * np.arcsin(np.sqrt(h))
    so_far = np.concatenate([[0.0], np.cumsum(step)])
    metres = so_far[first_point[1:] - 1] - so_far[first_point[:-1]]
    length: Int32s = np.maximum(np.rint(metres * 100), 1).astype(np.int32)
    return length


def _along_a_curve(lat: Int32s, lon: Int32s) -> Int64s:
    """Rows in the order of a curve that fills the plane (Morton): what is near on the ground is near in memory."""
    code = np.zeros(len(lat), np.int64)
    for bit in range(21):
        code |= ((lat.astype(np.int64) + 900_000_000 >> bit + 11) & 1) << (2 * bit)
        code |= ((lon.astype(np.int64) + 1_800_000_000 >> bit + 11) & 1) << (2 * bit + 1)
    return np.argsort(code, kind="stable")
