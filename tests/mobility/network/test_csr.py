"""Lists laid side by side: which entries belong to a row, and which row an entry belongs to."""

from __future__ import annotations

import numpy as np

from mobility.network.csr import ranges, rows_of_entries


def test_the_entries_of_rows_follow_one_another() -> None:
    assert ranges(np.array([4, 0, 9]), np.array([2, 0, 3])).tolist() == [4, 5, 9, 10, 11]


def test_no_rows_have_no_entries() -> None:
    assert ranges(np.array([], np.int32), np.array([], np.int32)).tolist() == []


def test_each_entry_knows_its_row() -> None:
    assert rows_of_entries(np.array([0, 2, 2, 5])).tolist() == [0, 0, 2, 2, 2]
