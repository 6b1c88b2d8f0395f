"""The live offers of this process as flat arrays, beside the frozen timetable. Follows the registry.

A change appends the offers it is about and marks what stood there before as gone; nothing else is touched, so that it
costs the same with ten offers and with ten thousand. A view is frozen: who took one keeps it for the whole request.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from threading import Lock
from time import monotonic
from typing import TypeVar
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.capacity import allowed_s, taken_s
from mobility.carpool.capacity import served as stops
from mobility.carpool.departures import NOT_RUNNING, Departures, departures, lack_of
from mobility.carpool.lateness import NO_BOUND_S, Lateness, lateness
from mobility.carpool.live import LiveOffers, OfferChanges
from mobility.carpool.offer import Offer, OfferId, OfferStatus, PointKind, Seated, Waypoint, days_of
from mobility.carpool.rows import LATE, STRETCH, WAYPOINT, Places, Rows, joined
from mobility.clock import at_clock
from mobility.errors import StorageUnavailable

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
Floats = NDArray[np.float64]
UInt8s = NDArray[np.uint8]
Scalar = TypeVar("Scalar", bound=np.generic)

ASK_EVERY_S = 0.5
ROOM = 64
DAYS_KEPT = 8


@dataclass(frozen=True, slots=True, eq=False)
class DayOffers:
    """Of one date. By offer: start_s, epoch seconds of its departure or NOT_RUNNING; detour_s: how much longer the
    drive may become for another passenger; late_s: by how much later than it says it is there, for those who have a
    seat. stretches, late: by waypoint, STRETCH and LATE."""

    start_s: Int64s
    detour_s: Int32s
    late_s: Int32s
    stretches: Rows
    late: Rows
    _sorted: list[Departures] = field(init=False, default_factory=list, repr=False)

    def departures(self, view: View) -> Departures:
        """In order of departure; put in order when first asked for."""
        if not self._sorted:
            self._sorted.append(departures(self.start_s, self.detour_s, self.late_s, view))
        return self._sorted[0]


@dataclass(frozen=True, eq=False)
class View:
    """By offer (row): offers, flexible_s, allowed_s (of detour in all), lasts_s (from the first to the last waypoint),
    box (south, west, north, east of all waypoints), lacks (see departures.py), first (of its waypoints, n + 1).
    waypoints: all of them, WAYPOINT; places: those that they are at."""

    revision: int = 0
    offers: tuple[Offer | None, ...] = ()
    flexible_s: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    allowed_s: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    lasts_s: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    box: Floats = field(default_factory=lambda: np.empty((0, 4)))
    lacks: UInt8s = field(default_factory=lambda: np.empty(0, np.uint8))
    first: Int32s = field(default_factory=lambda: np.zeros(1, np.int32))
    waypoints: Rows = field(default_factory=lambda: np.empty(0, WAYPOINT))
    places: Places = field(default_factory=Places)
    days: dict[date, DayOffers] = field(default_factory=dict)

    def offer(self, row: int) -> Offer:
        found = self.offers[row]
        assert found is not None
        return found


NOTHING = View()


class Overlay:
    """zone: in which departures are meant. school_holidays: days off in the territory's zone."""

    def __init__(self, live: LiveOffers, zone: ZoneInfo, school_holidays: frozenset[date] = frozenset()) -> None:
        self._live, self._zone, self._holidays = live, zone, school_holidays
        self._lock, self._asked_at, self._view = Lock(), -ASK_EVERY_S, View()
        self._row: dict[OfferId, int] = {}
        self._seated: dict[OfferId, tuple[Seated, ...]] = {}
        self.clock: Callable[[], float] = monotonic

    def latest(self) -> View:
        """As the registry stood half a second ago at the most. Without a registry to ask there are no offers: none of
        them could be booked."""
        if self.clock() - self._asked_at < ASK_EVERY_S:
            return self._view
        with self._lock:
            now = self.clock()
            if now - self._asked_at >= ASK_EVERY_S:
                self._view = self._asked()
                self._asked_at = now
            return self._view

    def day(self, view: View, day: date) -> DayOffers:
        """Laid out when first asked for."""
        found = view.days.get(day)
        if found is None:
            with self._lock:
                found = view.days[day] = self._laid_out(view, day, range(len(view.offers)))
                while len(view.days) > DAYS_KEPT:
                    view.days.pop(next(iter(view.days)))
        return found

    def _asked(self) -> View:
        try:
            if self._live.revision() == self._view.revision:
                return self._view
            return self._followed(self._live.since(self._view.revision))
        except StorageUnavailable:
            self._row, self._seated = {}, {}
            return View()

    def _followed(self, changes: OfferChanges) -> View:
        gone = {*changes.gone, *(offer.id for offer in changes.offers)}
        for offer in gone:
            self._seated.pop(offer, None)
        live = [offer for offer in changes.offers if offer.status is OfferStatus.ACTIVE]
        by_offer: dict[OfferId, list[Seated]] = {}
        for one in changes.seated:
            by_offer.setdefault(one.offer, []).append(one)
        self._seated |= {offer.id: tuple(by_offer.get(offer.id, ())) for offer in live}
        return self._with(self._without(self._view, gone), live, changes.revision)

    def _without(self, view: View, gone: Iterable[OfferId]) -> View:
        rows = [row for offer in gone if (row := self._row.pop(offer, None)) is not None]
        if len(view.offers) - len(self._row) > len(self._row) + ROOM:
            kept = [view.offer(row) for row in self._row.values()]
            self._row = {}
            return self._with(View(), kept, view.revision)
        if not rows:
            return view
        offers = list(view.offers)
        for row in rows:
            offers[row] = None
        days = {}
        for day, found in list(view.days.items()):
            start_s = found.start_s.copy()
            start_s[rows] = NOT_RUNNING
            days[day] = replace(found, start_s=start_s)
        return replace(view, offers=tuple(offers), days=days)

    def _with(self, view: View, added: Sequence[Offer], revision: int) -> View:
        if not added:
            return replace(view, revision=revision)
        n_before, n_points = len(view.offers), len(view.waypoints)
        self._row |= {offer.id: n_before + number for number, offer in enumerate(added)}
        sizes = np.cumsum([len(offer.waypoints) for offer in added]) + n_points
        grown = replace(
            view,
            revision=revision,
            offers=(*view.offers, *added),
            flexible_s=_more(view.flexible_s, [offer.flexible_s for offer in added]),
            allowed_s=_more(view.allowed_s, [allowed_s(offer) for offer in added]),
            lasts_s=_more(view.lasts_s, [offer.waypoints[-1].after_s if offer.waypoints else 0 for offer in added]),
            box=_more(view.box, [_box(offer) for offer in added]),
            lacks=_more(view.lacks, [lack_of(offer.comfort) for offer in added]),
            first=_more(view.first, sizes.tolist()),
            waypoints=joined(view.waypoints, _rows(added, view.places)),
        )
        rows = range(n_before, n_before + len(added))
        days = {day: _joined(found, self._laid_out(grown, day, rows)) for day, found in list(view.days.items())}
        return replace(grown, days=days)

    def _laid_out(self, view: View, day: date, rows: range) -> DayOffers:
        offers = [view.offers[row] for row in rows]
        base, end = (int(view.first[row]) for row in (rows.start, rows.stop))
        start_s = np.full(len(offers), NOT_RUNNING, np.int64)
        detour_s = view.allowed_s[rows.start : rows.stop].copy()
        late_s, late = np.zeros(len(offers), np.int32), np.zeros(end - base, LATE)
        late["most_s"] = NO_BOUND_S
        stretches = np.zeros(end - base, STRETCH)
        left, served = stretches["left"], stretches["served"]
        for number, offer in enumerate(offers):
            if offer is None or next(days_of(offer.schedule, day, day, self._holidays), None) is None:
                continue
            start_s[number] = at_clock(day, offer.departure, self._zone)
            part = slice(int(view.first[rows.start + number]) - base, int(view.first[rows.start + number + 1]) - base)
            left[part] = offer.seats
            held = [one for one in self._seated.get(offer.id, ()) if one.day == day]
            for one in held:
                left[part][one.pickup : one.drop_off] -= one.seats
            served[part][list(stops(offer, held))] = 1
            detour_s[number] -= taken_s(offer, held)
            if held and part.stop > part.start:
                told = lateness(offer, held, int(start_s[number]))
                late_s[number], late[part] = told.leaves_s[-1], _late_rows(told)
        return DayOffers(start_s, detour_s, late_s, stretches, late)


