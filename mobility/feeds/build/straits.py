"""The straits of a network: pairs of quays of one boat line between which the ground seems to be open.

Where a barrier of the territory lies between two quays, the map knows the water, and knows it better.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np

from mobility.network.footpaths import are_walkable, straight_m
from mobility.network.modes import MODES
from mobility.network.network import Lines, Network, Patterns, Stops
from mobility.network.straits import BANK_M, Strait
from mobility.network.terrain import Terrain
from mobility.network.ways import StreetRouter

FERRY = MODES.index("FERRY")
LONGEST_M = 5000.0
"""Nobody is sent farther on a guess, and a long course leads round headlands that a straight line would cut."""


def straits(stops: Stops, lines: Lines, patterns: Patterns, terrain: Terrain) -> tuple[Strait, ...]:
    """Each pair once. Who walks only where transfers.txt says so walks on no guess: there are none then."""
    pairs = {} if terrain.only_transfers else _pairs(lines, patterns)
    if not pairs:
        return ()
    start, end = np.array(list(pairs), np.int32).T
    metres = straight_m(stops, start, end)
    is_one = (metres > 2 * BANK_M) & (metres <= LONGEST_M) & are_walkable(stops, terrain, start, end)
    return tuple(
        (*_lon_lat(stops, *pair), float(sailed))
        for (pair, sailed), kept in zip(pairs.items(), is_one.tolist(), strict=True)
        if kept
    )


def _pairs(lines: Lines, patterns: Patterns) -> dict[tuple[int, int], bool]:
    """Of quays, and whether some boat goes straight from one to the other."""
    found: dict[tuple[int, int], bool] = {}
    for pattern in np.flatnonzero(lines.mode[patterns.line] == FERRY).tolist():
        for pair, sailed in _pairs_of(patterns, pattern).items():
            found[pair] = found.get(pair, False) or sailed
    return found


def _pairs_of(patterns: Patterns, pattern: int) -> dict[tuple[int, int], bool]:
    first, last = patterns.first_position[pattern : pattern + 2].tolist()
    found: dict[tuple[int, int], bool] = {}
    for (i, a), (k, b) in combinations(enumerate(patterns.stop[first:last].tolist()), 2):
        if a != b:
            pair = min(a, b), max(a, b)
            found[pair] = found.get(pair, False) or k == i + 1
    return found


def _lon_lat(stops: Stops, a: int, b: int) -> Strait:
    return tuple(float(of[row]) for row in (a, b) for of in (stops.lon, stops.lat))


def unmapped_boats(network: Network, streets: StreetRouter) -> tuple[str, ...]:
    """Names of the boat lines that cross a strait from a quay without a street near."""
    lines, patterns, stops = network.lines, network.patterns, network.stops
    known = {strait[:4] for strait in network.terrain.straits}
    found = [
        int(patterns.line[pattern])
        for pattern in np.flatnonzero(lines.mode[patterns.line] == FERRY).tolist()
        for a, b in _pairs_of(patterns, pattern)
        if _lon_lat(stops, a, b) in known and not (streets.has_street_at(a) and streets.has_street_at(b))
    ]
    return tuple(lines.name(line) for line in dict.fromkeys(found))
