"""Small random days with all that makes searching hard: loops, overtaking, ties, walks, midnight, closed doors."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from random import Random

import networkx as nx
import numpy as np

from mobility.network.timetable import NEVER, Footpaths
from mobility.search import search
from mobility.search.path import Ends
from mobility.search.search import SearchDay
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
    if random.random() < 0.4:
        walks = closed(walks, len(stops))
    both = [(one, duration_s, other) for (one, other), duration_s in walks.items()]
    return search.search_day(tiny.laid_out(stops, blocks), tiny.footpaths(len(stops), both, changes))


def one_town(random: Random) -> tuple[SearchDay, Ends]:
    made = day(random)
    return made, ends(random, made.footpaths)


def joined_towns(random: Random) -> tuple[SearchDay, Ends]:
    """From the first to the last of three or four towns in a row, a train now and then from each to the next: many
    rides, a walk here and there to the next town, and often no way at all."""
    towns = [[f"{stop}{town}" for stop in STOPS[: random.randint(2, 3)]] for town in range(random.randint(3, 4))]
    stops = [stop for town in towns for stop in town]
    blocks = [block(random, town, f"{town[0]}{line}") for town in towns for line in range(random.randint(2, 4))]
    for here, there in pairwise(towns):
        names = [random.choice(here), random.choice(there)] if random.random() < 0.4 else [here[0], there[0]]
        trips = [[(leaves_s, leaves_s), (leaves_s + 300, leaves_s + 300)] for leaves_s in range(-600, 5000, 900)]
        blocks += [(f"train{names}", names, trips), (f"back{names}", names[::-1], trips[:2])]
    walks = {}
    for _ in range(random.randint(0, 6)):
        one = random.randrange(len(stops) - 1)
        walks[one, random.randrange(one + 1, min(one + 4, len(stops)))] = random.randint(0, 4) * 60
    changes = {stop: random.choice((0, 0, 60)) for stop in range(len(stops))}
    if random.random() < 0.6:
        walks = closed(walks, len(stops))
    both = [(one, duration_s, other) for (one, other), duration_s in walks.items()]
    made = search.search_day(tiny.laid_out(stops, blocks), tiny.footpaths(len(stops), both, changes))
    origin, destination = random.randrange(len(towns[0])), len(stops) - 1 - random.randrange(len(towns[-1]))
    return made, between(origin, destination, made.footpaths)


def closed(walks: dict[tuple[int, int], int], n_stops: int) -> dict[tuple[int, int], int]:
    """With each walk after a walk as a walk by itself."""
    graph = nx.Graph()
    graph.add_weighted_edges_from((one, other, duration_s) for (one, other), duration_s in walks.items())
    lengths = {one: nx.single_source_dijkstra_path_length(graph, one) for one in graph}
    return {(a, b): lengths[a][b] for a in range(n_stops) for b in range(a + 1, n_stops) if b in lengths.get(a, {})}


def block(random: Random, stops: Sequence[str], line: str) -> tiny.Block:
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


def ends(random: Random, walks: Footpaths) -> Ends:
    """At any stops; or at one stop and all from which it is a walk, as where walks are closed."""
    n_stops = len(walks.change_s)
    if random.random() < 0.5:
        return from_stop_to_stop(random, walks)
    sides = []
    for _ in range(2):
        at = random.sample(range(n_stops), random.randint(1, min(3, n_stops)))
        sides.append((np.array(at, np.int32), np.array([random.randint(0, 3) * 60 for _ in at], np.int32)))
    return Ends(*sides[0], *sides[1], random.choice((int(NEVER), 600, 1500)))


def from_stop_to_stop(random: Random, walks: Footpaths) -> Ends:
    found = between(*random.sample(range(len(walks.change_s)), 2), walks)
    return replace(found, walk_s=random.choice((int(NEVER), 1500)))


def between(origin: int, destination: int, walks: Footpaths) -> Ends:
    """And all stops that they are a walk away from."""
    sides = []
    for stop in (origin, destination):
        near = walks.of(stop)
        sides.append(np.array([stop, *walks.to_stop[near.start : near.stop]], np.int32))
        sides.append(np.array([0, *walks.duration_s[near.start : near.stop]], np.int32))
    return Ends(*sides)
