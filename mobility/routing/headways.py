"""Rides at a headway: no timetable promises their minute, unless a prediction does. A run that is heard of is another
trip of the live network, which has no headway."""

from __future__ import annotations

from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg


def headway_s(ride: RideLeg) -> int:
    """Seconds from run to run; 0 of a ride that has times."""
    return int(ride.network.trips.headway_s[ride.trip])


def first_headway_s(itinerary: Itinerary) -> int:
    """Of the first vehicle; 0 where that has times, or there is none."""
    first = next((leg for leg in itinerary.legs if not isinstance(leg, WalkLeg)), None)
    return headway_s(first) if isinstance(first, RideLeg) else 0


def leaves_about(itinerary: Itinerary) -> bool:
    """Whether it begins with such a ride; who walks first sets out when they want."""
    return isinstance(itinerary.legs[0], RideLeg) and first_headway_s(itinerary) > 0


def arrives_about(itinerary: Itinerary) -> bool:
    last = next((leg for leg in reversed(itinerary.legs) if not isinstance(leg, WalkLeg)), None)
    return isinstance(last, RideLeg) and headway_s(last) > 0


def every_about_s(itinerary: Itinerary) -> int:
    """How often one can go where all its rides are such: the longest of their headways. 0 of any other."""
    apart = [headway_s(ride) for ride in itinerary.rides]
    return max(apart) if apart and all(apart) and itinerary.carpool is None else 0
