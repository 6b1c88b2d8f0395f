"""An itinerary as a strip of its legs, to scale: what takes how long, seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.pages.leg_line import LegLine

LEAST = 0.085
"""A leg is at least as wide as that share of the strip, so that its picture can be seen."""
LETTER, ROUND_LETTERS = 0.029, 0.045
"""Of the strip on a narrow screen: what a letter of a line's name takes, and what stands round all of them."""
MOST_LETTERS = 14
DRIVEN = "RIDE_SHARING"


@dataclass(frozen=True, slots=True)
class Segment:
    """x, width: percent of the strip. ride: drawn in the line's colours. driven: in the car of somebody who is to be
    asked. Else a thin way."""

    x: float
    width: float
    icon: str
    text: str
    ride: bool
    driven: bool
    fill: str
    ink: str

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def end(self) -> float:
        return round(self.x + self.width, 1)


def strip(legs: Sequence[LegLine]) -> tuple[Segment, ...]:
    whole_s = max(1, legs[-1].end_s - legs[0].start_s)
    gaps = [after.start_s - before.end_s for before, after in pairwise(legs)]
    shares = [max(_least(leg), (leg.end_s - leg.start_s) / whole_s) for leg in legs]
    total = sum(shares) + sum(max(0, gap) / whole_s for gap in gaps)
    found, x = [], 0.0
    for leg, share, gap in zip(legs, shares, [*gaps, 0], strict=True):
        width = 100 * share / total
        drawn = leg.icon, leg.line, leg.ride, leg.mode == DRIVEN, leg.fill, leg.ink
        found.append(Segment(round(x, 1), round(width, 1), *drawn))
        x += width + 100 * max(0, gap) / whole_s / total
    return tuple(found)


def _least(leg: LegLine) -> float:
    return max(LEAST, len(leg.line[:MOST_LETTERS]) * LETTER + ROUND_LETTERS) if leg.ride else LEAST
