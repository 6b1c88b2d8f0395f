"""Small random days with all that makes searching hard: loops, overtaking, ties, walks, midnight, closed doors."""

from random import Random

import numpy as np

from mobility.network.timetable import NEVER
from mobility.routing import search
from mobility.routing.path import Ends
from mobility.routing.search import SearchDay
from tests import tiny

STOPS = "ABCDEFGH"


def day(random: Random) -> SearchDay:
    stops = STOPS[: random.randint(3, len(STOPS))]
    blocks = [block(random, stops, f"L{number}") for number in range(random.randint(1, 6))]
    walks = {}
    for _ in range(random.randint(0, 5)):
        one, other = sorted(random.sample(range(len(stops)), 2))
        walks[one, other] = random.randint(0, 4) * 60
    changes = {stop: random.choice((0, 0, 60, 180)) for stop in range(len(stops))}
    both = [(one, duration_s, other) for (one, other), duration_s in walks.items()]
    return search.search_day(tiny.laid_out(stops, blocks), tiny.footpaths(len(stops), both, changes))


def block(random: Random, stops: str, line: str) -> tiny.Block:
    length = random.randint(2, 6)
    names = [random.choice("    +-").strip() + random.choice(stops) for _ in range(length)]
    trips = []
    for _ in range(random.randint(1, 5)):
        time_s = random.randint(-10, 40) * 60
        trip = []
        for _ in range(length):
            arrival_s = time_s + random.choice((0, 1, 2, 5)) * 60
            time_s = arrival_s + random.choice((0, 0, 0, 3)) * 60
            trip.append((arrival_s, time_s))
        trips.append(trip)
    return line, names, trips


def ends(random: Random, n_stops: int) -> Ends:
    sides = []
    for _ in range(2):
        at = random.sample(range(n_stops), random.randint(1, min(3, n_stops)))
        sides.append((np.array(at, np.int32), np.array([random.randint(0, 3) * 60 for _ in at], np.int32)))
    return Ends(*sides[0], *sides[1], random.choice((int(NEVER), 600, 1500)))
