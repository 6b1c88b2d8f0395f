"""How much later than its offer says a drive passes its waypoints on one day: its driver waits for some who have a
seat, and leaves the way for some, which is in the times of everybody who gets in or out after that."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mobility.carpool.capacity import OTHERS_S, costs_s, served
from mobility.carpool.offer import Offer, Seated

NO_BOUND_S = 2**30
"""Later than any drive may be; fits into 32 bits with what is added to it."""


@dataclass(frozen=True, slots=True)
class Lateness:
    """By waypoint, in seconds. arrives_s, leaves_s: later than the offer says. gone_s: of detours to those that are
    served, up to it and with it. most_s: so late it may be left, with the detours of one more passenger, that nobody
    who has a seat is delayed by more than OTHERS_S."""

    arrives_s: tuple[int, ...]
    leaves_s: tuple[int, ...]
    gone_s: tuple[int, ...]
    most_s: tuple[int, ...]

    def out_s(self, pickup: int, drop_off: int, late_s: int, detour_s: int) -> int:
        """At drop_off, of who leaves pickup so late, which costs so much to serve."""
        on_the_way_s = self.gone_s[drop_off - 1] - self.gone_s[pickup]
        return max(late_s + detour_s + on_the_way_s, self.arrives_s[drop_off])


def lateness(offer: Offer, held: Sequence[Seated], starts_at: int) -> Lateness:
    """held: the seats of the day. starts_at: as the offer says, epoch seconds."""
    stops, agreed_s = served(offer, held), _agreed_s(offer, held, starts_at)
    arrives_s, leaves_s, gone_s = list[int](), list[int](), list[int]()
    late_s = all_gone_s = 0
    for position, at in enumerate(offer.waypoints):
        arrives_s.append(late_s)
        late_s = max(late_s, agreed_s.get(position, 0))
        leaves_s.append(late_s)
        detour_s = at.detour_s if position in stops else 0
        late_s, all_gone_s = late_s + detour_s, all_gone_s + detour_s
        gone_s.append(all_gone_s)
    times = tuple(arrives_s), tuple(leaves_s), tuple(gone_s)
    return Lateness(*times, _most_s(held, times))


def delays_others(offer: Offer, held: Sequence[Seated], late: Lateness, between: tuple[int, int], late_s: int) -> bool:
    """Whether who leaves a waypoint so late, for another, delays people who have a seat too much."""
    return late_s + costs_s(offer, held, *between) > late.most_s[between[0]]


def _agreed_s(offer: Offer, held: Sequence[Seated], starts_at: int) -> Mapping[int, int]:
    """How much later than it says those who have a seat are told to get in, by waypoint."""
    found: dict[int, int] = {}
    for one in held:
        if one.pickup_at and one.pickup < len(offer.waypoints):
            late_s = one.pickup_at - starts_at - offer.waypoints[one.pickup].after_s
            found[one.pickup] = max(late_s, found.get(one.pickup, 0))
    return found


def _most_s(held: Sequence[Seated], times: tuple[tuple[int, ...], ...]) -> tuple[int, ...]:
    arrives_s, leaves_s, gone_s = times
    last = len(arrives_s) - 1
    # When somebody who has a seat gets in, and when they get out: at which waypoint, and how late.
    ends = [(min(one.pickup, last), min(one.drop_off, last)) for one in held]
    got_in = {(pickup, leaves_s[pickup]) for pickup, _ in ends}
    got_out = {(drop_off, arrives_s[drop_off]) for _, drop_off in ends}

    def bound_s(position: int) -> int:
        before_s = gone_s[position - 1] if position else 0
        then = [late_s for at, late_s in got_in if at == position]
        then += [late_s - (gone_s[at - 1] - before_s) for at, late_s in got_in | got_out if at > position]
        return min(then, default=NO_BOUND_S - OTHERS_S) + OTHERS_S

    return tuple(map(bound_s, range(last + 1)))
