"""Rules of transfers.txt that name single lines or trips, heard exactly by a search that knows only places.

A stop where such rules hold is split: the trips that a rule names call at a place (a node) of their own there, at the
same spot, and the walks between nodes carry the times of the rules. Whoever gets out of a named trip stands at its
node, whoever wants to get in must reach its node; the search needs to know nothing of rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from mobility.feeds.build.transfers import TransferRules, WalkMap, times_of, walks_of
from mobility.feeds.build.trips import PublishedCalls, Templates
from mobility.network.footpaths import FORBIDDEN_S, Walks, joined

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]

OfRules: TypeAlias = frozenset[tuple[str, int]]
"""What the rules name of a node's trips: ("route", row), ("trip", row)."""

NOTHING: OfRules = frozenset()


@dataclass(frozen=True, slots=True)
class Nodes:
    """of_call: the node of each call. split[s]: the nodes of a stop that is split, with what is named of each."""

    of_call: Int32s
    node_stop: Int32s
    first_node: Int32s
    split: dict[int, dict[int, OfRules]]

    def of(self, stop: int) -> dict[int, OfRules]:
        return self.split.get(stop, {stop: NOTHING})


@dataclass(frozen=True, slots=True)
class SplitWalk:
    duration_s: int
    distance_m: int


def unsplit(calls: PublishedCalls, n_stops: int) -> Nodes:
    return Nodes(calls.stop, np.arange(n_stops, dtype=np.int32), np.full(n_stops + 1, n_stops, np.int32), {})


def nodes(rules: TransferRules, trips: Templates, calls: PublishedCalls, n_stops: int) -> Nodes:
    """rules: the specific ones."""
    named_at = _named_at(rules)
    if not named_at:
        return unsplit(calls, n_stops)
    concerned = np.flatnonzero(np.isin(calls.stop, list(named_at)))
    trip_of = np.searchsorted(trips.first_call, concerned, side="right") - 1
    places: dict[int, tuple[int, OfRules]] = {}
    for call, trip, stop in zip(concerned.tolist(), trip_of.tolist(), calls.stop[concerned].tolist(), strict=True):
        named = named_at[stop] & {("route", int(trips.line[trip])), ("trip", trip)}
        if named:
            places[call] = (stop, frozenset(named))
    numbers = sorted(set(places.values()), key=lambda place: (place[0], sorted(place[1])))
    number = {place: n_stops + k for k, place in enumerate(numbers)}
    of_call = calls.stop.copy()
    of_call[list(places)] = [number[place] for place in places.values()]
    split: dict[int, dict[int, OfRules]] = {}
    for (stop, what), node in number.items():
        split.setdefault(stop, {stop: NOTHING})[node] = what
    split_stop = np.array([stop for stop, _ in numbers], np.int32)
    first_node = n_stops + np.searchsorted(split_stop, np.arange(n_stops + 1))
    node_stop = np.concatenate([np.arange(n_stops, dtype=np.int32), split_stop])
    return Nodes(of_call, node_stop, first_node.astype(np.int32), split)


def _named_at(rules: TransferRules) -> dict[int, set[tuple[str, int]]]:
    """What is named at each stop, as what one leaves there or as what one takes."""
    named: dict[int, set[tuple[str, int]]] = {}
    sides = ((rules.start, rules.from_route, rules.from_trip), (rules.end, rules.to_route, rules.to_trip))
    for side in sides:
        for stop, route, trip in zip(*(column.tolist() for column in side), strict=True):
            if trip >= 0:
                named.setdefault(stop, set()).add(("trip", trip))
            if route >= 0:
                named.setdefault(stop, set()).add(("route", route))
    return named


def walks_of_nodes(
    ground: WalkMap, nodes: Nodes, rules: TransferRules, unspecific: tuple[Walks, Int32s]
) -> tuple[Walks, Int32s]:
    """Walks between nodes and the change time at each, from those between stops and the specific rules."""
    walks, change_of_stop = unspecific
    if not nodes.split:
        return unspecific
    concerned = np.isin(walks.start, list(nodes.split)) | np.isin(walks.end, list(nodes.split))
    usual = {
        (start, end): SplitWalk(seconds, metres)
        for start, end, seconds, metres in zip(*(c.tolist() for c in _columns(walks.taken(concerned))), strict=True)
    }
    usual |= {(stop, stop): SplitWalk(int(change_of_stop[stop]), 0) for stop in nodes.split}
    book = _rule_book(ground, rules)
    change_s = change_of_stop[nodes.node_stop]
    rows = []
    for start, end in sorted(usual.keys() | book.keys()):
        for node, to_node, way in _ways(nodes, book.get((start, end), []), usual.get((start, end)), (start, end)):
            if node == to_node:
                change_s[node] = way.duration_s if way else FORBIDDEN_S
            elif way and way.duration_s < FORBIDDEN_S:
                rows.append((node, to_node, way.duration_s, way.distance_m))
    between = Walks(*np.array(rows, np.int32).reshape(-1, 4).T)
    return joined(walks.taken(~concerned), between), change_s


@dataclass(frozen=True, slots=True)
class Clause:
    """A specific rule between two stops, and the way it makes; None where it forbids."""

    leaves: OfRules
    takes: OfRules
    way: SplitWalk | None


def _ways(
    nodes: Nodes, clauses: list[Clause], usual: SplitWalk | None, pair: tuple[int, int]
) -> Iterator[tuple[int, int, SplitWalk | None]]:
    for node, named in nodes.of(pair[0]).items():
        for to_node, to_named in nodes.of(pair[1]).items():
            heard = (clause.way for clause in clauses if clause.leaves <= named and clause.takes <= to_named)
            yield node, to_node, next(heard, usual)


def _rule_book(ground: WalkMap, rules: TransferRules) -> dict[tuple[int, int], list[Clause]]:
    """The rules between each pair of stops, the one that is heard first before the others."""
    walks, exists = walks_of(ground, rules, times_of(rules, ground.stops, ground.terrain))
    book: dict[tuple[int, int], list[Clause]] = {}
    for row in np.lexsort((-rules.named, -_rank(rules))).tolist():
        way = None
        if exists[row]:
            way = SplitWalk(int(walks.duration_s[row]), int(walks.distance_m[row]))
        leaves = _named(int(rules.from_route[row]), int(rules.from_trip[row]))
        takes = _named(int(rules.to_route[row]), int(rules.to_trip[row]))
        book.setdefault((int(rules.start[row]), int(rules.end[row])), []).append(Clause(leaves, takes, way))
    return book


def _named(route: int, trip: int) -> OfRules:
    return frozenset(name for name in (("route", route), ("trip", trip)) if name[1] >= 0)


def _rank(rules: TransferRules) -> Int32s:
    """Two trips before a trip and a line, before a trip, before two lines, before a line (GTFS reference)."""
    by_side = [
        np.where(trip >= 0, 3, np.where(route >= 0, 1, 0))
        for route, trip in ((rules.from_route, rules.from_trip), (rules.to_route, rules.to_trip))
    ]
    return (by_side[0] + by_side[1]).astype(np.int32)


def _columns(walks: Walks) -> tuple[Int32s, Int32s, Int32s, Int32s]:
    return walks.start, walks.end, walks.duration_s, walks.distance_m
