"""The last one is gone: said plainly to who asks at night, before the first trip of the morning is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from mobility.clock import local_date
from mobility.routing.itinerary import Answer, Itinerary
from mobility.routing.planner import plan
from mobility.routing.query import Query
from mobility.routing.territory import Territory

NIGHT_ENDS_S = 4 * 3600
"""Until then the evening before lasts."""
LONG_WAIT_S = 3 * 3600
LOOK_BACK_S = 3600


@dataclass(frozen=True, slots=True)
class LastGone:
    """Epoch seconds. boat: the boat is what one waits for; then the times are its own. last_s: None where nothing left
    on that day. too_late: it has not left yet, and can no longer be reached."""

    asked_s: int
    boat: bool
    last_s: int | None
    next_s: int

    @property
    def too_late(self) -> bool:
        return self.last_s is not None and self.last_s >= self.asked_s


def last_gone(territory: Territory, answer: Answer) -> LastGone | None:
    """Of an answer that only begins on another day than the one asked about; None of any other."""
    query, first = answer.query, min(answer.itineraries, key=lambda one: one.departure_s, default=None)
    if first is None or query.arrive_by or query.earlier or first.departure_s < query.at_s + LONG_WAIT_S:
        return None
    today = _evening(territory, query.at_s)
    if _evening(territory, first.departure_s) == today:
        return None
    earlier = _before(territory, query)
    if any(_is_night_on_the_quay(territory, one) for one in earlier):
        return None
    before = [one for one in earlier if _evening(territory, one.departure_s) == today]
    boat = all(map(_boat_s, [*answer.itineraries, *before]))
    last = max(before, key=lambda one: one.departure_s, default=None)
    return LastGone(query.at_s, boat, None if last is None else _leaves_s(last, boat), _leaves_s(first, boat))


def _before(territory: Territory, query: Query) -> Sequence[Itinerary]:
    """The last ones before the moment asked about."""
    past = replace(query, earlier=True, window_s=LOOK_BACK_S, results=1, direct_modes=(), patience_s=0)
    return plan(territory, past).itineraries


def _is_night_on_the_quay(territory: Territory, itinerary: Itinerary) -> bool:
    """It takes the first boat of the next day, which is nobody's last one of this."""
    boat_s = _boat_s(itinerary)
    return boat_s > 0 and _evening(territory, boat_s) > _evening(territory, itinerary.departure_s)


def _leaves_s(itinerary: Itinerary, boat: bool) -> int:
    return (boat and _boat_s(itinerary)) or itinerary.departure_s


def _boat_s(itinerary: Itinerary) -> int:
    """When the first boat of it leaves, 0 without one."""
    return next((ride.departure_s for ride in itinerary.rides if ride.mode == "FERRY"), 0)


def _evening(territory: Territory, at_s: int) -> date:
    return local_date(at_s - NIGHT_ENDS_S, territory.zone)
