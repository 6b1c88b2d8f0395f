"""Offers in a few words, a list of them as LiveOffers, and a town with carpools to ask.

offer("Anna", "A 7:40 > B 8:00")
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from zoneinfo import ZoneInfo

from mobility.carpool.live import OfferChanges
from mobility.carpool.offer import (
    AccountId,
    MeetingPoint,
    Offer,
    OfferId,
    OfferStatus,
    OneDay,
    PointKind,
    Schedule,
    Seated,
    Waypoint,
)
from mobility.carpool.overlay import Overlay
from mobility.planning.planner import plan
from mobility.routing.carpool.rules import CarpoolRules, CarpoolSearch
from mobility.routing.territory import Territory
from tests.town import ZONE, ask, at, moment, town

DAY = date(2026, 6, 3)
EARLY = "2026-06-03 5:00"
PROMPT = CarpoolRules(margin_s=600, early_s=300, nearer_m=500)


def offer(
    driver: str, way: str, places: dict[str, str] | None = None, schedule: Schedule | None = None, **rest
) -> Offer:
    """way: `A 7:40 > B 7:50 > C 8:10`: stops of the town, or places with their kilometres on the plan."""
    calls = [call.split() for call in way.split(">")]
    minutes = [int(clock.split(":")[0]) * 60 + int(clock.split(":")[1]) for _, clock in calls]
    points = [_point(name, places or {}) for name, _ in calls]
    last = len(calls) - 1
    waypoints = tuple(
        Waypoint(point, 60 * (minute - minutes[0]), 1000 * (minute - minutes[0]), 0, number < last, number > 0)
        for number, (point, minute) in enumerate(zip(points, minutes, strict=True))
    )
    made = Offer(
        OfferId(driver), AccountId(driver), points[0], points[-1], schedule or OneDay(DAY),
        time(minutes[0] // 60, minutes[0] % 60), 0, 3, 600, 300, waypoints[-1].after_s, waypoints[-1].along_m, False,
        waypoints,
    )  # fmt: skip
    return replace(made, **rest)


def _point(name: str, places: dict[str, str]) -> MeetingPoint:
    if name in places:
        return MeetingPoint(name, name, at(places[name]), PointKind.CARPOOL_PLACE)
    return MeetingPoint(f"t_{name}", name, at("0 0"), PointKind.STOP)


class Listed:
    """LiveOffers in memory, as the registry tells them."""

    def __init__(self, *offers: Offer) -> None:
        self._changed: dict[OfferId, int] = {}
        self._offers: dict[OfferId, Offer] = {}
        self.seated: list[Seated] = []
        self._revision = 0
        for one in offers:
            self.put(one)

    def put(self, changed: Offer) -> None:
        self._revision += 1
        self._offers[changed.id], self._changed[changed.id] = changed, self._revision

    def seat(self, seated: Seated) -> None:
        self.seated.append(seated)
        self.put(self._offers[seated.offer])

    def revision(self) -> int:
        return self._revision

    def since(self, revision: int) -> OfferChanges:
        changed = [self._offers[one] for one, at_revision in self._changed.items() if at_revision > revision]
        live = tuple(one for one in changed if one.status is OfferStatus.ACTIVE)
        seated = tuple(one for one in self.seated if one.offer in {offer.id for offer in live})
        return OfferChanges(self._revision, live, seated, tuple(one.id for one in changed if one not in live))


def placed(found: Offer, territory: Territory) -> Offer:
    """With its stops where they are in the town."""
    stops = territory.network.stops

    def stood(point: MeetingPoint) -> MeetingPoint:
        row = stops.id.find(point.id)
        return point if row is None else replace(point, point=stops.point(row))

    waypoints = tuple(replace(one, meeting_point=stood(one.meeting_point)) for one in found.waypoints)
    return replace(found, start=stood(found.start), end=stood(found.end), waypoints=waypoints)


def shared(
    offers: list[Offer],
    stops: str,
    lines: str,
    now: str = EARLY,
    rules: CarpoolRules = PROMPT,
    more: dict[str, str] | None = None,
) -> tuple[Territory, Listed]:
    """A town with carpools, and the list they stand in."""
    plain = town(stops, lines, more)
    listed = Listed(*(placed(one, plain) for one in offers))
    overlay = Overlay(listed, ZoneInfo(ZONE))
    overlay.clock = _each_time()
    return replace(plain, carpooling=CarpoolSearch(overlay, lambda: moment(now), rules)), listed


def _each_time():
    """A clock that moves on so far at each look that the registry is always asked."""
    ticks = iter(range(10**9))
    return lambda: float(next(ticks))


def told(territory: Territory, start: str, end: str, when: str, **rest) -> list[str]:
    """Those of the answer with a carpool."""
    answer = plan(territory, ask(territory, start, end, when, **rest))
    return [one.in_zone(ZoneInfo(ZONE)) for one in answer.itineraries if one.carpool]
