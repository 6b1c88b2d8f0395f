"""What has left by the clock is no choice any more: it is listed, and compared with nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from mobility import clock
from mobility.ranking.chain import Filter
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.routing.itinerary import CarpoolLeg, Itinerary, RideLeg


def has_left(itinerary: Itinerary, now_s: int) -> bool:
    """Its first vehicle, by clocks without seconds; who has only to walk may set out at any time. now_s: epoch
    seconds."""
    boarded = next((leg for leg in itinerary.legs if isinstance(leg, RideLeg | CarpoolLeg)), None)
    return boarded is not None and clock.has_left(boarded.departure_s, now_s)


LEFT: Filter[Callable[[Itinerary, int], bool]] = Filter(Code.HAS_LEFT, has_left)


def parted(options: Sequence[Option], now_s: int | None) -> tuple[Sequence[Option], Sequence[Option]]:
    """Those that can be taken yet, and those that have left. Where none can, or nobody says the time, all are alike."""
    gone = [one for one in options if now_s is not None and LEFT.decides(one.itinerary, now_s)]
    left = {id(one) for one in gone}
    return (options, ()) if len(gone) == len(options) else ([one for one in options if id(one) not in left], gone)