def _joined(one: DayOffers, more: DayOffers) -> DayOffers:
    return DayOffers(
        np.concatenate([one.start_s, more.start_s]),
        np.concatenate([one.detour_s, more.detour_s]),
        np.concatenate([one.late_s, more.late_s]),
        joined(one.stretches, more.stretches),
        joined(one.late, more.late),
    )


def _late_rows(told: Lateness) -> Rows:
    return np.array(list(zip(told.arrives_s, told.leaves_s, told.gone_s, told.most_s, strict=True)), LATE)


def _box(offer: Offer) -> tuple[float, ...]:
    points = [one.meeting_point.point for one in offer.waypoints] or [offer.start.point]
    lats, lons = [point.lat for point in points], [point.lon for point in points]
    return min(lats), min(lons), max(lats), max(lons)


def _rows(offers: Sequence[Offer], places: Places) -> Rows:
    return np.array([_row(one, places) for offer in offers for one in offer.waypoints], WAYPOINT)


def _row(waypoint: Waypoint, places: Places) -> tuple[float, ...]:
    """Nobody gets in or out at a place that is only about where it is."""
    point = waypoint.meeting_point
    is_open = point.kind is not PointKind.BLURRED
    return (
        point.point.lat, point.point.lon, waypoint.after_s, waypoint.detour_s, places.number(point),
        is_open and waypoint.pickup, is_open and waypoint.drop_off,
    )  # fmt: skip


def _more(column: NDArray[Scalar], added: Sequence[float] | Sequence[tuple[float, ...]]) -> NDArray[Scalar]:
    return np.concatenate([column, np.array(added, column.dtype)])
