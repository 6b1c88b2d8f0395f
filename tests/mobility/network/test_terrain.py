"""Barriers are asked by many requests at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import shapely

from mobility.network.terrain import Barriers

SHORES = 400
THREADS, TIMES = 8, 400


def test_many_threads_that_ask_at_once_get_what_one_gets() -> None:
    """GEOS has no lock of its own: without ours this ends the process."""
    angles = np.linspace(0, 2 * np.pi, SHORES)
    reach = 0.05 + 0.02 * np.sin(11 * angles)
    pond = shapely.Polygon(np.stack([reach * np.cos(angles), reach * np.sin(angles)], 1))
    barriers, dice = Barriers([pond], quay_m=50.0), np.random.default_rng(1)
    starts, ends = dice.uniform(-0.1, 0.1, (2, 300, 2))
    length_m = 111_000 * np.hypot(*(ends - starts).T)
    alone = barriers.lie_across(starts, ends, length_m)
    with ThreadPoolExecutor(THREADS) as pool:
        asked = [pool.submit(barriers.lie_across, starts, ends, length_m) for _ in range(TIMES)]
    assert alone.any()
    assert not alone.all()
    assert all((one.result() == alone).all() for one in asked)
