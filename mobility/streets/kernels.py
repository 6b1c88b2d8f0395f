"""The search over streets towards a point, compiled.

The heap holds cost << 32 | node as one number. A worked-on array is all FAR before and after a search: only what a
search touched is put back. Sources: E. W. Dijkstra, 1959; P. Hart, N. Nilsson, B. Raphael, 1968.
"""

from __future__ import annotations

from math import cos, sqrt

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]
Floats = NDArray[np.float64]

FAR = np.int32(2**31 - 1)
NODE_BITS = np.int64(0xFFFFFFFF)
CM_PER_E7 = 6_371_008.8 * 100 * np.pi / 180 / 1e7


@kernel
def key_of(cost: int, node: int) -> int:
    """int() of numba is 64 bits wide."""
    return int(cost) << 32 | int(node)


@kernel
def push(heap: Int64s, size: int, key: int) -> int:
    """The heap's new size."""
    at = size
    while at > 0:
        above = (at - 1) >> 1
        if heap[above] <= key:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = key
    return size + 1


@kernel
def pop(heap: Int64s, size: int) -> int:
    """Takes the least out, heap[0]; the new size."""
    size -= 1
    key, at = heap[size], 0
    while True:
        below = 2 * at + 1
        if below >= size:
            break
        if below + 1 < size and heap[below + 1] < heap[below]:
            below += 1
        if heap[below] >= key:
            break
        heap[at] = heap[below]
        at = below
    heap[at] = key
    return size


@kernel
def ahead(places: tuple[Int32s, Int32s], node: int, goal: tuple[float, float, float], high: float, wide: float) -> int:
    """The least that is still to come from a node to the goal."""
    north, east = (places[0][node] - goal[0]) * high, (places[1][node] - goal[1]) * wide
    return int(sqrt(north * north + east * east))


@kernel
def towards(
    graph: tuple[Int32s, Int32s, Int32s, Int32s],
    places: tuple[Int32s, Int32s],
    ends: tuple[Int32s, Int32s],
    goal: tuple[float, float, float],
    bound: int,
    work: tuple[Int32s, Int32s, Int32s, Int64s],
) -> tuple[int, int, int]:
    """The cheapest way from a seed to a target: its cost (bound + 1 where none is within it) and target.

    graph: first, head, cost, arc. places: lat, lon of nodes. ends: seeds and targets, (n, 2) node and cost. goal:
    lat, lon (1e-7 degrees) that all targets lie round, and the least cost of a centimetre. work: by node the
    cost and the arc that it was reached by, -1 - i for seed i; nodes touched; heap. Nodes are left as found, which
    `put_back` mends; the number of nodes touched comes last.
    """
    first, head, cost, arc = graph
    seeds, targets = ends
    dist, came_by, touched, heap = work
    n_touched, size = 0, 0
    best, best_target = bound + 1, -1
    # The scale of the bound of A*: a straight line at the least cost, less a hundredth for the flat map.
    wide = cos(goal[0] / 1e7 * np.pi / 180) * CM_PER_E7 * goal[2] * 0.99
    high = CM_PER_E7 * goal[2] * 0.99
    slack = 0
    for target in range(len(targets)):
        slack = max(slack, ahead(places, targets[target, 0], goal, high, wide))
    # Begin with the seeds, ordered by what they cost and at least will.
    for seed in range(len(seeds)):
        node, start = seeds[seed, 0], seeds[seed, 1]
        if start < best and start < dist[node]:
            if dist[node] == FAR:
                touched[n_touched] = node
                n_touched += 1
            dist[node], came_by[node] = start, -1 - seed
            at_least = start + max(0, ahead(places, node, goal, high, wide) - slack)
            size = push(heap, size, key_of(at_least, node))
    while size > 0:
        key = heap[0]
        size = pop(heap, size)
        node, at_least = key & NODE_BITS, key >> 32
        # Done: nothing that is left can be cheaper.
        if at_least >= best:
            break
        here = dist[node]
        if at_least > here + max(0, ahead(places, node, goal, high, wide) - slack):
            continue
        # Settle: is it an end?
        for target in range(len(targets)):
            if targets[target, 0] == node and here + targets[target, 1] < best:
                best, best_target = here + targets[target, 1], target
        # Relax its arcs; closed ones cost less than nothing.
        for k in range(first[node], first[node + 1]):
            if cost[k] < 0:
                continue
            there, to = here + cost[k], head[k]
            if there < best and there < dist[to]:
                if dist[to] == FAR:
                    touched[n_touched] = to
                    n_touched += 1
                dist[to], came_by[to] = there, arc[k]
                at_least = there + max(0, ahead(places, to, goal, high, wide) - slack)
                if at_least < best:
                    size = push(heap, size, key_of(at_least, to))
    return best, best_target, n_touched


@kernel
def put_back(work: tuple[Int32s, Int32s, Int32s, Int64s], n_touched: int) -> None:
    for i in range(n_touched):
        work[0][work[2][i]] = FAR
