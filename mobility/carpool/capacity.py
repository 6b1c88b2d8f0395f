"""Whether a driver can take one more passenger from one waypoint to another: the rule behind search and booking.

Forward along the way, where people may get in and out; no turning back; the detour within what the driver accepts;
and nobody who has a seat already delayed by more than five minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from mobility.carpool.offer import Offer, Seated
from mobility.carpool.pairs import may_ride
from mobility.carpool.rows import WAYPOINT
from mobility.carpool.waypoints import allowed_detour_s

OTHERS_S = 300
"""The longest that people who already have a seat are delayed for another one."""


def can_serve(offer: Offer, held: Sequence[Seated], pickup: int, drop_off: int) -> bool:
    """pickup, drop_off: positions among the waypoints. held: the seats of the day. Seats left are another matter."""
    if not 0 <= pickup < drop_off < len(offer.waypoints):
        return False
    get_in, get_out = offer.waypoints[pickup], offer.waypoints[drop_off]
    if not (get_in.pickup and get_out.drop_off):
        return False
    left_s = allowed_s(offer) - taken_s(offer, held)
    return costs_s(offer, held, pickup, drop_off) <= left_s and heads_the_same_way(offer, pickup, drop_off)


def costs_s(offer: Offer, held: Sequence[Seated], pickup: int, drop_off: int) -> int:
    """Of detour, where the driver does not stop anyway."""
    stops = served(offer, held)
    return sum(offer.waypoints[one].detour_s for one in (pickup, drop_off) if one not in stops)


def allowed_s(offer: Offer) -> int:
    """Of detour in all."""
    return allowed_detour_s(offer.longest_detour_s, offer.drive_s)


def taken_s(offer: Offer, held: Sequence[Seated]) -> int:
    """Of the detour allowed, what is gone: where the driver stops anyway, and for the sake of those in the car."""
    if not held:
        return 0
    stops_s = sum(offer.waypoints[one].detour_s for one in served(offer, held))
    return max(stops_s, allowed_s(offer) - OTHERS_S)


def served(offer: Offer, held: Iterable[Seated]) -> set[int]:
    """Positions where the driver stops for somebody who has a seat."""
    last = len(offer.waypoints) - 1
    return {min(one, last) for seat in held for one in (seat.pickup, seat.drop_off)}


def heads_the_same_way(offer: Offer, pickup: int, drop_off: int) -> bool:
    """See mobility/carpool/pairs.py: may_ride."""
    way = np.zeros(len(offer.waypoints), WAYPOINT)
    for row, one in zip(way, offer.waypoints, strict=True):
        row["lat"], row["lon"] = one.meeting_point.point.lat, one.meeting_point.point.lon
    return bool(may_ride(pickup, drop_off, (0, len(way) - 1), way))
