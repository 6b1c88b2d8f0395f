"""What updates mean, run by run and call by call: mistakes that other planners made, each as a sentence.

Numbers name the threads in which they were told. All days are of June 2026; the 15th is a Monday.
"""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from tests.mobility.feeds.tiny import feed
from tests.mobility.live.now import Now, epoch, update

BUS = "Bus b1: A 8:00 > B 8:10-8:12 > C 8:20 > D 8:30"
NIGHT = "Night n1: A 24:40 > B 25:10 > C 25:40"
BLOCK = "Bus b1: A 8:00 > B 8:10\nBus b2: B 8:12 > C 8:20"
TUESDAY = date(2026, 6, 16)
ONCE = {"once": "1" + "0" * 13}
"""On Monday alone."""


def test_times_beat_delays_and_a_delay_holds_until_the_next_update() -> None:
    both = f"stop_time_update {{ stop_sequence: 1 departure {{ delay: 60 time: {epoch('8:02')} }} }}"
    now = Now(feed(BUS), [update("b1", more=both + " stop_time_update { stop_sequence: 3 arrival { delay: 300 } }")])
    assert now.runs == ["b1 15: A 8:00/8:02 > B 8:12/8:14 > C 8:25 > D 8:35"]


def test_a_night_bus_without_a_date_is_yesterdays_run() -> None:
    """motis#1190."""
    said = update("n1", f"B arr@{epoch('1:20', TUESDAY)}")
    now = Now(feed(NIGHT), [said], epoch("0:50", TUESDAY))
    assert now.runs == ["n1 15: A 24:40 > B 25:20 > C 25:50"]


def test_without_date_and_times_it_is_the_run_of_the_moment() -> None:
    now = Now(feed(NIGHT), [update("n1", "B arr+600")], epoch("0:50", TUESDAY))
    assert now.runs == ["n1 15: A 24:40 > B 25:20 > C 25:50"]


def test_a_producer_that_says_the_calendar_day_is_unmatched_and_shifts_nothing() -> None:
    """TheTransitClock/transitime#275: the trip of the night of the 15th, said to be of the 16th, when none runs."""
    now = Now(feed(NIGHT, services=ONCE), [update("n1 start_date:20260616", "B arr+600")])
    assert (now.runs, now.reasons) == ([], {"not_running": 1})


def test_a_copy_past_midnight_keeps_its_service_day() -> None:
    """OneBusAway/maglev#1286."""
    copied = 'trip_properties { trip_id: "n2" start_date: "20260615" start_time: "24:20:00" }'
    now = Now(feed(NIGHT), [update("n1 start_date:20260615 schedule_relationship:DUPLICATED", "A dep+60", more=copied)])
    assert now.runs == ["n2 15: A 24:20/24:21 > B 24:51 > C 25:21"]
    assert now.best("A", "C", "0:10", TUESDAY) == ["0:21 > 1:21 (n2)"]


@pytest.mark.parametrize(("day", "shown"), [(date(2026, 10, 25), "8:10"), (date(2027, 3, 28), "8:10")])
def test_absolute_times_count_from_noon_minus_twelve_hours_when_clocks_change(day: date, shown: str) -> None:
    """OTP#7891, google/transit#325."""
    said = epoch(shown, day, "Europe/Paris")
    timetable = feed(BUS, first_day=day, services={"daily": "1"}, zone="Europe/Paris")
    b1 = update("b1", f"B arr@{said}")
    b9 = update("b9 route_id:Bus schedule_relationship:NEW", f"A dep@{said}", f"C arr@{said + 600}")
    now = Now(timetable, [b1, b9], epoch("7:00", day, "Europe/Paris"))
    assert now.runs == [f"b1 {day.day}: A 8:00 > B 8:10/8:12 > C 8:20 > D 8:30", f"b9 {day.day}: A 8:10 > C 8:20"]
    assert now.best("A", "C", "8:05", day) == ["8:10 > 8:20 (b9)"]


