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
        return _halves(self.x + self.width / 2)

    @property
    def end(self) -> float:
        return _halves(self.x + self.width)


def strip(legs: Sequence[LegLine]) -> tuple[Segment, ...]:
    whole_s = max(1, legs[-1].end_s - legs[0].start_s)
    gaps = [max(0, after.start_s - before.end_s) / whole_s for before, after in pairwise(legs)]
    shares = [(leg.end_s - leg.start_s) / whole_s for leg in legs]
    leasts = [_least(leg) for leg in legs]
    scale = _scale(shares, leasts, sum(gaps))
    widths = [max(least, share * scale) for least, share in zip(leasts, shares, strict=True)]
    total = sum(widths) + sum(gaps) * scale
    found, x = [], 0.0
    for leg, width, gap in zip(legs, widths, [*gaps, 0], strict=True):
        drawn = leg.icon, leg.line, leg.ride, leg.mode == DRIVEN, leg.fill, leg.ink
        begins, ends = _halves(x), _halves(x + 100 * width / total)
        found.append(Segment(begins, ends - begins, *drawn))
        x += 100 * (width + gap * scale) / total
    return tuple(found)


def _halves(percent: float) -> float:
    """To half a percent, at most 2 px off on the widest page: twenty entries have a thousand such numbers."""
    whole, rest = divmod(round(2 * percent), 2)
    return whole + 0.5 if rest else whole


def _scale(shares: Sequence[float], leasts: Sequence[float], waited: float) -> float:
    """Width for a share of the time: legs wider than the least, and the waits, fill what the narrow ones leave. No name
    is pressed together while there is time to press."""
    scale = 1.0
    for _ in shares:
        narrow = [least for share, least in zip(shares, leasts, strict=True) if share * scale <= least]
        wide = sum(share for share, least in zip(shares, leasts, strict=True) if share * scale > least) + waited
        scale = max(0.0, 1 - sum(narrow)) / wide if wide else scale
    return scale


def _least(leg: LegLine) -> float:
    return max(LEAST, len(leg.line[:MOST_LETTERS]) * LETTER + ROUND_LETTERS) if leg.ride else LEAST
