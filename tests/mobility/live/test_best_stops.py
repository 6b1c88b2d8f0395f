"""A change at the best stop, where vehicles do not run as planned: places and times are weighed as they are now."""

from __future__ import annotations

import pytest

from mobility.planning.planner import plan
from mobility.routing.territory import Territory
from tests.mobility.live.now import update
from tests.mobility.live.test_carpools import as_it_is
from tests.mobility.routing.test_changes import PAST, PLACES, SHORT, SHORT_PLACES
from tests.town import ask, told, town

NEAR = "Tram A 8:00 > P 8:22 | walk 1m > P2 | Bus P2 8:35 > Z 8:50"


def best(territory: Territory, clock: str, arrive_by: bool = False) -> list[str]:
    return told(plan(territory, ask(territory, "A", "Z", f"2026-06-01 {clock}", arrive_by=arrive_by)))


@pytest.mark.parametrize(("clock", "arrive_by"), [("7:50", False), ("9:10", True)])
def test_where_the_near_stop_is_skipped_one_walks_from_the_next(clock: str, arrive_by: bool) -> None:
    territory = town(PLACES, PAST)
    assert best(territory, clock, arrive_by) == [NEAR]
    skipped = as_it_is(territory, update("Tram-1 start_date:20260601", "P SKIPPED"))
    (instead,) = best(skipped, clock, arrive_by)
    assert instead.startswith("Tram A 8:00 > Q 8:25 | walk ")
    assert instead.endswith(" > P2 | Bus P2 8:35 > Z 8:50")


def test_late_vehicles_are_changed_between_where_they_would_have_been() -> None:
    territory = town(PLACES, PAST)
    late = as_it_is(territory, update("Tram-1 start_date:20260601", "A dep+600"))
    assert best(late, "7:50") == ["Tram A 8:10 > P 8:32 | walk 1m > P2 | Bus P2 8:35 > Z 8:50"]


def test_where_a_delay_leaves_less_than_two_minutes_one_changes_before_it() -> None:
    """Three minutes at Q are enough before a bus, as no walk is needed there; of them one is left."""
    territory = town(SHORT_PLACES, SHORT.format(vehicle="Bus"))
    assert best(territory, "7:50") == ["Tram A 8:00 > Q 8:16 | Bus Q 8:19 > Z 8:30"]
    late = as_it_is(territory, update("Tram-1 start_date:20260601", "Q arr+120"))
    assert best(late, "7:50") == ["Tram A 8:00 > P 8:10 | walk 5m > P2 | Bus P2 8:18 > Z 8:30"]