def test_a_long_stand_is_used_up_where_the_next_arrival_is_said() -> None:
    """OTP#6391, #6392: eight minutes late into a stand of five, the next arrival on time."""
    now = Now(feed("Bus b1: A 8:00 > B 8:10-8:15 > C 8:25"), [update("b1", "B arr+480", "C arr+0")])
    assert now.runs == ["b1 15: A 8:00 > B 8:18/8:23 > C 8:25"]


def test_a_stand_that_is_made_up_for_is_not_shown_late() -> None:
    """What is said beats what is inferred: the departure would be 8:25 by the arrival's delay."""
    now = Now(feed("Bus b1: A 8:00 > B 8:10-8:15 > C 8:22"), [update("b1", "B arr+600", "C arr+0")])
    assert now.runs == ["b1 15: A 8:00 > B 8:20/8:22 > C 8:22"]


def test_it_may_leave_its_first_stop_early() -> None:
    """OTP#5347."""
    now = Now(feed("Bus b1: A 8:00 > B 8:10"), [update("b1", "A dep-100")])
    assert now.runs == ["b1 15: A 7:58:20 > B 8:08:20"]


def test_after_no_data_a_time_before_the_planned_one_is_taken() -> None:
    """OTP#7097: 10:09 is said for 10:20; what nothing is known of gives way."""
    timetable = feed("Bus b1: A 10:00 > B 10:10 > C 10:20")
    now = Now(timetable, [update("b1", "A NO_DATA", "B NO_DATA", f"C arr@{epoch('10:09')}")], epoch("9:55"))
    assert now.runs == ["b1 15: A 10:00 > B 10:09 > C 10:09"]


def test_no_data_ends_a_delay() -> None:
    now = Now(feed(BUS), [update("b1", "A dep+300", "C NO_DATA")])
    assert now.runs == ["b1 15: A 8:00/8:05 > B 8:15/8:17 > C 8:20 > D 8:30"]


def test_past_calls_may_be_missing_and_the_bus_early() -> None:
    """OTP#5286, #4035: from the fifth call on two minutes early."""
    timetable = feed("Bus b1: A 8:00 > B 8:01 > C 8:02 > D 8:03 > E 8:04 > F 8:10")
    assert Now(timetable, [update("b1", "E dep-120")]).runs == [
        "b1 15: A 8:00 > B 8:01 > C 8:02 > D 8:02 > E 8:02 > F 8:08"
    ]


def test_a_skipped_call_between_two_of_the_same_time() -> None:
    """OTP#6848."""
    now = Now(feed("Bus b1: A 10:01 > B 10:01 > C 10:01", services=ONCE), [update("b1", "B SKIPPED")])
    assert now.runs == ["b1 15: A 10:01 > (B) > C 10:01"]
    assert (now.best("A", "B", "10:00"), now.best("A", "C", "10:00")) == ([], ["10:01 > 10:01 (b1)"])


def test_a_skip_does_not_end_a_delay() -> None:
    now = Now(feed(BUS), [update("b1", "A dep+120", "B SKIPPED")])
    assert now.runs == ["b1 15: A 8:00/8:02 > (B) > C 8:22 > D 8:32"]


def test_one_departure_by_stop_alone_makes_no_time_before_midnight() -> None:
    """OTP#2295."""
    assert Now(feed(BUS), [update("b1", "C dep+60")]).runs == ["b1 15: A 8:00 > B 8:10/8:12 > C 8:20/8:21 > D 8:31"]


def test_in_a_loop_the_visit_after_the_last_one_found_is_meant() -> None:
    """OneBusAway/onebusaway-application-modules#163, maglev#1415."""
    loop = feed("Loop l1: A 8:00 > B 8:10 > A 8:20")
    assert Now(loop, [update("l1", "B arr+0 dep+60", "A arr+120")]).runs == ["l1 15: A 8:00 > B 8:10/8:11 > A 8:22"]
    assert Now(loop, [update("l1", "#3 A arr+120")]).runs == ["l1 15: A 8:00 > B 8:10 > A 8:22"]
    assert Now(loop, [update("l1", "A dep+120")]).runs == ["l1 15: A 8:00/8:02 > B 8:12 > A 8:22"]


