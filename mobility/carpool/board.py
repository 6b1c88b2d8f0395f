"""All live offers in this process, laid out to find those that pass near two places. Follows the registry.

Not the search's overlay: that one knows the timetable; this one answers other operators, who ask for offers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.capacity import can_serve
from mobility.carpool.live import LiveOffers, OfferChanges
from mobility.carpool.offer import Offer, OfferId, PointKind, Seated
from mobility.carpool.seats import seats_left
from mobility.geo import Point, distances_m


@dataclass(frozen=True, slots=True)
class Circle:
    centre: Point
    radius_m: float


@dataclass(frozen=True, slots=True)
class OfferNear:
    """An offer that can take somebody from a waypoint (position) to a later one, both within the circles."""

    offer: Offer
    pickup: int
    drop_off: int


@dataclass(frozen=True, eq=False)
class OfferBoard:
    """One revision. lats, lons, offer, position: of each waypoint that is a meeting point."""

    revision: int
    offers: tuple[Offer, ...]
    seated: dict[tuple[OfferId, date], list[Seated]]
    lats: NDArray[np.float64]
    lons: NDArray[np.float64]
    offer: NDArray[np.int64]
    position: NDArray[np.int64]

    def near(self, start: Circle, end: Circle) -> Iterator[OfferNear]:
        """For each offer the pair of points with the shortest walks together, in the offers' order."""
        starts, ends = self._within(start), self._within(end)
        for index in sorted(starts.keys() & ends.keys()):
            offer = self.offers[index]
            pairs = [
                (from_m + to_m, pickup, drop_off)
                for pickup, from_m in starts[index].items()
                for drop_off, to_m in ends[index].items()
                if can_serve(offer, (), pickup, drop_off)
            ]
            if pairs:
                _, pickup, drop_off = min(pairs)
                yield OfferNear(offer, pickup, drop_off)

    def seats_left(self, near: OfferNear, day: date) -> int:
        """0 where the driver goes too far out of the way for those who have a seat already."""
        held = self.held(near, day)
        if not can_serve(near.offer, held, near.pickup, near.drop_off):
            return 0
        return seats_left(near.offer, held, near.pickup, near.drop_off)

    def held(self, near: OfferNear, day: date) -> Sequence[Seated]:
        return self.seated.get((near.offer.id, day), [])

    def _within(self, circle: Circle) -> dict[int, dict[int, float]]:
        away_m = distances_m(circle.centre, self.lats, self.lons)
        found: dict[int, dict[int, float]] = {}
        for row in np.flatnonzero(away_m <= circle.radius_m):
            found.setdefault(int(self.offer[row]), {})[int(self.position[row])] = float(away_m[row])
        return found


class Boards:
    """The latest board, made anew when the registry has changed. Safe between threads."""

    def __init__(self, live: LiveOffers) -> None:
        self._live, self._lock = live, Lock()
        self._offers: dict[OfferId, Offer] = {}
        self._seated: dict[OfferId, list[Seated]] = {}
        self._board = _laid_out(0, {}, {})

    def latest(self) -> OfferBoard:
        """Raises StorageUnavailable."""
        with self._lock:
            if self._live.revision() != self._board.revision:
                self._follow(self._live.since(self._board.revision))
            return self._board

    def _follow(self, changes: OfferChanges) -> None:
        for gone in changes.gone:
            self._offers.pop(gone, None)
            self._seated.pop(gone, None)
        for offer in changes.offers:
            self._offers[offer.id], self._seated[offer.id] = offer, []
        for one in changes.seated:
            self._seated.setdefault(one.offer, []).append(one)
        self._board = _laid_out(changes.revision, self._offers, self._seated)


def _laid_out(revision: int, offers: dict[OfferId, Offer], seated: dict[OfferId, list[Seated]]) -> OfferBoard:
    ordered = tuple(offers[offer] for offer in sorted(offers))
    points = [
        (at.meeting_point.point.lat, at.meeting_point.point.lon, index, position)
        for index, offer in enumerate(ordered)
        for position, at in enumerate(offer.waypoints)
        if at.meeting_point.kind is not PointKind.BLURRED
    ]
    table = np.array(points, dtype=np.float64).reshape(-1, 4)
    by_day: dict[tuple[OfferId, date], list[Seated]] = {}
    for one in (one for held in seated.values() for one in held):
        by_day.setdefault((one.offer, one.day), []).append(one)
    whole = table[:, 2:].astype(np.int64)
    return OfferBoard(revision, ordered, by_day, table[:, 0], table[:, 1], whole[:, 0], whole[:, 1])
