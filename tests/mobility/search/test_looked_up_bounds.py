"""Bounds of stops are looked up one by one, and all at once when that has taken as long."""

import numpy as np

from mobility.search.destination import UNKNOWN, bound_to, forget, latest_to, look_up

N_CELLS, N_REGIONS, N_STOPS = 4, 2, 6000


def test_bounds_looked_up_are_those_set_all_at_once_however_many_were_asked_for() -> None:
    random = np.random.default_rng(20261202)
    seconds = random.integers(0, 20_000, (N_CELLS, N_STOPS)).astype(np.uint16)
    rides = random.integers(0, 9, (N_CELLS, N_STOPS)).astype(np.uint8)
    last_s = random.integers(0, 90_000, (N_REGIONS, N_STOPS)).astype(np.int32)
    cell, cell_s = np.array([2, 0], np.int32), np.array([30, 400], np.int32)
    regions = np.array([1], np.int32)
    bound, latest_s = np.full(N_STOPS, UNKNOWN, np.int32), np.empty(N_STOPS, np.int32)
    bounded = np.empty(N_STOPS, np.int32)

    all_bound, all_latest_s = np.empty(N_STOPS, np.int32), np.empty(N_STOPS, np.int32)
    bound_to(cell, cell_s, seconds, rides, all_bound)
    latest_to(regions, last_s, all_latest_s)

    n_bounded, one_by_one = 0, 0
    for stop in random.permutation(N_STOPS)[:1000].tolist():
        n_bounded = look_up(
            stop, cell, cell_s, seconds, rides, regions, last_s, bound, latest_s, bounded, n_bounded
        )  # fmt: skip
        one_by_one = n_bounded if n_bounded < N_STOPS else one_by_one
        assert (bound[stop], latest_s[stop]) == (all_bound[stop], all_latest_s[stop])

    assert 0 < one_by_one < N_STOPS == n_bounded, "some were looked up one by one, then all were set"
    assert (bound == all_bound).all()
    assert (latest_s == all_latest_s).all()
    forget(bounded[:n_bounded], bound)
    assert (bound == UNKNOWN).all()