def test_where_sequence_and_stop_disagree_the_stop_is_believed_and_a_detour_is_left_out() -> None:
    """A producer inserts X and numbers on: by the numbers each call would get the time of the one before."""
    now = Now(feed(BUS), [update("b1", "#1 A dep+0", "#2 X arr+30", "#3 B arr+60", "#4 C arr+120")])
    assert now.runs == ["b1 15: A 8:00 > B 8:11/8:13 > C 8:22 > D 8:32"]
    assert now.reasons == {"call_left_out": 1, "stop_and_sequence_disagree": 3}


def test_the_whole_is_late_until_the_first_call_with_news_of_its_own() -> None:
    now = Now(feed(BUS), [update("b1", "C arr+0", more="delay: 60")])
    assert now.runs == ["b1 15: A 8:01 > B 8:11/8:13 > C 8:20 > D 8:30"]


def test_only_a_run_is_late_never_the_trip() -> None:
    """So late that the next day's run of the same trip passes it."""
    late = update("b1 start_date:20260615", f"D arr@{epoch('9:00', TUESDAY)}")
    assert Now(feed(BUS), [late, update("b1 start_date:20260616", "A dep+60")]).runs == [
        "b1 15: A 8:00 > B 8:10/8:12 > C 8:20 > D 33:00",
        "b1 16: A 8:00/8:01 > B 8:11/8:13 > C 8:21 > D 8:31",
    ]


def test_a_delay_that_cannot_be_is_held_and_counted() -> None:
    """mfdz/GTFS-Issues#269: 52 minutes early, as the producer has matched another run."""
    now = Now(feed(BUS), [update("b1", "B arr-3133")])
    assert (now.runs, now.reasons, now.matched.matched) == ([], {"absurd_delay": 1}, 0)


def test_a_ride_that_cannot_be_is_refused_and_counted() -> None:
    """motis#1043: A to Z is 25 km."""
    timetable = feed("Bus b1: A 8:00 > Z 9:00")
    fast = update("b9 route_id:Bus schedule_relationship:NEW", f"A dep@{epoch('8:00')}", f"Z arr@{epoch('8:01')}")
    assert (Now(timetable, [fast]).runs, Now(timetable, [fast]).reasons) == ([], {"too_fast": 1})


def test_said_times_that_go_back_are_pushed_and_counted() -> None:
    """25 of them in one captured file of a railway: the news of the whole trip would be lost."""
    now = Now(feed(BUS), [update("b1", f"B dep@{epoch('8:20')}", f"C arr@{epoch('8:18')}")])
    assert now.runs == ["b1 15: A 8:00 > B 8:10/8:20 > C 8:20 > D 8:28"]
    assert now.reasons == {"said_time_before_said_time": 1}


def test_a_cancelled_trip_is_not_ridden_and_the_next_one_is() -> None:
    """OTP#3318."""
    timetable = feed("Bus b1: A 8:00 > B 8:10\nBus b2: A 9:00 > B 9:10")
    now = Now(timetable, [update("b1 schedule_relationship:CANCELED")])
    assert now.runs == ["b1 15: cancelled"]
    assert now.best("A", "B", "7:50") == ["9:00 > 9:10 (b2)"]
    assert now.best("A", "B", "9:30", arriving=True) == ["9:00 > 9:10 (b2)"]
    assert now.best("A", "B", "8:30", arriving=True) == []
    assert now.best("A", "B", "7:50", TUESDAY) == ["8:00 > 8:10 (b1)"]


