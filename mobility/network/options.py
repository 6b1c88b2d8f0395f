"""What can I do from here? The ways out of a stop, as a person would say them: read from the columns of the network."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from mobility.network.graph import KINDS, fastest_hops_s, node_names
from mobility.network.modes import MODES
from mobility.network.network import Network
from mobility.network.place_edges import place_names
from mobility.network.place_ways import PACES, STEP_FREE
from mobility.network.terrain import on_foot_s

PASSED_THROUGH = ("station", "entrance", "junction")


@dataclass(frozen=True, slots=True)
class RideOption:
    """A line that one can take; runs: trips of its patterns on all days together."""

    line: str
    line_name: str
    vehicle: str
    next_stop: str
    towards: str
    seconds: int
    runs: int

    def __str__(self) -> str:
        return f"{self.vehicle} {self.line_name} > {self.next_stop} ({_minutes(self.seconds)}), towards {self.towards}"


@dataclass(frozen=True, slots=True)
class WalkOption:
    """A way on foot. seconds: of the way alone, without what a change takes beyond it. id, kind: of the graph's node at
    its end; stop: that in the API, "" of a place. mode: walk or transfer. inside: the end is a part of what was asked
    about."""

    id: str
    name: str
    kind: str
    mode: str
    seconds: int
    metres: int
    stop: str = ""
    inside: bool = False

    def __str__(self) -> str:
        return f"walk {_minutes(self.seconds)} ({self.metres} m) > {self.name} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Options:
    """walks: every walk and transfer, the shortest to each end."""

    id: str
    name: str
    rides: tuple[RideOption, ...]
    walks: tuple[WalkOption, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.name} ({self.id})", *map(str, self.rides), *map(str, elsewhere(self.walks))])


def elsewhere(walks: Iterable[WalkOption]) -> tuple[WalkOption, ...]:
    """Those to where one may want to go; the parts of a stop are one place."""
    found: dict[str, WalkOption] = {}
    for walk in walks:
        if walk.mode == "walk" and not walk.inside and walk.kind not in PASSED_THROUGH:
            found.setdefault(walk.stop or walk.id, walk)
    return tuple(found.values())


def describe_stop(network: Network, stop: int) -> Options:
    """From a stop, with all its parts, or from a station, with all its stops. stop: row of Network.stops."""
    _, nodes = _parts(network, stop)
    rides = sorted(_rides(network, nodes), key=lambda ride: (ride.vehicle, ride.line_name, ride.towards))
    return Options(network.stops.id[stop], network.stops.name[stop], tuple(rides), walks_from(network, stop))


def walks_from(network: Network, stop: int) -> tuple[WalkOption, ...]:
    """Every walk and transfer, the shortest to each end, the nearest first."""
    walks = _walks(network, *_parts(network, stop))
    return tuple(sorted(walks, key=lambda walk: (walk.seconds, walk.name, walk.id)))


def _parts(network: Network, stop: int) -> tuple[list[int], list[int]]:
    """Stops and nodes."""
    parts = [stop, *network.stops.children(stop)]
    return parts, [node for part in parts for node in network.nodes(part)]


def _rides(network: Network, nodes: list[int]) -> Iterator[RideOption]:
    """One for each line, next stop and terminus."""
    patterns, lines, names = network.patterns, network.lines, network.stops.name
    runs = np.bincount(network.trips.pattern, minlength=len(patterns.line))
    fastest_s = fastest_hops_s(network)
    found: dict[tuple[int, str, str], RideOption] = {}
    for position in np.flatnonzero(np.isin(patterns.node, nodes) & (patterns.pickup != 1)).tolist():
        pattern = int(np.searchsorted(patterns.first_position, position, side="right")) - 1
        last = int(patterns.first_position[pattern + 1]) - 1
        if position == last or not runs[pattern]:
            continue
        line = int(patterns.line[pattern])
        one = RideOption(
            line=lines.id[line],
            line_name=lines.name(line),
            vehicle=MODES[lines.mode[line]],
            next_stop=names[patterns.stop[position + 1]],
            towards=names[patterns.stop[last]],
            seconds=int(fastest_s[position]),
            runs=int(runs[pattern]),
        )
        before = found.get((line, one.next_stop, one.towards))
        if before:
            one = replace(one, seconds=min(one.seconds, before.seconds), runs=one.runs + before.runs)
        found[line, one.next_stop, one.towards] = one
    yield from found.values()


def _walks(network: Network, parts: list[int], nodes: list[int]) -> Iterator[WalkOption]:
    """The way without steps stands for itself where there is no other."""
    on_foot, step_free = (
        _shortest([*_to_stops(network, parts, nodes, pace), *_to_places(network, parts, pace)]) for pace in PACES
    )
    yield from (step_free | on_foot).values()


def _shortest(walks: list[WalkOption]) -> dict[str, WalkOption]:
    found: dict[str, WalkOption] = {}
    for walk in walks:
        if walk.id not in found or walk.seconds < found[walk.id].seconds:
            found[walk.id] = walk
    return found


def _to_stops(network: Network, parts: list[int], nodes: list[int], pace: str) -> Iterator[WalkOption]:
    names, stops, here = node_names(network), network.stops, set(parts)

    def walk(node: int, mode: str, seconds: int, metres: int) -> WalkOption:
        stop = int(network.node_stop[node])
        kind = KINDS[int(stops.kind[stop])]
        return WalkOption(names[node], stops.name[stop], kind, mode, seconds, metres, names[stop], stop in here)

    paths = network.footpaths_of(pace == STEP_FREE)
    for node in nodes:
        for row in paths.of(node):
            to = int(paths.to_stop[row])
            mode = "transfer" if network.node_stop[to] == network.node_stop[node] else "walk"
            metres = int(paths.distance_m[row])
            seconds = on_foot_s(int(paths.duration_s[row]), metres, network.terrain.speed_mps)
            yield walk(to, mode, seconds, metres)
    for part in parts:
        above = [int(stops.parent[part])] if stops.parent[part] >= 0 else []
        yield from (walk(other, "transfer", 0, 0) for other in (*above, *stops.children(part)))


def _to_places(network: Network, parts: list[int], pace: str) -> Iterator[WalkOption]:
    ways, names = network.place_ways, place_names(network)
    for way in (way for part in parts for way in ways.of(part, pace).tolist()):
        place = int(ways.place[way])
        kind, name = network.places[place].kind, network.places[place].name
        yield WalkOption(names[place], name, kind, "walk", int(ways.seconds[way]), int(ways.metres[way]))


def _minutes(seconds: int) -> str:
    return f"{-(-seconds // 60)} min"
