"""A handful that differs for a person, what each is called, and why the others are not shown."""

from dataclasses import replace
from typing import Any

import pytest

from mobility.impact import Factor, Factors
from mobility.planning.planner import plan
from mobility.ranking.costs import RankingSettings
from mobility.ranking.labels import sorted_by
from mobility.ranking.options import Choice, choose
from mobility.travellers.profiles import ADULT, Costs
from tests.town import ask, moment, town

ROW = "A 0 0, B 3 0, C 6 0"
RULES = RankingSettings(Factors({"BUS": Factor(100.0), "FERRY": Factor(), "TRAM": Factor(5.0)}), most=3)


def chosen(lines: str, stops: str = ROW, handful: bool = True, rules: RankingSettings = RULES, **rest: Any) -> Choice:
    territory = town(stops, lines)
    query = ask(territory, "A", "C", "2026-06-03 7:58", **({"window_s": 3600} | rest))
    return choose(territory, plan(territory, query), rules, handful)


def shown(choice: Choice) -> list[str]:
    return [f"{' '.join(one.labels)}: {one.itinerary}" for one in choice.shown]


def lines(*departures: str) -> str:
    """`Bus1 8:00 8:20` for each line that goes from A to C."""
    rows = [one.split() for one in departures]
    return "\n\n".join(f"{name}\nA C\n{leaves} {arrives}" for name, leaves, arrives in rows)


def test_every_itinerary_has_a_label() -> None:
    found = chosen(lines("Bus1 8:00 8:20", "Bus2 8:05 8:25", "Bus3 8:10 8:29"), handful=False)
    assert [one.labels for one in found.shown] == [("best",), ("alternative",), ("fastest",)]


def test_a_full_list_keeps_its_order_and_drops_nothing() -> None:
    found = chosen("Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40", handful=False)
    assert [str(one.itinerary) for one in found.shown] == [
        "Bus1 A 8:00 > C 8:20",
        "Bus1 A 8:10 > C 8:30",
        "Bus1 A 8:20 > C 8:40",
    ]
    assert found.dropped == ()


def test_the_same_ride_later_is_dropped_with_a_code() -> None:
    found = chosen("Bus1\nA C\n8:00 8:20\n8:10 8:30\n8:20 8:40")
    assert shown(found) == ["best: Bus1 A 8:00 > C 8:20"]
    assert [one.code for one in found.dropped] == ["same_ride", "same_ride"]


def test_no_more_are_shown_than_the_operator_wants() -> None:
    found = chosen(lines("Bus1 8:00 8:20", "Bus2 8:01 8:21", "Bus3 8:02 8:22", "Bus4 8:03 8:23"))
    assert [one.itinerary.rides[0].line_name for one in found.shown] == ["Bus1", "Bus2", "Bus3"]
    assert [one.code for one in found.dropped] == ["enough_options"]


def test_what_takes_far_longer_is_dropped_unless_few_are_left() -> None:
    three = "Bus1 8:00 8:20", "Bus2 8:01 8:21", "Bus3 8:02 8:22"
    slow = "Bus4 8:40 9:50"
    assert [one.code for one in chosen(lines(*three, slow)).dropped] == ["far_longer"]
    assert chosen(lines(*three[:1], slow)).dropped == ()


def test_what_leaves_long_after_the_best_is_there_is_for_another_time() -> None:
    three = "Bus1 8:00 8:20", "Bus2 8:01 8:21", "Bus3 8:02 8:22"
    late = chosen(lines(*three, "Bus4 8:55 9:05"))
    assert [one.code for one in late.dropped] == ["another_time"]
    assert chosen(lines(*three[:2], "Bus4 8:55 9:05")).dropped == ()


def test_an_overnight_wait_is_not_even_the_second_option() -> None:
    night = "Bus1\nA C\n8:00 8:20\n\nBoat4\nA B\n8:10 8:20\n\nBus5\nB C\n20:00 20:10"
    assert [one.code for one in chosen(night).dropped] == ["hopelessly_long"]


def test_who_waits_a_night_on_the_quay_to_be_there_hardly_earlier_is_no_option() -> None:
    night = "N1\nA B\n8:00 8:05\n\nBoat2\nB C\n16:00 16:12\n16:45 16:57\n\nBus3\nA B\n16:30 16:40"
    found = chosen(night, window_s=9 * 3600)
    assert [str(one.itinerary) for one in found.shown] == ["Bus3 A 16:30 > B 16:40 | Boat2 B 16:45 > C 16:57"]
    assert [one.code for one in found.dropped] == ["hopelessly_long"]


def test_more_walking_for_a_longer_trip_is_no_option() -> None:
    stops = "A 0 0, B 0 0.7, C 6 0"
    near = "Bus1\nA C\n8:00 8:20\n\nBus2\nA C\n8:01 8:21\n\nBus3\nA C\n8:02 8:22\n\nBus4\nB C\n8:18 8:36"
    found = chosen(near, stops, rules=RankingSettings(RULES.factors, most=5))
    assert [(one.code, one.option.itinerary.rides[0].line_name) for one in found.dropped] == [
        ("nothing_gained", "Bus4")
    ]


def test_the_way_that_differs_stays_even_if_it_is_slower() -> None:
    found = chosen(lines("Bus1 8:00 8:20", "Boat2 8:01 8:30"), window_s=900)
    assert shown(found) == [
        "best fastest: Bus1 A 8:00 > C 8:20",
        "by_boat: Boat2 A 8:01 > C 8:30",
    ]


