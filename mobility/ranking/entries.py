"""Departures that go the same way at the same price, told as one: "T1 every 10 minutes: 8:02, 8:12, 8:22"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from mobility.carpool.offer import OfferId
from mobility.money import Amount
from mobility.ranking.costs import Option
from mobility.ranking.left import has_left
from mobility.ranking.runs_between import none_between
from mobility.routing.itinerary import Itinerary

MINUTE_S = 60
FEWEST_IN_A_RHYTHM = 3
MUCH_LONGER_S = 3600
"""Who takes so much longer than the shortest of its way, as over a night at a quay, is told apart."""

WayThere = tuple[str, tuple[tuple[int, str, str], ...], OfferId | None]
"""The vehicle at the ends, each line with the names of its two stops, and the offer of a driver."""

Paid = tuple[tuple[Amount, ...], tuple[Amount, ...], Amount | None]


class Fold(NamedTuple):
    """What is the same for those told as one. paid: the least and the most that one person pays, and all together: an
    entry names one price, and who takes another of its departures pays that."""

    way: WayThere
    much_longer: bool
    paid: Paid


class FoldedWay(NamedTuple):
    """lead: what stands for all of them. departures: rows of the list, in its order. first: it is one of the ways that
    stand first. whole: by the timetable nothing else goes that way between the first and the last. every_s: from each
    to the next, where that is the same for three or more of a whole way, else 0."""

    lead: int
    departures: tuple[int, ...]
    first: bool
    whole: bool = True
    every_s: int = 0


def way_there(itinerary: Itinerary) -> WayThere:
    """The same for the same lines between the same stops, at any hour and any quay."""
    rides = tuple((ride.line, ride.start.name, ride.end.name) for ride in itinerary.rides)
    return itinerary.vehicle, rides, itinerary.carpool.offer.id if itinerary.carpool else None


def entries(departures: Sequence[Option], first: Sequence[Option], now_s: int) -> list[FoldedWay]:
    """Those of `first` in their order, then the others in that of their first departure; each with its rhythm, and with
    what can be taken yet at its head. now_s: epoch seconds."""
    ways = [_headed(one, departures, now_s) for one in folded_ways(departures, first)]
    several = [row for row, way in enumerate(ways) if len(way.departures) > 1]
    whole = none_between([[departures[row].itinerary for row in ways[way].departures] for way in several])
    for row, is_whole in zip(several, whole, strict=True):
        every_s = _every_s(departures, ways[row].departures) if is_whole else 0
        ways[row] = ways[row]._replace(whole=is_whole, every_s=every_s)
    return ways


def folded_ways(departures: Sequence[Option], first: Sequence[Option]) -> list[FoldedWay]:
    """The same without what the timetable says of them."""
    folds = _folds(departures)
    rows: dict[Fold, list[int]] = {}
    for row, fold in enumerate(folds):
        rows.setdefault(fold, []).append(row)
    row_of = {id(one.itinerary): row for row, one in enumerate(departures)}
    leading = [row_of[id(one.itinerary)] for one in first]
    leads = {folds[row]: row for row in reversed(leading)}
    order = list(dict.fromkeys([*(folds[row] for row in leading), *rows]))
    return [FoldedWay(leads.get(fold, rows[fold][0]), tuple(rows[fold]), fold in leads) for fold in order]


def _headed(one: FoldedWay, departures: Sequence[Option], now_s: int) -> FoldedWay:
    ahead = (row for row in (one.lead, *one.departures) if not has_left(departures[row].itinerary, now_s))
    return one._replace(lead=next(ahead, one.lead))


def _folds(departures: Sequence[Option]) -> list[Fold]:
    """Of each the way there, whether it takes much longer than others of that way, and what it costs."""
    ways = [way_there(one.itinerary) for one in departures]
    shortest_s: dict[WayThere, int] = {}
    for way, one in zip(ways, departures, strict=True):
        shortest_s[way] = min(one.itinerary.duration_s, shortest_s.get(way, one.itinerary.duration_s))
    return [
        Fold(way, one.itinerary.duration_s >= shortest_s[way] + MUCH_LONGER_S, _paid(one))
        for way, one in zip(ways, departures, strict=True)
    ]


def _paid(option: Option) -> Paid:
    price = option.ticket.price
    return price.amounts, price.most, option.together


def _every_s(departures: Sequence[Option], rows: Sequence[int]) -> int:
    minutes = sorted(departures[row].itinerary.departure_s // MINUTE_S for row in rows)
    gaps = {later - earlier for earlier, later in pairwise(minutes)}
    return MINUTE_S * gaps.pop() if len(rows) >= FEWEST_IN_A_RHYTHM and len(gaps) == 1 else 0
