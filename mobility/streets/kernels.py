"""Searches over streets, compiled: Dijkstra within a bound, and towards a point.

The heap holds cost << 32 | node as one number. A worked-on array is all FAR before and after a search: only what a
search touched is put back. Sources: E. W. Dijkstra, 1959; P. Hart, N. Nilsson, B. Raphael, 1968.
"""

from __future__ import annotations

from math import cos, sqrt

import numpy as np
from numpy.typing import NDArray

from mobility.network.kernel import kernel

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
def reach(
    graph: tuple[Int32s, Int32s, Int32s, Int32s],
    seeds: Int32s,
    bound: int,
    ground: tuple[Int32s, UInt8s],
    work: tuple[Int32s, Int32s, Int32s, Int32s, Int64s],
) -> int:
    """Costs from the seeds to every node within the bound; the number of nodes touched, which work[3] lists.

    graph: first, head, cost, arc. seeds: (n, 4) node, cost, length, length of unknown ground. ground: by segment, its
    length and whether it is unknown (empty where nobody asks). work: cost, length, unknown length by node; touched;
    heap. Nodes are left as found: `put_back` follows.
    """
    first, head, cost, arc = graph
    length_of, is_unknown = ground
    dist, length, unknown, touched, heap = work
    n_touched, size = 0, 0
    for seed in range(len(seeds)):
        node, start = seeds[seed, 0], seeds[seed, 1]
        if start <= bound and start < dist[node]:
            if dist[node] == FAR:
                touched[n_touched] = node
                n_touched += 1
            dist[node], length[node], unknown[node] = start, seeds[seed, 2], seeds[seed, 3]
            size = push(heap, size, key_of(start, node))
    while size > 0:
        key = heap[0]
        size = pop(heap, size)
        node, here = key & NODE_BITS, key >> 32
        if here > dist[node]:
            continue
        for k in range(first[node], first[node + 1]):
            if cost[k] < 0:
                continue
            there, to = here + cost[k], head[k]
            if there <= bound and there < dist[to]:
                if dist[to] == FAR:
                    touched[n_touched] = to
                    n_touched += 1
                segment = arc[k] >> 1
                dist[to] = there
                length[to] = length[node] + length_of[segment]
                unknown[to] = unknown[node]
                if len(is_unknown) and is_unknown[segment]:
                    unknown[to] += length_of[segment]
                size = push(heap, size, key_of(there, to))
    return n_touched


@kernel
def gather(
    work: tuple[Int32s, Int32s, Int32s, Int32s, Int64s],
    n_touched: int,
    links: tuple[Int32s, Int32s, Int32s, Int32s, Int32s],
    bound: int,
    best: Int32s,
    found: Int32s,
    n_found: int,
) -> int:
    """The places linked to the nodes touched: (cost, length, unknown length) into best, rows into found.

    links: by node first, place, cost, length, unknown length. best: (places, 3), FAR where nothing is known; n_found
    places are already in found. The nodes are put back to FAR. Returns how many places were found.
    """
    dist, length, unknown, touched, _ = work
    first, place, cost, link_length, link_unknown = links
    for i in range(n_touched):
        node = touched[i]
        for k in range(first[node], first[node + 1]):
            if cost[k] < 0:
                continue
            there, to = dist[node] + cost[k], place[k]
            if there <= bound and there < best[to, 0]:
                if best[to, 0] == FAR:
                    found[n_found] = to
                    n_found += 1
                best[to, 0] = there
                best[to, 1] = length[node] + link_length[k]
                best[to, 2] = unknown[node] + link_unknown[k]
        dist[node] = FAR
    return n_found


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
    work: tuple[Int32s, Int32s, Int32s, Int32s, Int64s],
) -> tuple[int, int, int]:
    """The cheapest way from a seed to a target: its cost (bound + 1 where none is within it) and target.

    graph: first, head, cost, arc. places: lat, lon of nodes. ends: seeds and targets, (n, 2) node and cost. goal:
    lat, lon (1e-7 degrees) that all targets lie round, and the least cost of a centimetre. work as of `reach`; its
    second array takes the arc that each node was reached by, -1 - i for seed i. Nodes are left as found; the number
    of nodes touched comes last.
    """
    first, head, cost, arc = graph
    seeds, targets = ends
    dist, came_by, _, touched, heap = work
    n_touched, size = 0, 0
    best, best_target = bound + 1, -1
    wide = cos(goal[0] / 1e7 * np.pi / 180) * CM_PER_E7 * goal[2] * 0.99
    high = CM_PER_E7 * goal[2] * 0.99
    slack = 0
    for target in range(len(targets)):
        slack = max(slack, ahead(places, targets[target, 0], goal, high, wide))
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
        if at_least >= best:
            break
        here = dist[node]
        if at_least > here + max(0, ahead(places, node, goal, high, wide) - slack):
            continue
        for target in range(len(targets)):
            if targets[target, 0] == node and here + targets[target, 1] < best:
                best, best_target = here + targets[target, 1], target
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
def put_back(work: tuple[Int32s, Int32s, Int32s, Int32s, Int64s], n_touched: int) -> None:
    for i in range(n_touched):
        work[0][work[3][i]] = FAR
