"""The best ride to each drop-off, or from each pickup: the kernel against the rules read aloud for each pair."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from mobility.carpool.capacity import can_serve, served
from mobility.carpool.offer import Offer, Seated
from mobility.carpool.overlay import DayOffers, Overlay, View
from mobility.carpool.pairs import COST_S, NOT_AT_ALL, ROW, best_rides
from mobility.carpool.seats import seats_left
from tests.mobility.carpool.rides import DAY, Listed, offer
from tests.town import ZONE, moment

WALKS, RIDES = 0, 1
PARTY, NEARER_M, MARGIN_S, EARLY_S = 2, 1000.0, 300, 240
EIGHT_S = moment("2026-06-03 8:00")


class Passenger(NamedTuple):
    """By manner and waypoint, and metres to the destination by waypoint; best_rides wants it as a plain tuple."""

    ready_s: np.ndarray
    must_s: np.ndarray
    rest_s: np.ndarray
    away_m: np.ndarray


def drives(dice: random.Random) -> list[Offer]:
    return [_drive(str(number), dice) for number in range(12)]


def _drive(name: str, dice: random.Random) -> Offer:
    places = {place: f"{dice.uniform(0, 20):.1f} {dice.uniform(0, 20):.1f}" for place in "ABCD"}
    minutes = [480 + dice.randrange(60) + 10 * number for number in range(4)]
    minutes.sort()
    calls = [f"{place} {at // 60}:{at % 60:02}" for place, at in zip("ABCD", minutes, strict=True)]
    made = offer(name, " > ".join(calls), places, flexible_s=60 * dice.randrange(15), seats=dice.randrange(2, 6))
    points = tuple(replace(one, detour_s=dice.choice([0, 60, 400])) for one in made.waypoints)
    return replace(made, waypoints=points)


def aboard(made: Offer, dice: random.Random) -> list[Seated]:
    """One or two have a seat already, some are waited for; or nobody has."""
    if dice.random() < 0.3:
        return []
    most_s = made.flexible_s
    return [
        seated(made, *sorted(dice.sample(range(len(made.waypoints)), 2)), dice.choice([0, most_s // 2, most_s]))
        for _ in range(dice.choice([1, 1, 2]))
    ]


def seated(made: Offer, pickup: int, drop_off: int, wait_s: int = 0) -> Seated:
    says_s = moment(f"2026-06-03 {made.departure:%H:%M}") + made.waypoints[pickup].after_s
    return Seated(made.id, DAY, 1, pickup, drop_off, says_s + wait_s)


def driven(made: Offer, held: Sequence[Seated], leaves: tuple[int, int] = (0, 0)) -> list[tuple[int, int]]:
    """How late the driver is at each waypoint and leaves it: they wait for those who have a seat, and drive to where
    somebody gets in or out. leaves: a waypoint that is left so late at the earliest."""
    starts_s, late_s, found = moment(f"2026-06-03 {made.departure:%H:%M}"), 0, list[tuple[int, int]]()
    for position, at in enumerate(made.waypoints):
        told = [one.pickup_at - starts_s - at.after_s for one in held if one.pickup == position]
        told += [leaves[1]] if leaves[0] == position else []
        found.append((late_s, max([late_s, *told])))
        stops = any(position in (one.pickup, one.drop_off) for one in held)
        late_s = found[-1][1] + (at.detour_s if stops else 0)
    return found


def others_wait(made: Offer, held: Sequence[Seated], leaves: tuple[int, int]) -> bool:
    """Whether somebody who has a seat gets in or out more than five minutes later for who leaves a waypoint so late."""
    before, after = driven(made, held), driven(made, held, leaves)
    got_in = [after[one.pickup][1] - before[one.pickup][1] for one in held]
    got_out = [after[one.drop_off][0] - before[one.drop_off][0] for one in held]
    return max([*got_in, *got_out], default=0) > 300


def passenger(dice: random.Random, n_points: int) -> Passenger:
    def column(never: int, least_s: int, most_s: int) -> list[int]:
        return [never if dice.random() < 0.3 else dice.randrange(least_s, most_s) for _ in range(n_points)]

    return Passenger(
        np.array([column(NOT_AT_ALL, EIGHT_S, EIGHT_S + 5400) for _ in (WALKS, RIDES)]),
        np.array([column(-1, EIGHT_S + 1800, EIGHT_S + 9000) for _ in (WALKS, RIDES)]),
        np.array([column(0, 0, 1800) for _ in (WALKS, RIDES)]),
        np.array([dice.uniform(0, 20_000) for _ in range(n_points)]),
    )


def read_aloud(
    view: View, day: DayOffers, held: dict[str, list[Seated]], asking: Passenger, arriving: bool
) -> dict[int, int]:
    """The least cost by waypoint, of every pair of every offer."""
    best: dict[int, int] = {}
    for row in range(len(view.offers)):
        made, base = view.offer(row), int(view.first[row])
        for i, j in combinations(range(len(made.waypoints)), 2):
            a, b = base + i, base + j
            seats = held[made.id]
            if not can_serve(made, seats, i, j) or seats_left(made, seats, i, j) < PARTY:
                continue
            if asking.away_m[a] - asking.away_m[b] < NEARER_M:
                continue
            both_s = sum(made.waypoints[one].detour_s for one in (i, j) if one not in served(made, seats))
            says_s = int(day.start_s[row]) + made.waypoints[i].after_s
            comes_s = says_s + driven(made, seats)[i][1]
            for manner in (WALKS, RIDES):
                ready_s = int(asking.ready_s[manner, a])
                in_s = max(comes_s, ready_s - EARLY_S if manner == WALKS else ready_s)
                late_s = in_s - says_s
                together = [*seats, seated(made, i, j, late_s)]
                out_s = int(day.start_s[row]) + made.waypoints[j].after_s + driven(made, together)[j][0]
                goes_on_s = out_s + (max(MARGIN_S, made.flexible_s - late_s) if arriving and manner == RIDES else 0)
                if ready_s > max(comes_s, says_s + made.flexible_s) or goes_on_s > asking.must_s[manner, b]:
                    continue
                # The detours of both count as if they were driven at once.
                if others_wait(made, seats, (i, late_s + both_s)):
                    continue
                cost_s = out_s - in_s + asking.rest_s[manner, b] if arriving else out_s + asking.rest_s[manner, a]
                end = a if arriving else b
                best[end] = min(best.get(end, NOT_AT_ALL), int(cost_s))
    return best


@pytest.mark.parametrize("arriving", [False, True], ids=["to each drop-off", "from each pickup"])
@pytest.mark.parametrize("seed", range(12))
def test_the_best_of_all_rides_that_the_rules_allow(seed: int, arriving: bool) -> None:
    dice = random.Random(seed)
    made = drives(dice)
    listed, held = Listed(*made), {one.id: aboard(one, dice) for one in made}
    for one in (one for seats in held.values() for one in seats):
        listed.seat(one)
    overlay = Overlay(listed, ZoneInfo(ZONE))
    view = overlay.latest()
    day, asking = overlay.day(view, DAY), passenger(dice, len(view.waypoints))
    found = best_rides(
        np.arange(len(view.offers)), (view.first, day.start_s, view.flexible_s, day.detour_s),
        (view.waypoints, day.stretches, day.late), tuple(asking),
        (PARTY, NEARER_M, EIGHT_S, MARGIN_S, arriving, EARLY_S),
    )  # fmt: skip
    expected = read_aloud(view, day, held, asking, arriving)
    assert dict(found[:, [ROW, COST_S]].tolist()) == expected
    assert expected, "there is a ride to compare"
