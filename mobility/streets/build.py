"""From an extract to streets: ways cut at junctions, one search graph for each mode, a grid that finds what is near."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mobility.streets.costs import costs
from mobility.streets.drawn_shores import read_shores
from mobility.streets.graph import CLOSED, Mode, ModeGraph, Segments, Streets
from mobility.streets.grid import grid_of
from mobility.streets.osm import read_ways
from mobility.streets.segments import Plan, cut

Int32s = NDArray[np.int32]
Bools = NDArray[np.bool_]

LEAST_M = 500
"""Streets that lead nowhere else and are shorter than this together are no place to start from: courtyards, stairs
inside a building, leftovers at the edge of the extract."""


def unsaid(_: str) -> None:
    """For callers who want to hear of no step."""


def build_streets(extract: Path, least_m: int = LEAST_M, said: Callable[[str], None] = unsaid) -> Streets:
    """said: told each step. Raises InvalidConfig, which names the file."""
    said("reading ways")
    ways = read_ways(extract, lambda number: said(f"{number} ways read"))
    said(f"cutting {len(ways.kind)} ways at junctions")
    plan = cut(ways)
    said(f"laying out {len(plan.segments)} segments for each mode")
    graphs = {mode: _graph(plan, mode, least_m) for mode in Mode}
    return Streets(
        extract.name,
        plan.lat,
        plan.lon,
        plan.segments,
        plan.point_lat,
        plan.point_lon,
        plan.names,
        grid_of(plan),
        graphs[Mode.WALK],
        graphs[Mode.STEP_FREE],
        graphs[Mode.BIKE],
        graphs[Mode.CAR],
        read_shores(extract),
    )


def _graph(plan: Plan, mode: Mode, least_m: int) -> ModeGraph:
    segments = plan.segments
    cost = costs(segments, mode)
    cost[np.repeat(_leads_nowhere(segments, cost, len(plan.lat), least_m), 2)] = CLOSED
    tail = np.stack([segments.start, segments.end], axis=1).ravel()
    head = np.stack([segments.end, segments.start], axis=1).ravel()
    other_way = cost.reshape(-1, 2)[:, ::-1].ravel()
    arc = np.flatnonzero(((cost != CLOSED) | (other_way != CLOSED)) & (tail != head))
    arc = arc[np.argsort(tail[arc], kind="stable")]
    first = np.zeros(len(plan.lat) + 1, np.int32)
    np.cumsum(np.bincount(tail[arc], minlength=len(plan.lat)), out=first[1:])
    return ModeGraph(first, head[arc], arc.astype(np.int32), cost[arc], other_way[arc], cost)


def _leads_nowhere(segments: Segments, cost: Int32s, n_nodes: int, least_m: int) -> Bools:
    """Segments from which one does not get to least_m of streets and back."""
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import connected_components

    forward, backward = cost[0::2] != CLOSED, cost[1::2] != CLOSED
    tail = np.concatenate([segments.start[forward], segments.end[backward]])
    head = np.concatenate([segments.end[forward], segments.start[backward]])
    matrix = coo_array((np.ones(len(tail), np.int8), (tail, head)), shape=(n_nodes, n_nodes)).tocsr()
    n_parts, part = connected_components(matrix, directed=True, connection="strong")
    inside = (part[segments.start] == part[segments.end]) & (forward | backward)
    length_m = np.bincount(part[segments.start[inside]], weights=segments.length_cm[inside] / 100, minlength=n_parts)
    is_small: Bools = ~inside | (length_m[part[segments.start]] < least_m)
    return is_small