def test_a_deleted_trip_is_not_ridden_and_nobody_is_told() -> None:
    now = Now(feed("Bus b1: A 8:00 > B 8:10\nBus b2: A 9:00 > B 9:10"), [update("b1 schedule_relationship:DELETED")])
    assert now.runs == ["b1 15: removed"]
    assert now.best("A", "B", "7:50") == ["9:00 > 9:10 (b2)"]
    assert len(now.live.trips) == len(now.network.trips), "no trip stands for it that a board could show"


def test_a_cancelled_trip_after_midnight_is_not_ridden_by_who_asks_before() -> None:
    """OTP#5718."""
    timetable = feed("Night n1: A 24:20 > B 24:40\nNight n2: A 25:20 > B 25:40")
    now = Now(timetable, [update("n1 start_date:20260615 schedule_relationship:CANCELED")], epoch("23:00"))
    assert now.best("A", "B", "23:30") == ["25:20 > 25:40 (n2)"]
    assert now.best("A", "B", "0:10", TUESDAY) == ["1:20 > 1:40 (n2)"]


def test_half_a_trip_is_neither_running_nor_cancelled() -> None:
    """transitous#1842: it ends at B."""
    now = Now(feed(BUS, services=ONCE), [update("b1", "C SKIPPED", "D SKIPPED")])
    assert now.runs == ["b1 15: A 8:00 > B 8:10/8:12 > (C) > (D)"]
    assert (now.best("A", "B", "7:50"), now.best("A", "D", "7:50")) == (["8:00 > 8:10 (b1)"], [])


def test_with_fewer_than_two_calls_left_nobody_is_taken_anywhere() -> None:
    now = Now(feed(BUS), [update("b1", "B SKIPPED", "C SKIPPED", "D SKIPPED")])
    assert now.runs == ["b1 15: cancelled"]


def test_another_platform_is_one_trip_that_stops_elsewhere() -> None:
    """OTP#3732."""
    timetable = feed("Bus b1: A 8:00 > B 8:10 > C 8:20\nBus b2: X 9:00 > Y 9:10", services=ONCE)
    now = Now(timetable, [update("b1", "#2 B > X arr+0")])
    assert now.runs == ["b1 15: A 8:00 > X 8:10 > C 8:20"]
    assert now.best("A", "X", "7:50") == ["8:00 > 8:10 (b1)"]
    assert now.best("A", "B", "7:50") == []


def test_a_new_trip_runs_and_one_whose_name_is_taken_is_refused() -> None:
    calls = f"A dep@{epoch('8:40')}", f"C arr@{epoch('8:50')}"
    new = update("b9 route_id:Bus schedule_relationship:NEW", *calls)
    taken = update("b1 route_id:Bus schedule_relationship:ADDED", *calls)
    now = Now(feed(BUS), [new, taken])
    assert (now.runs, now.reasons) == (["b9 15: A 8:40 > C 8:50"], {"id_taken": 1})
    assert now.best("A", "C", "8:30") == ["8:40 > 8:50 (b9)"]


def test_a_replacement_takes_the_calls_of_the_update_alone() -> None:
    calls = f"A dep@{epoch('8:05')}", f"D arr@{epoch('8:25')}"
    now = Now(feed(BUS), [update("b1 schedule_relationship:REPLACEMENT", *calls)])
    assert now.runs == ["b1 15: A 8:05 > D 8:25"]
    assert now.best("A", "D", "7:50") == ["8:05 > 8:25 (b1)"]


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        (update("b7", "A dep+60"), "unknown_trip"),
        (update("b1 route_id:Tram", "A dep+60"), "other_line"),
        (update("b1 start_date:20260231", "A dep+60"), "unreadable"),
        (update("b9 route_id:Tram schedule_relationship:NEW"), "unknown_line"),
        (update("b9 route_id:Bus schedule_relationship:NEW", "A arr+0", "B arr+0"), "no_times"),
        (update("b9 route_id:Bus schedule_relationship:NEW", f"Q dep@{epoch('8:00')}"), "unknown_stop"),
    ],
)
def test_what_cannot_be_matched_is_counted_and_changes_nothing(said: str, reason: str) -> None:
    now = Now(feed(BUS), [said])
    assert (now.runs, now.reasons, now.matched.matched) == ([], {reason: 1}, 0)


