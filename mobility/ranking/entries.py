"""Departures that go the same way, told as one: "T1 every 10 minutes: 8:02, 8:12, 8:22"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from mobility.carpool.offer import OfferId
from mobility.ranking.costs import Option
from mobility.routing.itinerary import Itinerary

MINUTE_S = 60
FEWEST_IN_A_RHYTHM = 3

WayThere = tuple[str, tuple[tuple[int, str, str], ...], OfferId | None]
"""The vehicle at the ends, each line with the names of its two stops, and the offer of a driver."""


class FoldedWay(NamedTuple):
    """lead: what stands for all of them. departures: rows of the list, in its order. first: it is one of the ways that
    stand first. every_s: from each to the next, where that is the same for three or more, else 0."""

    lead: int
    departures: tuple[int, ...]
    first: bool
    every_s: int


def way_there(itinerary: Itinerary) -> WayThere:
    """The same for the same lines between the same stops, at any hour and any quay."""
    rides = tuple((ride.line, ride.start.name, ride.end.name) for ride in itinerary.rides)
    return itinerary.vehicle, rides, itinerary.carpool.offer.id if itinerary.carpool else None


def entries(departures: Sequence[Option], first: Sequence[Option]) -> list[FoldedWay]:
    """Those of `first` in their order, then the others in that of their first departure."""
    rows: dict[WayThere, list[int]] = {}
    for row, one in enumerate(departures):
        rows.setdefault(way_there(one.itinerary), []).append(row)
    row_of = {id(one.itinerary): row for row, one in enumerate(departures)}
    leads = {way_there(one.itinerary): row_of[id(one.itinerary)] for one in reversed(first)}
    order = list(dict.fromkeys([*(way_there(one.itinerary) for one in first), *rows]))
    return [
        FoldedWay(leads.get(way, rows[way][0]), tuple(rows[way]), way in leads, _every_s(departures, rows[way]))
        for way in order
    ]


def _every_s(departures: Sequence[Option], rows: Sequence[int]) -> int:
    minutes = sorted(departures[row].itinerary.departure_s // MINUTE_S for row in rows)
    gaps = {later - earlier for earlier, later in pairwise(minutes)}
    return MINUTE_S * gaps.pop() if len(rows) >= FEWEST_IN_A_RHYTHM and len(gaps) == 1 else 0
