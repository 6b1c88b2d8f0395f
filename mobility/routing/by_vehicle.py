"""Ways to the first stop and from the last one by own bike or by car.

Each such mode is searched by itself, beside walking: a car that is asked for must not hide the bus round the corner.
What makes no sense is no way at all: a drive that is most of the trip, or a car left where one could have driven on.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mobility.geo import distance_m, distances_m
from mobility.network.network import Network
from mobility.network.ways import Reach
from mobility.routing.access import Doors, before_boats, doors, on_foot
from mobility.routing.parks import ParkTable
from mobility.routing.query import Query, Spot
from mobility.routing.stop_ways import Parked, Ways, of_all_nodes
from mobility.routing.territory import Territory

LONGEST_DRIVE_S = 4 * 3600
"""All the way by car, with which a drive to a stop is compared."""

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]


def manners(territory: Territory, query: Query) -> list[Doors]:
    """The ways at both ends, once for each way to begin and to end that belong together; on foot comes first."""
    walked, walking = doors(territory, query), query.walking
    both = [(first, last) for first in walking.access_modes for last in walking.egress_modes]
    wanted = [pair for pair in both if pair != ("WALK", "WALK") and _belong_together(query, *pair)]
    return [walked, *(_by(territory, query, walked, pair) for pair in wanted)]


def _belong_together(query: Query, first: str, last: str) -> bool:
    """A bike that is taken along is ridden at both ends where that is allowed; a car at both ends is none of ours."""
    walking = query.walking
    if query.with_bike and first == "BIKE" and "BIKE" in walking.egress_modes:
        return last == "BIKE"
    if query.with_bike and last == "BIKE" and "BIKE" in walking.access_modes:
        return first == "BIKE"
    return "WALK" in (first, last) or (first == last == "BIKE") or _is_forced(query, first, last)


def _is_forced(query: Query, first: str, last: str) -> bool:
    """No walk was allowed at either end."""
    return "WALK" not in query.walking.access_modes and "WALK" not in query.walking.egress_modes


def _by(territory: Territory, query: Query, walked: Doors, pair: tuple[str, str]) -> Doors:
    first, last = pair
    access = walked.access if first == "WALK" else before_boats(territory, _ways(territory, query, first, inward=False))
    egress = walked.egress if last == "WALK" else _ways(territory, query, last, inward=True)
    return replace(walked, access=access, egress=egress)


def _ways(territory: Territory, query: Query, mode: str, inward: bool) -> Ways:
    if mode == "BIKE":
        found = _cycled(territory, query, inward)
    elif mode == "CAR_DROPOFF":
        found = _driven(territory, query, inward)
    else:
        return _parked(territory, query)
    return of_all_nodes(territory.network, found)


def cycled_to_the_end(territory: Territory, query: Query) -> Ways:
    """From each stop near the destination to it, by a bike that came along."""
    return _ways(territory, query, "BIKE", inward=True)


def _cycled(territory: Territory, query: Query, inward: bool) -> Ways:
    """The bike is left at the first stop, which takes its time, unless it is taken along."""
    walking = query.walking
    spot, longest_s = _end(query, inward)
    near = territory.streets.access(spot.point, longest_s, walking.cycling_mps, "BIKE", inward)
    stay_s = 0 if inward or query.with_bike else territory.last_km.parking_s
    return Ways(near.stop, near.seconds + np.int32(stay_s), near.metres, near.estimated, "BIKE", stay_s)


def _driven(territory: Territory, query: Query, inward: bool) -> Ways:
    """Driven to the stop, or fetched there, by somebody who goes on."""
    spot, _ = _end(query, inward)
    near = territory.streets.access(spot.point, query.walking.drive_s, territory.last_km.driving_mps, "CAR", inward)
    stops = territory.network.stops
    keep = _makes_sense(territory, query, near, (stops.lat[near.stop], stops.lon[near.stop]), inward)
    return Ways(near.stop[keep], near.seconds[keep], near.metres[keep], near.estimated[keep], "CAR_DROPOFF")


def _parked(territory: Territory, query: Query) -> Ways:
    """By car to a car park, and from there on foot: to each stop by the park from which one is there first."""
    table = territory.neighbourhood.parks(on_foot(query))
    rules, walking = territory.last_km, query.walking
    near = territory.streets.towards(query.origin.point, table.points, walking.drive_s, rules.driving_mps, "CAR")
    keep = _makes_sense(territory, query, near, (table.lat[near.stop], table.lon[near.stop]), inward=False)
    drive_s = np.full(len(table.points), -1, np.int32)
    drive_m, guessed = np.zeros(len(table.points), np.int32), np.zeros(len(table.points), bool)
    drive_s[near.stop[keep]], drive_m[near.stop[keep]] = near.seconds[keep], near.metres[keep]
    guessed[near.stop[keep]] = near.estimated[keep]
    rows = np.flatnonzero(drive_s[table.park] >= 0)
    return _first_there(territory.network, query, table, (rows, drive_s, drive_m, guessed), rules.parking_s)


def _first_there(
    network: Network,
    query: Query,
    table: ParkTable,
    driven: tuple[NDArray[np.int64], NDArray[np.int32], NDArray[np.int32], Bools],
    stay_s: int,
) -> Ways:
    """driven: rows of the table within reach; and by park seconds, metres, and whether they are guessed."""
    rows, drive_s, drive_m, guessed = driven
    park = table.park[rows]
    walk_s = np.ceil(table.metres[rows] / query.walking.speed_mps).astype(np.int32)
    total_s = drive_s[park] + np.int32(stay_s) + walk_s
    order = np.lexsort((total_s, table.stop[rows]))
    _, first = np.unique(table.stop[rows][order], return_index=True)
    best = order[first]
    row, at = rows[best], park[best]
    parked = Parked(table.places, at, drive_s[at], drive_m[at], walk_s[best], table.metres[row])
    metres, estimated = drive_m[at] + table.metres[row], guessed[at] | table.estimated[row]
    found = Ways(table.stop[row], total_s[best], metres, estimated, "CAR_PARKING", stay_s, parked)
    return of_all_nodes(network, found)


def _makes_sense(territory: Territory, query: Query, near: Reach, there: tuple[Floats, Floats], inward: bool) -> Bools:
    """there: where each drive leads (inward: begins). A drive is longer than a walk that needs no vehicle, at most a
    share of the way by car, and it does not come closer to the other end than that.

    Where no road leads all the way, to an island, any drive to the quay makes sense, and so it does where the question
    has one end alone.
    """
    rules, ends = territory.last_km, (query.origin.point, query.destination.point)
    long_enough: Bools = near.metres > rules.worth_m
    if ends[0] == ends[1]:
        return long_enough
    whole = territory.streets.way(*ends, LONGEST_DRIVE_S, rules.driving_mps, "CAR")
    if whole is None:
        return long_enough
    other_m = distances_m(ends[0] if inward else ends[1], *there)
    far_enough = other_m >= (1 - rules.drive_share) * distance_m(*ends)
    return long_enough & far_enough & (near.metres <= rules.drive_share * whole.metres)


def _end(query: Query, inward: bool) -> tuple[Spot, int]:
    walking = query.walking
    spot, longest_s = (query.destination, walking.egress_s) if inward else (query.origin, walking.access_s)
    return spot, walking.cycle_s or longest_s