def test_a_run_is_found_without_trip_id_where_exactly_one_fits() -> None:
    one = feed("Bus b1: A 8:00 > B 8:10\nBus b2: A 9:00 > B 9:10\nTram t1: A 8:00 > B 8:05")
    said = update("- route_id:Bus start_time:08:00:00 start_date:20260615", "B arr+60")
    assert Now(one, [said]).runs == ["b1 15: A 8:00 > B 8:11"]
    two = feed("Bus b1: A 8:00 > B 8:10\nBus b2: A 8:00 > C 8:10")
    assert Now(two, [said]).reasons == {"several_runs": 1}


def test_runs_of_a_frequency_trip_are_told_apart_by_their_start() -> None:
    often = feed("Bus f1: A 8:00 > B 8:10", frequencies=[("f1", "8:00", "9:00", 600, True)])
    said = update("f1 start_date:20260615 start_time:08:20:00", "A dep+120")
    assert Now(often, [said]).runs == ["f1 15: A 8:20/8:22 > B 8:32"]
    assert Now(often, [update("f1 start_date:20260615", "A dep+120")]).reasons == {"several_runs": 1}


def test_a_vehicle_without_a_timetable_runs_at_its_times_in_place_of_the_headway_run_that_it_is() -> None:
    """UNSCHEDULED is for trips of which frequencies.txt tells about how often they run."""
    often = feed("Bus f1: A 8:00 > B 8:10", frequencies=[("f1", "8:00", "9:00", 600, False)])
    head = "f1 start_date:20260615 start_time:08:20:00 schedule_relationship:UNSCHEDULED"
    now = Now(often, [update(head, f"A dep@{epoch('8:24')}", f"B arr@{epoch('8:33')}")])
    assert now.runs == ["f1 15: A 8:20/8:24 > B 8:33"]
    assert now.best("A", "B", "8:21") == ["8:24 > 8:33 (f1)"]


def test_of_two_updates_for_one_run_the_later_holds() -> None:
    now = Now(feed(BUS), [update("b1 schedule_relationship:CANCELED"), update("b1", "D arr+60")])
    assert now.runs == ["b1 15: A 8:00 > B 8:10/8:12 > C 8:20 > D 8:31"]


def test_a_late_vehicle_promises_no_seat_in_its_next_trip() -> None:
    """motis#1237, #1058: forty minutes late, the next trip of the block without update; who was seated went back."""
    block = feed(BLOCK, blocks={"b1": 7, "b2": 7}, services=ONCE)
    assert Now(block, []).best("A", "C", "7:50") == ["8:00 > 8:20 (b1)"]
    assert Now(block, [update("b1", "A dep+2400")]).best("A", "C", "7:50") == []
    late = Now(block, [update("b1", "A dep+2400"), update("b2", "B dep+2400")])
    assert late.best("A", "C", "7:50") == ["8:40 > 9:00 (b1)"]


def test_who_is_seated_goes_on_as_the_run_that_is_late() -> None:
    block = feed(BLOCK, blocks={"b1": 7, "b2": 7}, services=ONCE)
    assert Now(block, [update("b2", "B dep+300")]).best("A", "C", "7:50") == ["8:00 > 8:25 (b1)"]
    assert Now(block, [update("b2 schedule_relationship:CANCELED")]).best("A", "C", "7:50") == []


def test_sequences_need_not_be_counted_from_one() -> None:
    timetable = feed(BUS)
    times = replace(timetable.stop_times, sequence=np.array([5, 10, 20, 40], np.int32))
    now = Now(replace(timetable, stop_times=times), [update("b1", "#10 arr+60", "#40 arr+0")])
    assert now.runs == ["b1 15: A 8:00 > B 8:11/8:13 > C 8:21 > D 8:30"]
