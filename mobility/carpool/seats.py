"""Seats are counted on each stretch between two waypoints: who gets out makes room for who gets in there."""

from __future__ import annotations

from collections.abc import Iterable

from mobility.carpool.offer import Offer, Seated


def seats_left(offer: Offer, held: Iterable[Seated], pickup: int, drop_off: int) -> int:
    """From one waypoint to a later one. held: those of the offer on the day in question."""
    taken = [0] * len(offer.waypoints)
    for one in held:
        for stretch in range(one.pickup, min(one.drop_off, len(taken))):
            taken[stretch] += one.seats
    return offer.seats - max(taken[pickup:drop_off], default=0)
