"""All that lies within a bound on streets, compiled: Dijkstra with buckets instead of a heap.

A bucket holds the nodes of costs that are equal but for their last bits, as a list linked through the nodes' own rows,
so that a node stands in one bucket at most. Within a bucket nodes come in any order; one that is improved after it was
left behind is gone through again. Source: R. Dial, Algorithm 360, 1969.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from gtfs.compiler import kernel
from mobility.streets.kernels import FAR

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
StreetColumns = tuple[Int32s, Int32s]
Rows = tuple[Int32s, Int32s, Int32s]

COST, LENGTH, UNKNOWN, NEXT, BEFORE, BUCKET, COLUMNS = 0, 1, 2, 3, 4, 5, 8
"""Columns of a node's row, half a line of the processor's cache. Between searches COST is FAR and BUCKET -1."""
BUCKETS = 1024


@kernel
def link(rows: Int32s, buckets: Int32s, node: int, bucket: int) -> None:
    after = buckets[bucket]
    rows[node, NEXT], rows[node, BEFORE], rows[node, BUCKET] = after, -1, bucket
    if after >= 0:
        rows[after, BEFORE] = node
    buckets[bucket] = node


@kernel
def unlink(rows: Int32s, buckets: Int32s, node: int) -> None:
    after, before = rows[node, NEXT], rows[node, BEFORE]
    if before >= 0:
        rows[before, NEXT] = after
    else:
        buckets[rows[node, BUCKET]] = after
    if after >= 0:
        rows[after, BEFORE] = before
    rows[node, BUCKET] = -1


@kernel
def reach(graph: StreetColumns, seeds: Int32s, bound: int, work: Rows) -> int:
    """Costs from the seeds to every node within the bound; the number of nodes touched, which work[1] lists.

    graph: first, and by arc head, cost, length, length of unknown ground. seeds: (n, 4) node, cost, length, length of
    unknown ground. work: rows of nodes; touched; buckets, all -1. Nodes are left as found: `gather` puts them back.
    """
    first, arcs = graph
    rows, touched, buckets = work
    # Buckets so wide that there are enough of them up to the bound.
    shift = 0
    while bound >> shift >= BUCKETS:
        shift += 1
    n_touched = 0
    # Begin with the seeds.
    for seed in range(len(seeds)):
        node, start = seeds[seed, 0], seeds[seed, 1]
        if start <= bound and start < rows[node, COST]:
            if rows[node, COST] == FAR:
                touched[n_touched] = node
                n_touched += 1
            else:
                unlink(rows, buckets, node)
            rows[node, COST], rows[node, LENGTH], rows[node, UNKNOWN] = start, seeds[seed, 2], seeds[seed, 3]
            link(rows, buckets, node, start >> shift)
    # Settle bucket by bucket; a node that is improved within its own bucket is linked into it again.
    for bucket in range((bound >> shift) + 1):
        while buckets[bucket] >= 0:
            node = buckets[bucket]
            unlink(rows, buckets, node)
            here, length, unknown = rows[node, COST], rows[node, LENGTH], rows[node, UNKNOWN]
            # Relax its arcs.
            for k in range(first[node], first[node + 1]):
                there, to = here + arcs[k, 1], arcs[k, 0]
                if there > bound or there >= rows[to, COST]:
                    continue
                if rows[to, COST] == FAR:
                    touched[n_touched] = to
                    n_touched += 1
                elif rows[to, BUCKET] >= 0:
                    unlink(rows, buckets, to)
                rows[to, COST] = there
                rows[to, LENGTH] = length + arcs[k, 2]
                rows[to, UNKNOWN] = unknown + arcs[k, 3]
                link(rows, buckets, to, there >> shift)
    return n_touched


@kernel
def table_of(best: Int32s, found: Int32s, n_found: int) -> Int32s:
    """(4, n): the places found, and what is best of each, which is put back to FAR."""
    table = np.empty((4, n_found), np.int32)
    for i in range(n_found):
        to = found[i]
        table[0, i] = to
        for column in range(3):
            table[column + 1, i] = best[to, column]
            best[to, column] = FAR
    return table


@kernel
def gather(
    work: Rows,
    n_touched: int,
    links: tuple[Int32s, Int32s, Int32s, Int32s, Int32s],
    bound: int,
    best: Int32s,
    found: Int32s,
    n_found: int,
) -> Int32s:
    """(4, n): the places linked to the nodes touched, with cost, length and length of unknown ground.

    links: by node first, place, cost, length, unknown length. best: (places, 3), FAR where nothing is known; n_found
    places are already in found. Nodes and best are put back to FAR.
    """
    rows, touched, _ = work
    first, place, cost, link_length, link_unknown = links
    for i in range(n_touched):
        node = touched[i]
        for k in range(first[node], first[node + 1]):
            there, to = rows[node, COST] + cost[k], place[k]
            if cost[k] < 0 or there > bound or there >= best[to, 0]:
                continue
            if best[to, 0] == FAR:
                found[n_found] = to
                n_found += 1
            best[to, 0] = there
            best[to, 1] = rows[node, LENGTH] + link_length[k]
            best[to, 2] = rows[node, UNKNOWN] + link_unknown[k]
        rows[node, COST] = FAR
    return table_of(best, found, n_found)


@kernel
def count_near(
    graph: StreetColumns, seeds: Int32s, first_seed: Int64s, bound: int, work: Rows, first: Int64s, most: int
) -> bool:
    """By junction n the number of its rows, into first[n + 1]. False where there are more than `most`."""
    total = 0
    for place in range(len(first_seed) - 1):
        n_touched = reach(graph, seeds[first_seed[place] : first_seed[place + 1]], bound, work)
        for i in range(n_touched):
            node = work[1][i]
            first[node + 1] += 1
            work[0][node, COST] = FAR
        total += n_touched
        if total > most:
            return False
    return True


@kernel
def fill_near(
    graph: StreetColumns, seeds: Int32s, first_seed: Int64s, bound: int, work: Rows, at: Int64s, rows: Int32s
) -> None:
    """at: where the next row of each junction goes."""
    for place in range(len(first_seed) - 1):
        n_touched = reach(graph, seeds[first_seed[place] : first_seed[place + 1]], bound, work)
        for i in range(n_touched):
            node = work[1][i]
            row = at[node]
            rows[row, 0] = place
            rows[row, 1] = work[0][node, COST]
            rows[row, 2], rows[row, 3] = work[0][node, LENGTH], work[0][node, UNKNOWN]
            at[node] = row + 1
            work[0][node, COST] = FAR


@kernel
def look_up(
    seeds: Int32s, first: Int64s, rows: Int32s, bound: int, best: Int32s, found: Int32s, n_found: int
) -> Int32s:
    """As `gather` after a search from the seeds."""
    for seed in range(len(seeds)):
        node, start = seeds[seed, 0], seeds[seed, 1]
        for k in range(first[node], first[node + 1]):
            there, to = start + rows[k, 1], rows[k, 0]
            if there > bound or there >= best[to, 0]:
                continue
            if best[to, 0] == FAR:
                found[n_found] = to
                n_found += 1
            best[to, 0] = there
            best[to, 1] = seeds[seed, 2] + rows[k, 2]
            best[to, 2] = seeds[seed, 3] + rows[k, 3]
    return table_of(best, found, n_found)


@kernel
def in_units(table: Int32s, stop_of: Int32s, unit: float) -> Int32s:
    """From a table of `gather` stops, seconds (rounded up), metres, unknown metres. unit: cost of a second."""
    told = np.empty(table.shape, np.int32)
    for i in range(table.shape[1]):
        told[0, i] = stop_of[table[0, i]]
        told[1, i] = int(np.ceil(table[1, i] / unit))
        told[2, i] = int(np.rint(table[2, i] / 100))
        told[3, i] = int(np.rint(table[3, i] / 100))
    return told
