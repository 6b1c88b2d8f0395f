"""Who is there as early for less money and no more changes goes before who costs a little less trouble."""

from __future__ import annotations

import pytest

from mobility.planning.planner import plan
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.travellers.profiles import Costs, Profile
from tests.town import ask, town

STOPS = "A 0 0, G 0.6 0, C 9 0"
FEEDER = """
    Bus1
    A     G
    8:33  8:35

    Train2
    G     C
    8:39  8:46
    """
DIRECT = """
    Bus3
    A     C
    8:02  8:37
    """
HEAD = "fare_id,price,currency_type,payment_method,transfers,transfer_duration"
APART = "bus,1.80,EUR,0,0,\ntrain,3.40,EUR,0,0,", "fare_id,route_id\nbus,Bus1\ntrain,Train2"
TOGETHER = "all,1.80,EUR,0,,", "fare_id,route_id\nall,Bus1\nall,Train2"
UNKNOWN = "bus,1.80,EUR,0,0,", "fare_id,route_id\nbus,Bus1"
USUAL = Costs()


def best(lines: str, fares: tuple[str, str] = APART, at: str = "8:25", costs: Costs = USUAL, **more: bool) -> str:
    prices, rules = fares
    rules += "\nbus,Bus3" if "Bus3" in lines else ""
    territory = town(STOPS, lines, {"fare_attributes": f"{HEAD}\n{prices}", "fare_rules": rules})
    query = ask(territory, "A", "C", f"2026-06-03 {at}", window_s=3600, profile=Profile(costs=costs), **more)
    found = choose(territory, plan(territory, query), RankingSettings(), handful=True)
    assert "best" in found.shown[0].labels
    return " | ".join(ride.line_name for ride in found.shown[0].itinerary.rides)


def test_the_train_alone_goes_before_bus_and_train_that_are_there_no_earlier_and_cost_more() -> None:
    """Ten minutes on foot weigh hardly more than a change."""
    assert best(FEEDER) == "Train2"


def test_a_bus_that_is_there_earlier_for_less_goes_before_both_though_it_takes_longer() -> None:
    assert best(FEEDER + DIRECT, at="7:50") == "Bus3"


def test_what_is_there_later_is_not_preferred_for_its_price() -> None:
    late = DIRECT.replace("8:02  8:37", "8:33  8:53")
    assert best(late + FEEDER, at="8:25") == "Train2"


def test_at_the_same_price_what_is_less_trouble_stays_the_best() -> None:
    assert best(FEEDER, fares=TOGETHER) == "Bus1 | Train2"


def test_who_must_be_there_by_a_time_is_not_sent_off_earlier_to_save_a_ticket() -> None:
    assert best(FEEDER, at="8:50", arrive_by=True) == "Bus1 | Train2"


def test_a_price_that_is_not_known_prefers_nothing() -> None:
    assert best(FEEDER, fares=UNKNOWN) == "Bus1 | Train2"


@pytest.mark.parametrize(("walking", "first"), [(1.5, "Train2"), (4.0, "Bus1 | Train2")])
def test_who_finds_walking_hard_does_not_walk_to_save_a_ticket(walking: float, first: str) -> None:
    assert best(FEEDER, costs=Costs(walking=walking)) == first