LATER_AND_LONGER = "\n\nBoat2\nA B\n8:01 8:10\n\nBus3\nB C\n8:12 8:30"


def test_what_is_there_later_is_longer_and_changes_more_stands_beside_nothing() -> None:
    found = chosen(lines("Bus1 8:00 8:20") + LATER_AND_LONGER, window_s=900)
    assert shown(found) == ["best: Bus1 A 8:00 > C 8:20"]
    assert [one.code for one in found.dropped] == ["outdone"]


@pytest.mark.parametrize("handful", [True, False])
def test_nothing_is_compared_with_what_has_left(handful: bool) -> None:
    found = chosen(lines("Bus1 8:00 8:10", "Bus2 8:10 8:29"), handful=handful, now_s=moment("2026-06-03 8:05"))
    assert found.first and str(found.first.itinerary) == "Bus2 A 8:10 > C 8:29"


def test_who_must_be_there_by_a_time_leaves_later_with_what_outdoes_the_other() -> None:
    """The boat and the bus are there two minutes earlier, but one leaves half an hour earlier for it."""
    other = "\n\nBoat2\nA B\n7:30 7:40\n\nBus3\nB C\n7:45 8:18"
    query = {"arrive_by": True, "window_s": 3600}
    territory = town(ROW, lines("Bus1 8:00 8:20") + other)
    answer = plan(territory, ask(territory, "A", "C", "2026-06-03 8:30", **query))
    assert len(answer.itineraries) == 2
    assert shown(choose(territory, answer, RULES, handful=True)) == ["best: Bus1 A 8:00 > C 8:20"]


NEAR = "A 0 0, C 0.35 0"


def test_a_free_walk_that_is_there_first_beats_a_bus_of_one_minute() -> None:
    """350 m, 6 minutes on foot: there at 8:04. The bus leaves at 8:11."""
    found = chosen("Bus1\nA C\n8:11 8:12", NEAR)
    (walk,) = found.direct
    assert found.first is not None and found.first.itinerary is walk.itinerary
    assert "best" in walk.labels
    assert not {"best", "fastest"} & set(found.shown[0].labels)


def best_of(found: Choice) -> str:
    (best,) = (one for one in (*found.shown, *found.direct) if "best" in one.labels)
    return str(best.itinerary)


@pytest.mark.parametrize(
    ("bus", "arrive_by", "best"),
    [
        ("8:00 8:01", False, "walk"),
        ("7:58 7:59", False, "Bus1"),
        ("7:55 7:56", True, "walk"),
        ("7:57 7:58", True, "Bus1"),
    ],
)
def test_a_short_walk_is_better_than_a_bus_for_which_one_is_there_or_leaves_hardly_sooner(
    bus: str, arrive_by: bool, best: str
) -> None:
    """350 m are six minutes on foot: there at 8:04, or by 7:58 having left at 7:52. Five minutes are worth a bus."""
    found = chosen(f"Bus1\nA C\n{bus}", NEAR, arrive_by=arrive_by)
    assert best_of(found).startswith(best)


def test_who_finds_walking_harder_has_shorter_walks() -> None:
    """Six minutes on foot weigh four times as much: 23 minutes of travel."""
    slow = replace(ADULT, costs=Costs(walking=4.0))
    assert best_of(chosen("Bus1\nA C\n8:00 8:01", NEAR, profile=slow)).startswith("Bus1")


def test_a_walk_of_a_quarter_of_an_hour_is_not_short() -> None:
    """900 m: there at 8:13, with the bus at 8:09."""
    assert best_of(chosen("Bus1\nA C\n8:01 8:09", "A 0 0, C 0.9 0")).startswith("Bus1")


def test_a_night_and_a_wait_of_more_than_an_hour_are_labelled_and_speak_for_nothing() -> None:
    night = "Boat4\nA B\n8:10 8:20\n\nBus5\nB C\n32:00 32:10"
    found = chosen(night, window_s=900)
    assert shown(found) == ["best by_boat long_wait overnight: Boat4 A 8:10 > B 8:20 | Bus5 B 8:00 > C 8:10"]
    short = chosen("Boat4\nA B\n8:10 8:20\n\nBus5\nB C\n9:15 9:25", window_s=900)
    assert "long_wait" not in short.shown[0].labels
    long = chosen("Boat4\nA B\n8:10 8:20\n\nBus5\nB C\n9:25 9:35", window_s=900)
    assert {"long_wait"} == {"long_wait", "overnight"} & set(long.shown[0].labels)


def test_unknown_emissions_win_no_label() -> None:
    found = chosen(lines("Bus1 8:00 8:20", "Boat2 8:05 8:26"), handful=False)
    assert [one.labels for one in found.shown] == [("best", "fastest"), ("by_boat",)]
    assert found.shown[1].impact.co2e_g is None


def test_the_same_options_sort_by_any_label() -> None:
    found = chosen(lines("Bus1 8:00 8:20", "Boat2 8:05 8:24", "Bus3 8:10 8:35"))
    assert [one.lines for one in sorted_by(found.shown, "fastest")] == [
        one.lines for one in sorted(found.shown, key=lambda one: one.itinerary.duration_s)
    ]
    assert sorted_by(found.shown, "by_boat")[0].by_boat


def test_a_car_goes_as_far_as_the_road_and_is_shared_by_the_party() -> None:
    rules = RankingSettings(Factors({"CAR": Factor(200.0)}))
    assert chosen(lines("Bus1 8:00 8:20"), rules=rules).car.co2e_g == round(200 * 6 * 1.3)
