"""How much of the ride two itineraries share: the distance on the same line between the same stops, at any hour."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from mobility.network.footpaths import straight_m
from mobility.routing.itinerary import Itinerary

Hops = Mapping[tuple[int, int, int], float]
"""Metres between two stops that follow each other on a line, by line, stop and stop."""


def hops(itinerary: Itinerary) -> Hops:
    found: dict[tuple[int, int, int], float] = {}
    for ride in itinerary.rides:
        network = ride.network
        first = int(network.patterns.first_position[ride.pattern])
        stop = network.patterns.stop[first + ride.board : first + ride.alight + 1]
        metres = np.maximum(straight_m(network.stops, stop[:-1], stop[1:]), 1.0)
        ends = stop.tolist()
        found |= {(ride.line, *pair): m for *pair, m in zip(ends, ends[1:], metres.tolist(), strict=False)}
    if (carpool := itinerary.carpool) is not None:
        found[-1, carpool.start.stop, hash(carpool.offer.id)] = max(1.0, carpool.distance_m)
    return found


def shared(one: Hops, other: Hops) -> float:
    """Of the longer of the two, 0 to 1. Two without a ride share everything."""
    whole = max(sum(one.values()), sum(other.values()))
    return sum(metres for hop, metres in one.items() if hop in other) / whole if whole else 1.0
