"""A map as a drawing: water, lines, boats and legs from our own data. It needs no other host and no script, prints as
it is shown, and everything on it stands in words beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import quote

import numpy as np

from api.pages.colour import shades
from api.pages.ground import Patch, water
from api.pages.ground_archive import ground_of_archive
from api.pages.leg_line import LegLine
from api.pages.made_once import once_for_a_network
from api.pages.sheet import WIDE, Floats, Sheet, sheet_round
from api.pages.town_names import LARGER, TownName, town_names
from mobility.carpool.driven_line import PRECISION
from mobility.carpool.offer import Offer
from mobility.network.course import Course, course
from mobility.network.live import planned_of
from mobility.network.modes import BOAT, BOAT_MODE
from mobility.network.network import Network
from mobility.polyline import decode

MOST_LINES = 150
OF_LEGS = 6
"""Decimal places of the lines of legs."""
DRIVEN, DRIVEN_COLOUR = "RIDE_SHARING", "#1d6b43"
"""A ride in a driver's car, and its colour where no style is."""
ROUND_A_STOP = 0.006
"""Degrees."""
MOST_STOPS = 60
STOPS_APART = 13.0
"""Units between two stops of the whole network."""
IN_LETTERS = 3.0
"""Units between a name and a dot that would blot it."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """d: an SVG path. kind: line, boat, walk, ride, ride boat, ride driven. way: of which option of an answer, leg: of
    which leg of it, both counted from 0."""

    d: str
    colour: str
    kind: str
    way: int | None = None
    leg: int | None = None


@dataclass(frozen=True, slots=True)
class Dot:
    """kind: stop, start, end, change, town, or small town, small stop (for which narrow pages have no room). href: a
    page, or "".
    """

    x: float
    y: float
    kind: str
    name: str
    href: str = ""
    way: int | None = None


@dataclass(frozen=True, slots=True)
class Sketch:
    """box: west, south, east, north of what it shows, in degrees."""

    width: float
    height: float
    box: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0)
    water: tuple[str, ...] = ()
    ground: tuple[Patch, ...] = ()
    strokes: tuple[Stroke, ...] = ()
    dots: tuple[Dot, ...] = ()

    @property
    def linked(self) -> bool:
        return any(dot.href for dot in self.dots)


@dataclass(frozen=True, slots=True)
class MapSources:
    """What maps are drawn from. archive: of the ground, where there is one."""

    network: Network
    archive: Path | None = None

    def sketch(self, sheet: Sheet, strokes: Iterable[Stroke], dots: Iterable[Dot]) -> Sketch:
        barriers = tuple(self.network.terrain.barriers)
        under = tuple(water(barriers, sheet)), ground_of_archive(self.archive, sheet)
        return Sketch(*sheet.size, sheet.box, *under, tuple(strokes), tuple(dots))


def network_sketch(drawn: MapSources) -> Sketch:
    """The whole territory as planned; drawn once for a network, whatever is heard of it."""
    planned = replace(drawn, network=planned_of(drawn.network))
    known = _drawn_before(planned.network)
    if planned.archive not in known:
        known[planned.archive] = _whole(planned)
    return known[planned.archive]


@once_for_a_network
def _drawn_before(_network: Network) -> dict[Path | None, Sketch]:
    """By the archive of the ground under it."""
    return {}


def _whole(drawn: MapSources) -> Sketch:
    network, stops = drawn.network, drawn.network.stops
    served = np.flatnonzero((stops.modes != 0) & ~np.isnan(stops.lat) & (stops.kind == 0))
    if not len(served):
        return Sketch(WIDE, WIDE)
    sheet = sheet_round(stops.lat[served], stops.lon[served])
    order = served[np.argsort(-stops.importance[served], kind="stable")].tolist()
    dots = _apart([_stop_dot(network, sheet, stop) for stop in order])[:MOST_STOPS]
    return drawn.sketch(sheet, _lines(network, sheet), _legible(network, sheet, dots))


def line_sketch(drawn: MapSources, line: int) -> Sketch:
    """The course of one line with its stops."""
    network = drawn.network
    patterns = np.flatnonzero(network.patterns.line == line)
    first = network.patterns.first_position
    stops = np.unique(np.concatenate([network.patterns.stop[first[one] : first[one + 1]] for one in patterns]))
    sheet = sheet_round(network.stops.lat[stops], network.stops.lon[stops])
    courses = [_course(network, pattern) for pattern in patterns.tolist()]
    strokes = [one for way in courses for one in _stroke(network, sheet, line, way)]
    dots = [_stop_dot(network, sheet, stop) for stop in stops.tolist()]
    return drawn.sketch(sheet, dict.fromkeys(strokes), _named(network, sheet, dots))


def stop_sketch(drawn: MapSources, stop: int) -> Sketch:
    """A stop with the lines and stops round it."""
    network, stops = drawn.network, drawn.network.stops
    lat, lon = float(stops.lat[stop]), float(stops.lon[stop])
    sheet = sheet_round(np.array([lat - ROUND_A_STOP, lat + ROUND_A_STOP]), np.array([lon, lon]))
    seen = (stops.lat > sheet.south) & (stops.lat < sheet.north) & (stops.lon > sheet.west) & (stops.lon < sheet.east)
    near = np.flatnonzero(seen & (stops.modes != 0)).tolist()
    here = replace(_stop_dot(network, sheet, stop), kind="end", href="")
    dots = [_stop_dot(network, sheet, one) for one in near if network.stops.name[one] != here.name]
    return drawn.sketch(sheet, _lines(network, sheet), [*_apart(dots), here])


def trip_sketch(drawn: MapSources, options: Sequence[Sequence[LegLine]]) -> Sketch | None:
    """The legs of each option over water and lines, those of the first on top; None where none of them is drawn."""
    network = drawn.network
    ways = [[(leg, *decode(leg.points, OF_LEGS)) for leg in legs] for legs in options]
    points = [(lat, lon) for way in ways for _, lat, lon in way if len(lat)]
    if not points:
        return None
    sheet = sheet_round(np.concatenate([lat for lat, _ in points]), np.concatenate([lon for _, lon in points]))
    strokes = [Stroke(one.d, "", f"{one.kind} under") for one in _lines(network, sheet)]
    dots: list[Dot] = []
    for number, way in reversed(list(enumerate(ways))):
        strokes += [_of_way(sheet, one, (number, row)) for row, one in enumerate(way) if len(one[1])]
        dots += [replace(dot, way=number) for dot in _ends(sheet, [one for one in way if len(one[1])])]
    return drawn.sketch(sheet, strokes, _named(network, sheet, dots))


def _of_way(sheet: Sheet, drawn: tuple[LegLine, Floats, Floats], place: tuple[int, int]) -> Stroke:
    """place: number of the option, and of the leg in it."""
    leg, lat, lon = drawn
    if leg.mode == DRIVEN:
        return Stroke(sheet.path(lat, lon), DRIVEN_COLOUR, "ride driven", *place)
    kind = "walk" if not leg.ride else "ride boat" if leg.mode == BOAT else "ride"
    return Stroke(sheet.path(lat, lon), leg.fill if leg.ride else "", kind, *place)


def halts_sketch(drawn: MapSources, offer: Offer) -> Sketch | None:
    """The road of a driver and where they stop, over water and lines; straight from stop to stop where no road is
    known."""
    halts = [one.meeting_point for one in offer.waypoints]
    if len(halts) < 2:
        return None
    lat, lon = np.array([one.point.lat for one in halts]), np.array([one.point.lon for one in halts])
    road = decode(offer.line, PRECISION) if offer.line else (lat, lon)
    sheet = sheet_round(*(np.concatenate(both) for both in zip(road, (lat, lon), strict=True)))
    under = [Stroke(one.d, "", f"{one.kind} under") for one in _lines(drawn.network, sheet)]
    kinds = ["start", *["change"] * (len(halts) - 2), "end"]
    places = zip(sheet.at(lat, lon).round(1).tolist(), kinds, halts, strict=True)
    dots = [Dot(x, y, kind, halt.name) for (x, y), kind, halt in places]
    way = Stroke(sheet.path(*road), DRIVEN_COLOUR, "ride driven")
    return drawn.sketch(sheet, [*under, way], _named(drawn.network, sheet, dots))


def places_sketch(drawn: MapSources, places: Sequence[tuple[str, float, float]]) -> Sketch | None:
    """Places by name over water and lines; None where there are none."""
    if not places:
        return None
    lat, lon = np.array([one[1] for one in places]), np.array([one[2] for one in places])
    sheet = sheet_round(lat, lon)
    under = [Stroke(one.d, "", f"{one.kind} under") for one in _lines(drawn.network, sheet)]
    at = zip(sheet.at(lat, lon).round(1).tolist(), places, strict=True)
    dots = [Dot(x, y, "end", place[0]) for (x, y), place in at]
    return drawn.sketch(sheet, under, _named(drawn.network, sheet, dots))


def _apart(dots: Iterable[Dot]) -> list[Dot]:
    """The first ones that do not cover each other."""
    kept: list[Dot] = []
    for dot in dots:
        if all(abs(dot.x - one.x) > STOPS_APART or abs(dot.y - one.y) > STOPS_APART for one in kept):
            kept.append(dot)
    return kept


def shown_courses(network: Network) -> Iterator[tuple[int, Course]]:
    """Each line with the course of the pattern that runs most often; boats last, so that they lie on top."""
    runs = np.bincount(network.trips.pattern, minlength=len(network.patterns.line))
    order = np.argsort(-runs, kind="stable")
    _, first = np.unique(network.patterns.line[order], return_index=True)
    chosen = order[np.sort(first)][:MOST_LINES].tolist()
    for pattern in sorted(chosen, key=lambda one: int(network.lines.mode[network.patterns.line[one]]) == BOAT_MODE):
        yield int(network.patterns.line[pattern]), _course(network, pattern)


def _course(network: Network, pattern: int) -> Course:
    trip = int(np.argmax(network.trips.pattern == pattern))
    return course(network, pattern, int(network.trips.shape[trip]))


def _lines(network: Network, sheet: Sheet) -> Iterator[Stroke]:
    for line, way in shown_courses(network):
        yield from _stroke(network, sheet, line, way)


def _stroke(network: Network, sheet: Sheet, line: int, way: Course) -> Iterator[Stroke]:
    if sheet.meets(way.lat, way.lon):
        kind = "boat" if int(network.lines.mode[line]) == BOAT_MODE else "line"
        yield Stroke(sheet.path(way.lat, way.lon), shades(network.lines.color[line])[0], kind)


def _stop_dot(network: Network, sheet: Sheet, stop: int) -> Dot:
    x, y = sheet.at(network.stops.lat[[stop]], network.stops.lon[[stop]])[0].round(1).tolist()
    return Dot(x, y, "stop", network.stops.name[stop], f"/stops/{quote(network.stops.id[stop], safe='')}")


def _legible(network: Network, sheet: Sheet, dots: Sequence[Dot]) -> list[Dot]:
    """Of a whole network, whose dots are there to show how it lies: none stands in a name, where letters are large none
    in those either."""
    places = [(dot.x, dot.y) for dot in dots]
    at = np.array(places, float).reshape(-1, 2)
    towns = list(town_names(network, sheet, places, makes_room=True))
    in_any, in_large = np.zeros(len(dots), bool), np.zeros(len(dots), bool)
    for one in towns:
        in_any |= one.covers(at, 1.0, IN_LETTERS)
        in_large |= np.full(len(dots), not one.is_small) & one.covers(at, LARGER, IN_LETTERS)
    kept = [
        replace(dot, kind="small stop") if is_hidden else dot
        for dot, is_gone, is_hidden in zip(dots, in_any.tolist(), in_large.tolist(), strict=True)
        if not is_gone
    ]
    return [*map(_town_dot, towns), *kept]


def _named(network: Network, sheet: Sheet, dots: Sequence[Dot]) -> list[Dot]:
    """Names of towns beside the dots, which are drawn over them."""
    return [*map(_town_dot, town_names(network, sheet, ((dot.x, dot.y) for dot in dots))), *dots]


def _town_dot(town: TownName) -> Dot:
    return Dot(town.x, town.y, "small town" if town.is_small else "town", town.name)


def _ends(sheet: Sheet, parts: Sequence[tuple[LegLine, Floats, Floats]]) -> Iterator[Dot]:
    for leg, lat, lon in parts:
        x, y = sheet.at(lat[-1:], lon[-1:])[0].round(1).tolist()
        yield Dot(x, y, "end" if leg is parts[-1][0] else "change", leg.end.name)
    for leg, lat, lon in parts[:1]:
        x, y = sheet.at(lat[:1], lon[:1])[0].round(1).tolist()
        yield Dot(x, y, "start", leg.start.name)
