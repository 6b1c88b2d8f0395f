"""An itinerary as a strip of its legs, to scale: what takes how long, seen at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from api.pages.leg_line import LegLine

LEAST, LEAST_RIDE = 0.07, 0.1
"""A leg is at least as wide as that share of the strip, so that it can be seen and named."""


@dataclass(frozen=True, slots=True)
class Segment:
    """x, width: percent of the strip. ride: drawn in the line's colours; else a thin way."""

    x: float
    width: float
    icon: str
    text: str
    ride: bool
    fill: str
    ink: str


def strip(legs: Sequence[LegLine]) -> tuple[Segment, ...]:
    whole_s = max(1, legs[-1].end_s - legs[0].start_s)
    gaps = [after.start_s - before.end_s for before, after in pairwise(legs)]
    shares = [max(LEAST_RIDE if leg.ride else LEAST, (leg.end_s - leg.start_s) / whole_s) for leg in legs]
    total = sum(shares) + sum(max(0, gap) / whole_s for gap in gaps)
    found, x = [], 0.0
    for leg, share, gap in zip(legs, shares, [*gaps, 0], strict=True):
        width = 100 * share / total
        found.append(Segment(round(x, 2), round(width, 2), leg.icon, leg.line, leg.ride, leg.fill, leg.ink))
        x += width + 100 * max(0, gap) / whole_s / total
    return tuple(found)
