"""Both ends of a trip: from the origin to every stop near it, from every stop near the destination to it.

A stop is left and reached at once, and so are all stops of a station; the others round it are walked to as from any
point. Within the walking limits the search may choose any of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mobility.network.modes import BOAT_MODE
from mobility.network.terrain import at_speed
from mobility.network.timetable import NEVER, Int32s
from mobility.routing.drawn import Pen, is_bare
from mobility.routing.query import Query, Spot
from mobility.routing.stop_ways import Way, Ways, of_all_nodes
from mobility.routing.territory import Territory
from mobility.search.path import Ends

ONLY_BOATS = 1 << BOAT_MODE


@dataclass(frozen=True, slots=True, eq=False)
class Doors:
    """The ways at both ends by stop node, and the direct ways by mode; pen: draws them. Each is equal to itself alone:
    what was found by it can be kept by it."""

    access: Ways
    egress: Ways
    direct: dict[str, Way]
    pen: Pen

    @property
    def lead_anywhere(self) -> bool:
        """Whether there is a stop at either end."""
        return len(self.access) > 0 and len(self.egress) > 0

    def ends(self) -> Ends:
        walk = self.direct.get("WALK")
        walk_s = walk.duration_s if walk else int(NEVER)
        return Ends(self.access.node, self.access.seconds, self.egress.node, self.egress.seconds, walk_s)


def doors(territory: Territory, query: Query) -> Doors:
    walking = query.walking
    pace = walking.speed_mps, on_foot(query)
    access = ways(territory, query.origin, _on_foot_s(walking.access_modes, walking.access_s), *pace)
    return Doors(
        before_boats(territory, access),
        ways(territory, query.destination, _on_foot_s(walking.egress_modes, walking.egress_s), *pace, inward=True),
        direct_ways(territory, query),
        Pen(territory.streets, walking.speed_mps, walking.cycling_mps),
    )


def _on_foot_s(modes: tuple[str, ...], longest_s: int) -> int:
    """Who does not want to walk is at the very stop, or nowhere."""
    return longest_s if "WALK" in modes else 0


def on_foot(query: Query) -> str:
    """The mode of streets for who walks, or rolls."""
    return "STEP_FREE" if query.step_free else "WALK"


def ways(
    territory: Territory, spot: Spot, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False
) -> Ways:
    """The way from a spot to each stop node within reach, inward from each to the spot."""
    near = territory.streets.access(spot.point, longest_s, speed_mps, mode, inward)
    found = Ways(near.stop, near.seconds, near.metres, near.estimated)
    if spot.stop >= 0:
        found = as_ruled(territory, found, spot, (longest_s, speed_mps), inward)
        found = _with_its_own(found, np.array(_at_once(territory, spot), np.int32))
    return of_all_nodes(territory.network, found)


def _with_its_own(found: Ways, stops: Int32s) -> Ways:
    """No way at all to the stops that one is at."""
    others, none = ~np.isin(found.node, stops), np.zeros(len(stops), np.int32)
    return Ways(
        np.concatenate([stops, found.node[others]]),
        np.concatenate([none, found.seconds[others]]),
        np.concatenate([none, found.metres[others]]),
        np.concatenate([none.astype(bool), found.estimated[others]]),
    )


def as_ruled(territory: Territory, found: Ways, spot: Spot, pace: tuple[int, float], inward: bool) -> Ways:
    """Between stops the walks that transfers.txt sets, and none that it forbids. pace: the longest, and the speed."""
    ruled, (longest_s, speed_mps) = territory.network.ruled_walks, pace
    here, there = (ruled.end, ruled.start) if inward else (ruled.start, ruled.end)
    rows = np.flatnonzero(np.isin(here, [spot.stop, *territory.network.stops.children(spot.stop)]))
    if not len(rows):
        return found
    duration_s, metres = ruled.duration_s[rows], ruled.distance_m[rows]
    seconds = np.where(duration_s < 0, -1, at_speed(duration_s, metres, territory.network.terrain, speed_mps))
    order = np.lexsort((seconds, there[rows]))
    stop, first = np.unique(there[rows][order], return_index=True)
    seconds, metres = seconds[order][first], metres[order][first]
    walked = (seconds >= 0) & (seconds <= longest_s)
    kept = ~np.isin(found.node, stop)
    return Ways(
        np.concatenate([found.node[kept], stop[walked]]).astype(np.int32),
        np.concatenate([found.seconds[kept], seconds[walked]]).astype(np.int32),
        np.concatenate([found.metres[kept], metres[walked]]).astype(np.int32),
        np.concatenate([found.estimated[kept], np.zeros(int(walked.sum()), bool)]),
    )


def before_boats(territory: Territory, found: Ways) -> Ways:
    """The ways with the minutes at the quay."""
    early_s = early_at_quay_s(territory, territory.network.node_stop[found.node], found.seconds, found.estimated)
    return replace(found, seconds=found.seconds + early_s, early_s=early_s) if early_s.any() else found


def early_at_quay_s(territory: Territory, stop: Int32s, seconds: Int32s, estimated: NDArray[np.bool_]) -> Int32s:
    """Where only boats call and the way is a guess, one is early: as long as the way takes, the rule's time at most."""
    only_boats = territory.network.stops.modes[stop] == ONLY_BOATS
    most_s = territory.last_km.boat_margin_s
    return np.where(only_boats & estimated, np.minimum(seconds, most_s), 0).astype(np.int32)


def direct_ways(territory: Territory, query: Query) -> dict[str, Way]:
    """All the way without a vehicle, by mode, where it is not too long and no water lies between."""
    walking, found = query.walking, dict[str, Way]()
    speeds = {
        "WALK": (on_foot(query), walking.speed_mps),
        "BIKE": ("BIKE", walking.cycling_mps),
        "CAR": ("CAR", territory.last_km.driving_mps),
    }
    for mode in query.direct_modes:
        if mode in speeds:
            kind, speed_mps = speeds[mode]
            ends = query.origin.point, query.destination.point
            way = territory.streets.way(*ends, walking.direct_s, speed_mps, kind)
            if way is not None:
                found[mode] = Way(way.seconds, way.metres, way.estimated, None if is_bare(way) else way)
    return found


def _at_once(territory: Territory, spot: Spot) -> list[int]:
    """The stop and those of its station at which some line calls."""
    if spot.stop < 0:
        return []
    stops = territory.network.stops
    return [stop for stop in (spot.stop, *stops.children(spot.stop)) if stops.modes[stop]]
