"""A ride that nobody drives, asked for once before any traveller asks: what the search for rides needs is compiled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mobility.carpool.live import OfferChanges
from mobility.carpool.offer import AccountId, MeetingPoint, Offer, OfferId, OneDay, PointKind, Waypoint
from mobility.carpool.overlay import Overlay
from mobility.planning.planner import plan
from mobility.routing.carpool.rides import MODE
from mobility.routing.carpool.rules import CarpoolRules, CarpoolSearch
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory

LEAVES_IN_S, DRIVE_S, HOUR_S = 900, 900, 3600
ANY_RIDE = CarpoolRules(nearer_m=0.0, nearer_share=0.0)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """LiveOffers of one offer."""

    offer: Offer

    def revision(self) -> int:
        return 1

    def since(self, revision: int) -> OfferChanges:
        return OfferChanges(1, (self.offer,), (), ())


def rehearse(territory: Territory, start: Spot, end: Spot, now_s: int) -> None:
    """From one stop to the other, leaving after a moment and arriving by one."""
    overlay = Overlay(Rehearsed(_offer(territory, start, end, now_s + LEAVES_IN_S)), territory.zone)
    shared = replace(territory, carpooling=CarpoolSearch(overlay, lambda: now_s, ANY_RIDE))
    leaving = Query(start, end, now_s, window_s=HOUR_S, modes=frozenset({MODE}), direct_modes=(), widen=False)
    plan(shared, leaving)
    plan(shared, replace(leaving, at_s=now_s + HOUR_S, arrive_by=True))


def _offer(territory: Territory, start: Spot, end: Spot, leaves_s: int) -> Offer:
    leaves = datetime.fromtimestamp(leaves_s, territory.zone)
    points = [MeetingPoint(spot.name, spot.name, spot.point, PointKind.CARPOOL_PLACE) for spot in (start, end)]
    return Offer(
        id=OfferId("rehearsal"),
        driver=AccountId("rehearsal"),
        start=points[0],
        end=points[1],
        schedule=OneDay(leaves.date()),
        departure=leaves.time().replace(second=0, microsecond=0),
        flexible_s=0,
        seats=1,
        longest_detour_s=0,
        price_cents=0,
        drive_s=DRIVE_S,
        drive_m=DRIVE_S,
        estimated=True,
        waypoints=(
            Waypoint(points[0], 0, 0, drop_off=False),
            Waypoint(points[1], DRIVE_S, DRIVE_S, pickup=False),
        ),
    )
