"""One trip query on its way: what the search finds in given hours, or for one moment, put together and sifted.

A span is cut at midnights; each part is searched on the day that looks far enough. What is found and will not be shown
stands among the losses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from mobility.clock import DAY_S, FOR_EVER_NS, Deadline, days_after, local_date, midnight
from mobility.network.modes import MODES
from mobility.network.network import Network, UInt8s
from mobility.ranking.bookings import in_time
from mobility.ranking.chain import Loss, Lost, Proof, Sifted, untold
from mobility.ranking.filters import (
    PAGE,
    first_moments,
    undominated,
)
from mobility.ranking.loops import straightened
from mobility.routing.access import Doors
from mobility.routing.itinerary import Itinerary
from mobility.routing.legs import ItineraryMaker
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan
from mobility.search import search as kernels
from mobility.search.choice import chosen, leaving_late
from mobility.search.path import Path
from mobility.search.search import SearchDay, SearchLimits

HALF_DAY_S = DAY_S // 2
PIECE_S = 3 * 3600
"""So much of a window is searched at once: in between the clock is asked. A window is seldom as wide."""


Counts = Callable[[Proof], bool]
"""Whether an itinerary of which so much is proved may be of use. One may still leave later, or be there earlier."""


def always(_proof: Proof) -> bool:
    return True


class BestOfMoment(NamedTuple):
    """What leaves then or later, or is there by then."""

    searched: SearchDay
    paths: list[Path]


@dataclass(frozen=True, slots=True)
class TripSearch:
    """One trip query on its way. losses: what was found and will not be shown, so far. deadline: past it, no further
    window, manner or rule is looked into. at_ends: what was found in passing at the ends of windows, by the doors and
    the moment; nothing where it is all that was found for the moment before."""

    territory: Territory
    query: Query
    losses: list[Loss] = field(default_factory=list)
    deadline: Deadline = field(default_factory=Deadline)
    at_ends: dict[tuple[Doors, int], BestOfMoment] = field(default_factory=dict)

    def asking(self, query: Query) -> TripSearch:
        """Another question beside this one."""
        return TripSearch(self.territory, query, deadline=self.deadline)

    def keep(self, sifted: Sifted) -> list[Itinerary]:
        self.losses.extend(sifted.lost)
        return sifted.kept


def within(search: TripSearch, every: list[Doors], span: TimeSpan) -> list[Itinerary]:
    asked = (both for row, both in enumerate(every) if row == 0 or not search.deadline.is_past())
    return search.keep(undominated([one for both in asked for one in _within_by(search, both, span)]))


def _within_by(search: TripSearch, both: Doors, span: TimeSpan) -> list[Itinerary]:
    territory, query = search.territory, search.query
    found: list[Itinerary] = []
    for row, (day, part) in enumerate(_by_day(territory, query, span)):
        if row and search.deadline.is_past():
            break
        searched = searched_day(territory, query, day)
        paths = _paths(search, searched, both, part)
        cut_off: Sequence[Path] = ()
        if part == span:
            paths, cut_off = first_moments(paths, query, territory.bounds.most_results)
        found += _told(search, both, searched, paths)
        search.losses.extend(_on_later_pages(search, both, searched, cut_off))
    return found


def _paths(search: TripSearch, searched: SearchDay, both: Doors, span: TimeSpan) -> Sequence[Path]:
    """Piece by piece, those nearest to the moment asked for first: a window cut in two finds what the whole does."""
    arrive_by, anchor_s = search.query.arrive_by, searched.timetable.anchor_s
    find = kernels.window_arriving_and_before if arrive_by else kernels.window_and_after
    found: list[Path] = []
    for row, piece in enumerate(_pieces(span, arrive_by)):
        if row and search.deadline.is_past():
            break
        limits = _limits(search, searched)
        inside, at_end = find(searched, both.ends(), piece.from_s - anchor_s, piece.until_s - anchor_s, limits)
        end_s = piece.from_s - 1 if arrive_by else piece.until_s
        search.at_ends[both, end_s] = BestOfMoment(searched, at_end)
        found[:0] = inside
        search.deadline.note_end(limits.until_ns)
    return found


def _pieces(span: TimeSpan, arrive_by: bool) -> list[TimeSpan]:
    starts = range(span.from_s, span.until_s, PIECE_S)
    pieces = [TimeSpan(from_s, min(from_s + PIECE_S, span.until_s)) for from_s in starts]
    return pieces[::-1] if arrive_by else pieces


def at_one_time(search: TripSearch, every: list[Doors], counts: Counts = always) -> list[Itinerary]:
    """counts: what is not of use is not put together."""
    asked = (both for row, both in enumerate(every) if row == 0 or not search.deadline.is_past())
    return [one for both in asked for one in _at_one_time_by(search, both, counts)]


def _at_one_time_by(search: TripSearch, both: Doors, counts: Counts) -> list[Itinerary]:
    """The best for one moment: waiting for the first departure (or after the last arrival) counts as travel time."""
    territory, query = search.territory, search.query
    day = search_date(territory, query.at_s, query.arrive_by)
    for offset in (0, -1) if query.arrive_by else (0, 1):
        searched = searched_day(territory, query, days_after(day, offset))
        find = kernels.pareto_arriving if query.arrive_by else kernels.pareto
        at_s = query.at_s - searched.timetable.anchor_s
        limits = _limits(search, searched)
        found = find(searched, both.ends(), at_s, limits)
        search.deadline.note_end(limits.until_ns)
        if any(path.rides for path in found):
            best = _of_use(search, both, BestOfMoment(searched, found), counts)
            if _last_to_the_next_moment(query, found, best):
                search.at_ends[both, query.at_s + (-1 if query.arrive_by else 1)] = BestOfMoment(searched, [])
            return _put_together(search, both, best)
    return []


def _last_to_the_next_moment(query: Query, found: Sequence[Path], best: BestOfMoment) -> bool:
    """Whether nothing else is best a second later (before): one can still have all of them, and no walk, which could,
    is between."""
    at_s = query.at_s - best.searched.timetable.anchor_s
    taken = (path.arrival_s < at_s if query.arrive_by else path.departure_s > at_s for path in best.paths)
    return all(path.rides for path in found) and all(taken)


def _of_use(search: TripSearch, both: Doors, best: BestOfMoment, counts: Counts) -> BestOfMoment:
    """The rides of it that count, each leaving as late as can be."""
    searched, limits = best.searched, _limits(search, best.searched)
    paths = [path for path in best.paths if path.rides and counts(_proof(path, searched))]
    if not search.query.arrive_by:
        paths = leaving_late(searched, both.ends(), paths, limits)
        search.deadline.note_end(limits.until_ns)
    return BestOfMoment(searched, paths)


def _put_together(search: TripSearch, both: Doors, best: BestOfMoment) -> list[Itinerary]:
    return _told(search, both, best.searched, best.paths)


def past_the_end(search: TripSearch, every: list[Doors], at_s: int, counts: Counts) -> list[Itinerary]:
    """As at_one_time, at the end of a window, where its search knows that already."""
    other = search.asking(replace(search.query, at_s=at_s, window_s=0))
    found: list[Itinerary] = []
    for row, both in enumerate(every):
        if row and search.deadline.is_past():
            break
        known = search.at_ends.get((both, at_s))
        if known is None:
            found += at_one_time(other, [both], counts)
        elif known.paths:
            found += _put_together(other, both, _of_use(other, both, known, counts))
    return found


def _proof(path: Path, searched: SearchDay) -> Proof:
    anchor_s = searched.timetable.anchor_s
    return Proof(anchor_s + path.departure_s, anchor_s + path.arrival_s, len(path.rides) - 1)


def _by_day(territory: Territory, query: Query, span: TimeSpan) -> Iterator[tuple[date, TimeSpan]]:
    """The span cut at midnights: each part is searched on the day that looks far enough ahead of it (back from it)."""
    from_s = span.from_s
    while from_s < span.until_s:
        day = search_date(territory, from_s, query.arrive_by)
        lag_s = HALF_DAY_S if query.arrive_by else 0
        until_s = min(span.until_s, midnight(days_after(day, 1), territory.zone) + lag_s)
        yield day, TimeSpan(from_s, until_s)
        from_s = until_s


def search_date(territory: Territory, at_s: int, arrive_by: bool) -> date:
    """A searchable day holds the rides from its midnight (and those of the night before) to noon of the next day."""
    return local_date(at_s - HALF_DAY_S if arrive_by else at_s, territory.zone)


def searched_day(territory: Territory, query: Query, day: date) -> SearchDay:
    return territory.days.on(day, query.needs, query.pace)


def limits_of(territory: Territory, query: Query, searched: SearchDay, until_ns: int = FOR_EVER_NS) -> SearchLimits:
    allowed = None if query.modes is None else _allowed(territory.network, query.modes, searched)
    return SearchLimits(query.most_rides, allowed, until_ns)


def _limits(search: TripSearch, searched: SearchDay) -> SearchLimits:
    return limits_of(search.territory, search.query, searched, search.deadline.step_ns())


def _allowed(network: Network, modes: frozenset[str], searched: SearchDay) -> UInt8s:
    """1 for each pattern of the day whose line has one of the modes."""
    day = searched.timetable
    rideable = np.array([mode in modes for mode in MODES], np.uint8)
    pattern = network.trips.pattern[day.trip_row[day.pattern_first_trip[:-1]]]
    allowed: UInt8s = rideable[network.lines.mode[network.patterns.line[pattern]]]
    return allowed


def _told(search: TripSearch, both: Doors, searched: SearchDay, paths: Sequence[Path]) -> list[Itinerary]:
    territory, query = search.territory, search.query
    maker = ItineraryMaker(territory, query, searched.ahead.timetable, searched.ahead.footpaths, both)
    ridden = [path for path in paths if path.rides]
    if not ridden:
        return []
    told = maker.itineraries(chosen(searched, both.ends(), ridden, _limits(search, searched)))
    return search.keep(straightened(search.keep(in_time(told, query.now_s)), maker.between))


def _on_later_pages(search: TripSearch, both: Doors, searched: SearchDay, cut_off: Sequence[Path]) -> list[Loss]:
    """cut_off: what the page does not hold. It is put together only where somebody asks for it: that is what leaving it
    out spares. What is then taken out of it bears its own code."""
    ridden = {_proof(path, searched): path for path in cut_off if path.rides}
    # Not the search itself, among whose losses this will stand: in a circle all of it would wait for the collector.
    territory, query = search.territory, search.query

    def told(proofs: Sequence[Proof]) -> list[Lost]:
        later = TripSearch(territory, query)
        kept = _told(later, both, searched, [ridden[proof] for proof in proofs])
        taken_out = (one for loss in later.losses for one in loss.told())
        return [*(Lost(PAGE.code, one, one.transfers) for one in kept), *taken_out]

    return untold(PAGE.code, tuple(ridden), told)
