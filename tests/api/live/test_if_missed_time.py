"""What is left to who misses a ride is told with an answer, so it may not take long: three milliseconds."""

from __future__ import annotations

import statistics
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from datetime import time as time_of_day
from math import inf
from pathlib import Path
from random import Random

from api.territory.in_service import Following
from mobility.planning.fallbacks import fallback_search
from mobility.planning.planner import plan
from mobility.routing.itinerary import Itinerary, stop_spot
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from tests.api.conftest import config

ANSWERS, MOST_MS, PATIENCE_S = 25, 3.0, 60.0


def test_what_is_left_to_who_misses_each_ride_is_found_in_three_milliseconds(demo: Path) -> None:
    """Processor time of the median answer of the demo on a Tuesday at eight: it is about one. What others do on the
    machine makes the same work take longer and never less long, so each is measured again until it was let alone."""
    territory = Following(demo, config()).territory()
    asked = [(query, plan(territory, query).itineraries) for query in questions(territory)]
    best_ms, give_up_s = [inf] * ANSWERS, time.monotonic() + PATIENCE_S
    while statistics.median(best_ms) >= MOST_MS and time.monotonic() < give_up_s:
        took_ms = (taken_ms(territory, *one) for one in asked)
        best_ms = [min(both) for both in zip(best_ms, took_ms, strict=True)]
    assert statistics.median(best_ms) < MOST_MS


def questions(territory: Territory) -> list[Query]:
    """Between stops drawn by lot."""
    today = datetime.now(UTC).date()
    tuesday = today + timedelta((1 - today.weekday()) % 7)
    at_s = int(datetime.combine(tuesday, time_of_day(8), territory.zone).timestamp())
    network, random = territory.network, Random(12)
    served = [stop for stop in range(len(network.stops)) if network.stops.kind[stop] == 0 and network.stops.modes[stop]]
    pairs = (random.sample(served, 2) for _ in range(ANSWERS))
    return [Query(*(stop_spot(network, stop) for stop in pair), at_s) for pair in pairs]


def taken_ms(territory: Territory, query: Query, found: Sequence[Itinerary]) -> float:
    began_s = time.thread_time()
    search = fallback_search(territory, query)
    left = [search.of(one) for one in found]
    took_ms = 1000 * (time.thread_time() - began_s)
    assert [len(one) for one in left] == [len(one.rides) for one in found]
    return took_ms
