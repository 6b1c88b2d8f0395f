"""A map as a drawing: water, lines, boats and legs from our own data. It needs no other host and no script, prints as
it is shown, and everything on it stands in words beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import cos, radians
from urllib.parse import quote

import numpy as np
import shapely
from numpy.typing import NDArray

from api.pages.colour import shades
from api.pages.legs import Leg
from mobility.network.course import course
from mobility.network.modes import MODES
from mobility.network.network import Network

Floats = NDArray[np.float64]
WIDE = 720.0
"""Units across the drawing's longer side."""
MARGIN = 0.03
LEAST_SPAN = 0.008
"""Degrees: even a short walk is shown with its surroundings."""
MOST_LINES = 150
MOST_STOPS = 60
APART = 44.0
"""Units between two names of towns."""
LETTER = 8.5
BOATS = MODES.index("FERRY")


@dataclass(frozen=True, slots=True)
class Stroke:
    """d: an SVG path. kind: line, boat, walk, ride."""

    d: str
    colour: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dot:
    """kind: stop, start, end, town. href: a page, or ""."""

    x: float
    y: float
    kind: str
    name: str
    href: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    width: float
    height: float
    water: tuple[str, ...]
    strokes: tuple[Stroke, ...]
    dots: tuple[Dot, ...]

    @property
    def linked(self) -> bool:
        return any(dot.href for dot in self.dots)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Degrees -> units: a plane that is true to shape at the middle latitude."""

    south: float
    west: float
    north: float
    east: float

    @property
    def _per_degree(self) -> float:
        across = (self.east - self.west) * cos(radians((self.south + self.north) / 2))
        return WIDE / max(across, self.north - self.south)

    @property
    def size(self) -> tuple[float, float]:
        width, height = self.at(np.array([self.south]), np.array([self.east]))[0]
        return round(float(width), 1), round(float(height), 1)

    def at(self, lat: Floats, lon: Floats) -> Floats:
        """(n, 2)."""
        squeeze = cos(radians((self.south + self.north) / 2))
        return np.stack([(lon - self.west) * squeeze, self.north - lat], 1) * self._per_degree

    def path(self, lat: Floats, lon: Floats) -> str:
        """Rounded to a unit; points that fall together are one."""
        points = np.rint(self.at(lat, lon)).astype(int).tolist()
        kept = [points[0], *(after for before, after in pairwise(points) if before != after)]
        return "M" + "L".join(f"{x} {y}" for x, y in kept)


@lru_cache(maxsize=1)
def network_sketch(network: Network) -> Sketch:
    """The whole territory; drawn once for a network."""
    stops = network.stops
    served = np.flatnonzero((stops.modes != 0) & ~np.isnan(stops.lat) & (stops.kind == 0))
    if not len(served):
        return Sketch(WIDE, WIDE, (), (), ())
    sheet = sheet_round(stops.lat[served], stops.lon[served])
    order = served[np.argsort(-stops.importance[served], kind="stable")][:MOST_STOPS].tolist()
    dots = [_stop_dot(network, sheet, stop) for stop in order]
    return _sketch(network, sheet, list(_lines(network, sheet)), [*dots, *_towns(network, sheet)])


def line_sketch(network: Network, line: int) -> Sketch:
    """The course of one line with its stops."""
    patterns = np.flatnonzero(network.patterns.line == line)
    first = network.patterns.first_position
    stops = np.unique(np.concatenate([network.patterns.stop[first[one] : first[one + 1]] for one in patterns]))
    sheet = sheet_round(network.stops.lat[stops], network.stops.lon[stops])
    strokes = [one for pattern in patterns.tolist() for one in _stroke(network, sheet, pattern)]
    return _sketch(network, sheet, strokes, [_stop_dot(network, sheet, stop) for stop in stops.tolist()])


def trip_sketch(network: Network, legs: Sequence[Leg]) -> Sketch | None:
    """The legs over water and lines; None where none of them is drawn."""
    drawn = [(leg, *decode(leg.points)) for leg in legs if leg.points]
    drawn = [one for one in drawn if len(one[1])]
    if not drawn:
        return None
    sheet = sheet_round(np.concatenate([lat for _, lat, _ in drawn]), np.concatenate([lon for _, _, lon in drawn]))
    strokes = [
        Stroke(sheet.path(lat, lon), leg.fill if leg.ride else "", "ride" if leg.ride else "walk")
        for leg, lat, lon in drawn
    ]
    under = [Stroke(one.d, "", f"{one.kind} under") for one in _lines(network, sheet)]
    return _sketch(network, sheet, [*under, *strokes], [*_towns(network, sheet), *_ends(sheet, drawn)])


def sheet_round(lat: Floats, lon: Floats) -> Sheet:
    """What holds all the points, with a margin."""
    south, north, west, east = float(lat.min()), float(lat.max()), float(lon.min()), float(lon.max())
    high = max(LEAST_SPAN, (north - south) * MARGIN)
    wide = max(LEAST_SPAN, (east - west) * MARGIN)
    return Sheet(south - high, west - wide, north + high, east + wide)


def decode(code: str, precision: int = 6) -> tuple[Floats, Floats]:
    """Latitudes and longitudes of an encoded polyline (api/present/polyline.py)."""
    steps, value, shift = [], 0, 0
    for letter in code.encode("ascii"):
        value |= ((letter - 63) & 31) << shift
        shift += 5
        if letter - 63 < 32:
            steps.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    scaled = np.cumsum(np.array(steps, np.float64).reshape(-1, 2), axis=0) / 10**precision
    return scaled[:, 0], scaled[:, 1]


def _sketch(network: Network, sheet: Sheet, strokes: list[Stroke], dots: list[Dot]) -> Sketch:
    width, height = sheet.size
    return Sketch(width, height, tuple(_water(network, sheet)), tuple(strokes), tuple(dots))


def _water(network: Network, sheet: Sheet) -> Iterator[str]:
    frame = shapely.box(sheet.west, sheet.south, sheet.east, sheet.north)
    a_unit = (sheet.north - sheet.south) / WIDE
    for area in network.terrain.barriers:
        seen = shapely.simplify(shapely.intersection(shapely.make_valid(area), frame), a_unit)
        for part in shapely.get_parts(seen):
            if part.geom_type == "Polygon" and not part.is_empty:
                rings = [part.exterior, *part.interiors]
                corners = [np.asarray(ring.coords) for ring in rings]
                yield "Z".join(sheet.path(one[:, 1], one[:, 0]) for one in corners) + "Z"


def _lines(network: Network, sheet: Sheet) -> Iterator[Stroke]:
    """One pattern of each line, the one that runs most often; boats last, so that they lie on top."""
    runs = np.bincount(network.trips.pattern, minlength=len(network.patterns.line))
    order = np.argsort(-runs, kind="stable")
    _, first = np.unique(network.patterns.line[order], return_index=True)
    chosen = order[np.sort(first)][:MOST_LINES].tolist()
    for pattern in sorted(chosen, key=lambda one: int(network.lines.mode[network.patterns.line[one]]) == BOATS):
        yield from _stroke(network, sheet, pattern)


def _stroke(network: Network, sheet: Sheet, pattern: int) -> Iterator[Stroke]:
    line = int(network.patterns.line[pattern])
    trip = int(np.argmax(network.trips.pattern == pattern))
    way = course(network, pattern, int(network.trips.shape[trip]))
    lat, lon = way.lat, way.lon
    if lat.max() < sheet.south or lat.min() > sheet.north or lon.max() < sheet.west or lon.min() > sheet.east:
        return
    kind = "boat" if int(network.lines.mode[line]) == BOATS else "line"
    yield Stroke(sheet.path(lat, lon), shades(network.lines.color[line])[0], kind)


def _stop_dot(network: Network, sheet: Sheet, stop: int) -> Dot:
    x, y = sheet.at(network.stops.lat[[stop]], network.stops.lon[[stop]])[0].round(1).tolist()
    return Dot(x, y, "stop", network.stops.name[stop], f"/stops/{quote(network.stops.id[stop], safe='')}")


def _towns(network: Network, sheet: Sheet) -> Iterator[Dot]:
    """Names of communes, none over another."""
    taken: list[tuple[float, float, float]] = []
    width, height = sheet.size
    for place in (place for place in network.places if place.kind == "commune"):
        x, y = sheet.at(np.array([place.lat]), np.array([place.lon]))[0].round(1).tolist()
        half = len(place.name) * LETTER / 2
        inside = half < x < width - half and APART / 2 < y < height - APART / 2
        if inside and all(abs(x - a) > half + b or abs(y - c) > APART / 2 for a, b, c in taken):
            taken.append((x, half, y))
            yield Dot(x, y, "town", place.name)


def _ends(sheet: Sheet, drawn: Iterable[tuple[Leg, Floats, Floats]]) -> Iterator[Dot]:
    parts = list(drawn)
    for leg, lat, lon in parts:
        x, y = sheet.at(lat[-1:], lon[-1:])[0].round(1).tolist()
        yield Dot(x, y, "end" if leg is parts[-1][0] else "change", leg.end.name)
    leg, lat, lon = parts[0]
    x, y = sheet.at(lat[:1], lon[:1])[0].round(1).tolist()
    yield Dot(x, y, "start", leg.start.name)
