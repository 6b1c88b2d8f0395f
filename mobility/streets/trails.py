"""A trail as a line on the map and as steps that a person can follow."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, hypot, radians
from typing import NamedTuple

import numpy as np

from mobility.geo import Point
from mobility.network.csr import ranges
from mobility.network.ways import Passage, Step, Turn
from mobility.streets.graph import E7, Streets
from mobility.streets.lanes import Lanes
from mobility.streets.search import Trail
from mobility.streets.tags import Use

STAIRS, CROSSING = int(Use.STAIRS), int(Use.CROSSING)
ENDS = (0.0, 1.0)
SAME_DEG, A_METRE_DEG = 1e-6, 1e-5
SHORTEST_CM, SHORT_LINK_CM = 100, 1500
"""A piece shorter than the first, a street without a name shorter than the second are no steps of their own."""


@dataclass(frozen=True, slots=True, eq=False)
class _Piece:
    """An arc, whole or in part, with the points along it."""

    passage: Passage
    street: str
    length_cm: int
    points: list[Point]

    def goes_on(self, before: _Piece) -> bool:
        """Whether it is nothing new for who comes along `before`: the same street, or too short to speak of."""
        if self.length_cm < SHORTEST_CM or (self.passage, self.street) == (before.passage, before.street):
            return True
        return self.passage is Passage.STREET and not self.street and self.length_cm < SHORT_LINK_CM


class _Begun(NamedTuple):
    """A step, by its first piece."""

    turn: Turn
    piece: _Piece
    first_point: int


def line_and_steps(
    streets: Streets, trail: Trail, start: Point, end: Point
) -> tuple[tuple[Point, ...], tuple[Step, ...]]:
    """From the point itself to the street, along it, and off it to the other point."""
    line, begun, lengths, lasts = [start], list[_Begun](), list[int](), list[int]()
    for piece in _pieces(streets, trail):
        line += _new(line, piece.points[:1])
        first = len(line) - 1
        line += _new(line, piece.points)
        if begun and piece.goes_on(begun[-1].piece):
            lengths[-1], lasts[-1] = lengths[-1] + piece.length_cm, len(line) - 1
        else:
            begun.append(_Begun(_turn(line, first) if begun else Turn.DEPART, piece, first))
            lengths.append(piece.length_cm)
            lasts.append(len(line) - 1)
    line += _new(line, [end])
    steps = (
        Step(one.turn, one.piece.passage, one.piece.street, round(length / 100), one.first_point, last)
        for one, length, last in zip(begun, lengths, lasts, strict=True)
    )
    return tuple(line), tuple(steps)


def lengths_cm(lanes: Lanes, trail: Trail) -> tuple[int, int]:
    """With the ways between the points and the streets; and how much of it is unknown ground, see Lanes.ground."""
    off_cm, unknown = trail.start.off_cm + trail.end.off_cm, lanes.ground[1]
    along = _lengths_cm(lanes.streets, trail)
    return sum(along) + off_cm, sum(
        length for arc, length in zip(trail.arcs, along, strict=True) if len(unknown) and unknown[arc >> 1]
    )


def _pieces(streets: Streets, trail: Trail) -> Iterator[_Piece]:
    segments, segment = streets.segments, np.array(trail.arcs) >> 1
    uses, names = segments.use[segment].tolist(), segments.name[segment].tolist()
    street = {name: streets.names[name] for name in set(names)}
    points = _points(streets, trail)
    for use, name, length, between in zip(uses, names, _lengths_cm(streets, trail), points, strict=True):
        passage = Passage.STAIRS if use & STAIRS else Passage.CROSSING if use & CROSSING else Passage.STREET
        yield _Piece(passage, street[name], length, between)


def _lengths_cm(streets: Streets, trail: Trail) -> list[int]:
    """Of each arc, as much of it as is gone along."""
    lengths: list[int] = streets.segments.length_cm[np.array(trail.arcs) >> 1].tolist()
    for number in {0, len(lengths) - 1}:
        begin, end = _span(trail, number)
        lengths[number] = round(abs(end - begin) * lengths[number])
    return lengths


def _span(trail: Trail, number: int) -> tuple[float, float]:
    """The shares of its segment between which an arc of the trail is gone along."""
    back = trail.arcs[number] & 1
    begin = trail.start.share if number == 0 else float(back)
    end = trail.end.share if number == len(trail.arcs) - 1 else 1.0 - back
    return begin, end


def _points(streets: Streets, trail: Trail) -> Iterator[list[Point]]:
    """Of each arc; looked up at once for all of them."""
    segment, last = np.array(trail.arcs) >> 1, len(trail.arcs) - 1
    first = streets.segments.first_point[segment]
    counts = streets.segments.first_point[segment + 1] - first
    ends = np.cumsum(counts)
    row = ranges(first, counts)
    along = list(map(Point, (streets.point_lat[row] / E7).tolist(), (streets.point_lon[row] / E7).tolist()))
    for number, (arc, end, count) in enumerate(zip(trail.arcs, ends.tolist(), counts.tolist(), strict=True)):
        points = along[end - count : end]
        if number in (0, last):
            points = _within(points, *_span(trail, number))
        points = points[::-1] if arc & 1 else points
        if number == 0:
            points = [trail.start.point, *points]
        yield [*points, trail.end.point] if number == last else points


def _within(points: list[Point], begin: float, end: float) -> list[Point]:
    """Those of a segment's points that lie between two shares of the way along it."""
    narrow = cos(radians(points[0].lat))
    along = [hypot(b.lat - a.lat, (b.lon - a.lon) * narrow) for a, b in pairwise(points)]
    whole = sum(along) or 1.0
    share = [so_far / whole for so_far in accumulate(along, initial=0.0)]
    low, high = min(begin, end), max(begin, end)
    # The end that is a junction is kept, the other is the foothold, which comes of its own.
    return [
        point for point, at in zip(points, share, strict=True) if low < at < high or (at in (low, high) and at in ENDS)
    ]


def _new(line: list[Point], points: list[Point]) -> list[Point]:
    """The points that the line does not end at already: a foothold may be a junction, and a door on the street."""
    last, found = line[-1], []
    for point in points:
        if abs(point.lat - last.lat) + abs(point.lon - last.lon) > SAME_DEG:
            found.append(point)
        last = point
    return found


def _turn(line: list[Point], at: int) -> Turn:
    """How the line bends at a point."""
    before = next((point for point in reversed(line[:at]) if _are_apart(point, line[at])), None)
    after = next((point for point in line[at + 1 :] if _are_apart(point, line[at])), None)
    if before is None or after is None:
        return Turn.STRAIGHT
    bend = (_bearing(line[at], after) - _bearing(before, line[at]) + 180) % 360 - 180
    side = "RIGHT" if bend > 0 else "LEFT"
    for limit, name in ((20, "STRAIGHT"), (50, f"SLIGHTLY_{side}"), (125, side), (165, f"SHARP_{side}")):
        if abs(bend) <= limit:
            return Turn(name)
    return Turn.BACK


def _are_apart(a: Point, b: Point) -> bool:
    """By a metre or more, about: between nearer points there is no direction to speak of."""
    return abs(a.lat - b.lat) + abs(a.lon - b.lon) > A_METRE_DEG


def _bearing(a: Point, b: Point) -> float:
    """Degrees clockwise from north."""
    return degrees(atan2((b.lon - a.lon) * cos(radians(a.lat)), b.lat - a.lat))
