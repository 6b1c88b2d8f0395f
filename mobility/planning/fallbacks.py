"""What is left to who misses a ride: the search begins anew where it is boarded, a second after it has left.

Itineraries share rides and ends, so each place, moment and end is searched once. Of the ways found the one that is
there first counts, of those the one with the fewest rides, and it leaves as late as it may: not before a night on the
way, where one that leaves after it is there little later. One that has to be booked before the ride is missed is none.

Where nothing leads there on that evening, a longer walk is looked for, to a ride or from it, then one between two of
them: only without one a ride is the last.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np

from mobility.clock import days_after, evening, night_ends_s
from mobility.network.network import Network
from mobility.network.timetable import Footpaths
from mobility.planning.long_walks import NO_LONG_WALKS, LongWalks
from mobility.planning.next_way import Egress, NextWay, leg_of, longer_ends, to_the_end, way_of
from mobility.planning.trip_search import limits_of, search_date, searched_day
from mobility.planning.walk_between import TwoPartSearch
from mobility.ranking.filters import NIGHT_WAIT_S
from mobility.routing.access import on_foot, ways
from mobility.routing.by_vehicle import cycled_to_the_end
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import Itinerary, RideLeg
from mobility.routing.query import Query
from mobility.routing.reservation import PHONE, Reservation, reservation
from mobility.routing.stop_ways import Ways
from mobility.routing.territory import Territory
from mobility.search import search as kernels
from mobility.search.choice import leaving_late
from mobility.search.path import Ends, Path
from mobility.search.search import SearchDay, SearchLimits

DAYS = (0, 1)
WALKED, CYCLED = (-1, 0), (-2, 0)
"""Ends of a trip at which any stop near the destination will do."""


@dataclass(frozen=True, slots=True)
class Fallback:
    """Of a missed ride. first: the next one, as far as the vehicle goes; None where one walks on, or where there is
    none. arrival_s: at the end of the trip, None: by none that leaves before noon of the day after next. later_s: than
    with the ride. is_next_day: not on that evening. booking: what is to be booked for it. walks: to the next ride, from
    the last one and between two, those that are longer than the query allows. arrives_about: no timetable promises the
    minute of the arrival; on foot it counts from the missed ride."""

    missed: RideLeg
    first: RideLeg | None
    arrival_s: int | None
    later_s: int = 0
    is_next_day: bool = False
    booking: Reservation | None = None
    walks: LongWalks = NO_LONG_WALKS
    arrives_about: bool = False

    @property
    def is_last(self) -> bool:
        """Of the day."""
        return self.is_next_day or self.arrival_s is None


@dataclass(frozen=True, slots=True)
class FallbackSearch:
    """has_booked: some ride is to be booked. walked: from each stop near the destination on foot, empty where no
    place is known; cycled: by bike, empty where none is ridden at that end. found: by node, moment and end what was
    searched already; None where nothing leads there. walked_farther: the same, with longer walks; walked_between: and
    with one between two vehicles."""

    territory: Territory
    query: Query
    walked: Egress
    cycled: Egress
    has_booked: bool
    found: dict[tuple[int, int, int, int], NextWay | None] = field(default_factory=dict)
    walked_farther: dict[tuple[int, int, int, int], NextWay | None] = field(default_factory=dict)
    walked_between: dict[tuple[int, int, int, int], NextWay | None] = field(default_factory=dict)

    def of(self, itinerary: Itinerary) -> list[Fallback]:
        """For each ride that is boarded, in their order."""
        boarded = [ride for ride in itinerary.rides if not ride.stays]
        if not boarded or itinerary.carpool is not None:
            return []
        rest, egress = self._end(itinerary)
        return [self._fallback(ride, itinerary.arrival_s, rest, egress) for ride in boarded]

    def _end(self, itinerary: Itinerary) -> tuple[tuple[int, int], Egress]:
        """From any stop near the destination, as one goes from the last: on foot, or by the bike that came along. Where
        somebody fetches one, or no place is known, from the last stop alone."""
        last, mode = itinerary.rides[-1], itinerary.legs[-1].mode
        stop, seconds = last.stop_at(last.alight), itinerary.arrival_s - last.arrival_s
        nodes = self.territory.network.nodes(stop)
        end, egress = (CYCLED, self.cycled) if mode == "BIKE" else (WALKED, self.walked)
        if mode != "CAR" and any(node in egress.by_node for node in nodes):
            return end, egress
        return (stop, seconds), Egress(np.array(nodes, np.int32), np.full(len(nodes), seconds, np.int32))

    def _fallback(self, ride: RideLeg, arrival_s: int, rest: tuple[int, int], egress: Egress) -> Fallback:
        stop, at_s = ride.stop_at(ride.board), ride.departure_s + 1
        key = stop, at_s, *rest
        if key not in self.found:
            self.found[key] = self._searched(stop, at_s, egress)
        usual = self._after(ride, arrival_s, self.found[key])
        if not usual.is_last or self.query.step_free or rest == CYCLED:
            return usual
        ends, between = (self.walked_farther, self._with_longer_ends), (self.walked_between, self._with_walk_between)
        for known, searched in (ends, between):
            if key not in known:
                known[key] = searched(stop, at_s, rest == WALKED, egress)
            walked = self._after(ride, arrival_s, known[key])
            if not walked.is_last:
                return walked
        return usual

    def _after(self, ride: RideLeg, arrival_s: int, known: NextWay | None) -> Fallback:
        if known is None:
            return Fallback(ride, None, None)
        there_s, next_s = known.arrival_s, known.first.departure_s if known.first else ride.departure_s + 1
        night = self._is_over_night(arrival_s, there_s) or self._is_over_night(ride.departure_s, next_s)
        about = known.arrives_about if known.first else headway_s(ride) > 0
        return Fallback(ride, known.first, there_s, there_s - arrival_s, night, known.booking, known.walks, about)

    def _with_longer_ends(self, stop: int, at_s: int, to_the_door: bool, egress: Egress) -> NextWay | None:
        """With longer walks at the ends."""
        query, searched = self._unbooked(at_s)
        ends = longer_ends(self.territory, query, stop, egress, to_the_door)
        best = self._best(query, searched, ends.from_stop(self.territory.network.nodes(stop)), at_s)
        return way_of(self.territory, query, searched, ends, best) if best else None

    def _with_walk_between(self, stop: int, at_s: int, to_the_door: bool, egress: Egress) -> NextWay | None:
        """And with one between two vehicles."""
        query, searched = self._unbooked(at_s)
        ends, anchor_s = longer_ends(self.territory, query, stop, egress, to_the_door), searched.timetable.anchor_s
        both = ends.from_stop(self.territory.network.nodes(stop))
        parts = TwoPartSearch(self.territory, query, searched, both, night_ends_s(at_s, self.territory.zone) - anchor_s)
        found = parts.soonest(at_s - anchor_s)
        return way_of(self.territory, query, searched, ends, found) if found else None

    def _unbooked(self, at_s: int) -> tuple[Query, SearchDay]:
        query = replace(self.query, unbooked=True)
        return query, searched_day(self.territory, query, search_date(self.territory, at_s, arrive_by=False))

    def _is_over_night(self, from_s: int, until_s: int) -> bool:
        return evening(until_s, self.territory.zone) > evening(from_s, self.territory.zone)

    def _searched(self, stop: int, at_s: int, egress: Egress) -> NextWay | None:
        found = self._way(self.query, stop, at_s, egress)
        if found and found.booking and found.booking.until and found.booking.until.timestamp() < at_s:
            return self._way(replace(self.query, unbooked=True), stop, at_s, egress)
        return found

    def _way(self, query: Query, stop: int, at_s: int, egress: Egress) -> NextWay | None:
        day = search_date(self.territory, at_s, arrive_by=False)
        for offset in DAYS:
            searched = searched_day(self.territory, query, days_after(day, offset))
            ends = _ends(self.territory, searched.footpaths, stop, egress)
            if best := self._best(query, searched, ends, at_s):
                return self._told(searched, best)
        return None

    def _told(self, searched: SearchDay, best: Path) -> NextWay:
        told = best.rides if self.has_booked else best.rides[:1] + best.rides[1:][-1:]
        legs = [leg_of(self.territory, searched, ride) for ride in told]
        there_s, first = searched.timetable.anchor_s + best.arrival_s, to_the_end(legs[0]) if legs else None
        return NextWay(first, there_s, _booking(legs), arrives_about=bool(legs) and headway_s(legs[-1]) > 0)

    def _best(self, query: Query, searched: SearchDay, ends: Ends, at_s: int) -> Path | None:
        """Of all that leave then or later; None where nothing leads there."""
        limits = limits_of(self.territory, query, searched)
        found = kernels.pareto(searched, ends, at_s - searched.timetable.anchor_s, limits)
        return self._through(searched, ends, _soonest(found), limits) if found else None

    def _through(self, searched: SearchDay, ends: Ends, best: Path, limits: SearchLimits) -> Path:
        """As late as it may leave; after a night on the way, where what is there little later is spared it."""
        (best,) = leaving_late(searched, ends, [best], limits)
        if best.arrival_s - best.departure_s <= NIGHT_WAIT_S:
            return best
        legs = [leg_of(self.territory, searched, ride) for ride in best.rides]
        ended_s = [after.departure_s for before, after in pairwise(legs) if _waits_a_night(before, after)]
        if not ended_s:
            return best
        morning_s = ended_s[-1] - NIGHT_WAIT_S - searched.timetable.anchor_s
        later = [
            path
            for path in kernels.pareto(searched, ends, morning_s, limits)
            if path.rides and path.arrival_s < best.arrival_s + NIGHT_WAIT_S
        ]
        return leaving_late(searched, ends, [_soonest(later)], limits)[0] if later else best


def _soonest(found: Sequence[Path]) -> Path:
    return min(found, key=lambda path: (path.arrival_s, len(path.rides)))


def _waits_a_night(before: RideLeg, after: RideLeg) -> bool:
    return after.departure_s - before.arrival_s > NIGHT_WAIT_S


def _booking(legs: Sequence[RideLeg]) -> Reservation | None:
    """The one that is to be booked first; of those without a last moment the first."""
    asked = [one for one in (reservation(leg, leg) for leg in legs) if one is not None and one.booked]
    return min(asked, key=lambda one: one.until.timestamp() if one.until else float("inf"), default=None)


def _has_booked(network: Network) -> bool:
    patterns = network.patterns
    return bool((patterns.pickup == PHONE).any() or (patterns.drop_off == PHONE).any())


def _ends(territory: Territory, footpaths: Footpaths, stop: int, egress: Egress) -> Ends:
    """From a stop, where one stands, and those that one walks to from there."""
    seconds: dict[int, int] = {}
    nodes = territory.network.nodes(stop)
    for node in nodes:
        rows = slice(int(footpaths.first[node]), int(footpaths.first[node + 1]))
        for there, walk_s in zip(footpaths.to_stop[rows].tolist(), footpaths.duration_s[rows].tolist(), strict=True):
            seconds[there] = min(walk_s, seconds.get(there, walk_s))
    seconds |= dict.fromkeys(nodes, 0)
    access = np.array(list(seconds), np.int32), np.array(list(seconds.values()), np.int32)
    return Ends(*access, egress.node, egress.seconds, egress.least_s(nodes))


def fallback_search(territory: Territory, query: Query, has_place: bool = True) -> FallbackSearch:
    """has_place: whether the destination is known, not only the last stop of what was kept."""
    none, has_booked = Egress(np.empty(0, np.int32), np.empty(0, np.int32)), _has_booked(territory.network)
    if not has_place:
        return FallbackSearch(territory, query, none, none, has_booked)
    walking = query.walking
    longest_s = walking.egress_s if "WALK" in walking.egress_modes else 0
    walked = ways(territory, query.destination, longest_s, walking.speed_mps, on_foot(query), inward=True)
    cycled = _egress(cycled_to_the_end(territory, query)) if "BIKE" in walking.egress_modes else none
    return FallbackSearch(territory, query, _egress(walked), cycled, has_booked)


def _egress(found: Ways) -> Egress:
    return Egress(found.node, found.seconds)
