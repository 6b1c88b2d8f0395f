"""When it is said that the last one is gone, and when it is not."""

from mobility.routing.gone import last_gone
from mobility.routing.planner import plan
from tests.town import ask, town


def test_before_the_first_boat_of_the_day_it_is_not_called_the_last() -> None:
    territory = town(
        "A 0 0, B 3 0, C 6 0", "Bus9\nA B\n25:26 25:34\n\nBus1\nA B\n9:25 9:35\n\nBoat2\nB C\n9:00 9:12\n9:45 9:57"
    )
    asked = ask(territory, "A", "C", "2026-06-03 2:00")
    assert last_gone(territory, plan(territory, asked)) is None
