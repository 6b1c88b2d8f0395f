"""What can I do from here? The out-edges of a stop, as a person would say them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mobility.network.graph import Graph, node_names, patterns_in
from mobility.network.network import Network


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
    """A place within a walk. kind: of the graph's nodes."""

    id: str
    name: str
    kind: str
    seconds: int
    metres: int

    def __str__(self) -> str:
        return f"walk {_minutes(self.seconds)} ({self.metres} m) > {self.name} [{self.kind}]"


@dataclass(frozen=True, slots=True)
class Options:
    id: str
    name: str
    rides: tuple[RideOption, ...]
    walks: tuple[WalkOption, ...]

    def __str__(self) -> str:
        return "\n".join([f"{self.name} ({self.id})", *map(str, self.rides), *map(str, self.walks)])


def describe_stop(graph: Graph, network: Network, stop: int) -> Options:
    """From a stop, with all its parts, or from a station, with all its stops. stop: row of Network.stops."""
    names = node_names(network)
    here = [names[node] for part in (stop, *network.stops.children(stop)) for node in network.nodes(part)]
    return Options(
        id=names[stop],
        name=network.stops.name[stop],
        rides=tuple(sorted(_rides(graph, here), key=lambda ride: (ride.vehicle, ride.line_name, ride.towards))),
        walks=tuple(sorted(_walks(graph, here), key=lambda walk: (walk.seconds, walk.name, walk.id))),
    )


def _rides(graph: Graph, here: list[str]) -> Iterator[RideOption]:
    """One for each line, next stop and terminus."""
    patterns = patterns_in(graph)
    found: dict[tuple[str, str, str], RideOption] = {}
    for _, end, way in graph.out_edges(here, data=True):
        if way["mode"] != "ride" or not way["boards"] or not way["runs"]:
            continue
        next_stop, towards = (graph.nodes[node]["name"] for node in (end, patterns[way["pattern"]][-1]))
        key = way["line"], next_stop, towards
        before = found.get(key)
        found[key] = RideOption(
            line=way["line"],
            line_name=way["line_name"],
            vehicle=way["vehicle"],
            next_stop=next_stop,
            towards=towards,
            seconds=min(way["seconds"], before.seconds) if before else way["seconds"],
            runs=way["runs"] + (before.runs if before else 0),
        )
    yield from found.values()


def _walks(graph: Graph, here: list[str]) -> Iterator[WalkOption]:
    """The shortest to each place that is not here; the parts of a stop are one place."""
    parts = set(here)
    found: dict[str, WalkOption] = {}
    for _, end, way in graph.out_edges(here, data=True):
        place = graph.nodes[end]
        id = place.get("stop", end)
        if way["mode"] == "ride" or end in parts or place["kind"] in ("station", "entrance", "junction"):
            continue
        if id not in found or way["seconds"] < found[id].seconds:
            found[id] = WalkOption(id, place["name"], place["kind"], way["seconds"], way["metres"])
    yield from found.values()


def _minutes(seconds: int) -> str:
    return f"{-(-seconds // 60)} min"
