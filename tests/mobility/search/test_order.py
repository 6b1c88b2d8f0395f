"""Numbers are put in order by a kernel of our own as sorted() does it."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mobility.search.order import sort_first


@given(st.lists(st.integers(-(2**63), 2**63 - 1), max_size=200), st.integers(0, 200))
def test_the_first_numbers_are_put_in_order_and_the_others_stay(numbers: list[int], count: int) -> None:
    count = min(count, len(numbers))
    column = np.array(numbers, np.int64)
    sort_first(column, count)
    assert column.tolist() == sorted(numbers[:count]) + numbers[count:]
