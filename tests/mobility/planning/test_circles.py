"""What a question has found goes with its answer: nothing of it stands in a circle that waits for the collector."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from mobility.planning.planner import plan
from mobility.ranking.codes import Code
from mobility.routing.query import Query
from tests.town import moment, stop, town

EVERY_TEN_MINUTES = "Bus1\nA B\n8:00 8:10\n8:10 8:20\n8:20 8:30\n8:30 8:40\n8:40 8:50\n8:50 9:00"


@contextmanager
def what_waits_for_the_collector() -> Iterator[list[object]]:
    """Filled at the end."""
    gc.collect()
    gc.disable()
    found = list[object]()
    try:
        yield found
        gc.set_debug(gc.DEBUG_SAVEALL)
        gc.collect()
        found += gc.garbage
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()


def test_an_answer_whose_later_pages_nobody_looks_at_leaves_no_circle() -> None:
    found = town("A 0 0, B 9 0", EVERY_TEN_MINUTES)
    query = Query(stop(found, "A"), stop(found, "B"), moment("2026-06-03 8:00"), window_s=3600, most_results=2)
    with what_waits_for_the_collector() as circles:
        removed = [loss.code for loss in plan(found, query).removed]
    assert Code.ANOTHER_PAGE in removed
    assert [one for one in circles if type(one).__module__.startswith("mobility.")] == []
