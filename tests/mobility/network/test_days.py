"""Which trips a searched day holds, and when they run by the clock of the territory."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from gtfs.snapshot import FeedSnapshot
from mobility.feeds.build.network import build
from mobility.network.network import Network
from mobility.network.timetable import DayTimetable
from mobility.search.day_runs import timetable_of
from mobility.search.days import OFTEN, Days, DaysKept
from mobility.search.pace import Needs, Pace
from mobility.search.search import arrays
from tests.mobility.feeds import tiny

TUESDAY = date(2026, 6, 16)
PARIS = "Europe/Paris"


def network(*feeds: FeedSnapshot) -> Network:
    return build(feeds, zone=PARIS)


def shown(network: Network, timetable: DayTimetable) -> list[str]:
    """Each trip as `id day: departures`, by the clock of the territory."""
    zone = ZoneInfo(network.zones[0])

    def clock(seconds: int) -> str:
        at = datetime.fromtimestamp(timetable.anchor_s + seconds, zone)
        return f"{at.day}T{at:%H:%M}"

    out = []
    for trip, row in enumerate(timetable.trip_row.tolist()):
        pattern = timetable.trip_pattern[trip]
        length = int(np.diff(timetable.pattern_first_position)[pattern])
        first = timetable.pattern_first_call[pattern] + (trip - timetable.pattern_first_trip[pattern]) * length
        times = " ".join(clock(s) for s in timetable.departure[first : first + length].tolist())
        out.append(f"{network.trips.id[network.trips.id_row[row]]} {timetable.trip_day[trip]:+d}: {times}")
    return out


def test_a_day_holds_last_night_s_trips_and_those_of_tomorrow_morning() -> None:
    feed = tiny.feed("1 day: A 10:00 > B 10:10\n1 night: A 23:55 > B 24:05\n1 noon: A 12:00 > B 12:10", zone=PARIS)
    bus = network(feed)
    assert shown(bus, timetable_of(bus, TUESDAY)) == [
        "t_night -1: 15T23:55 16T00:05",
        "t_day +0: 16T10:00 16T10:10",
        "t_noon +0: 16T12:00 16T12:10",
        "t_night +0: 16T23:55 17T00:05",
        "t_day +1: 17T10:00 17T10:10",
    ]


def test_a_trip_of_yesterday_that_departs_after_midnight_is_found() -> None:
    bus = network(tiny.feed("1 late: A 25:10 > B 25:20", zone=PARIS, services={"monday": "1"}))
    assert shown(bus, timetable_of(bus, TUESDAY)) == ["t_late -1: 16T01:10 16T01:20"]


def test_what_does_not_run_on_the_day_is_not_there() -> None:
    feed = tiny.feed(
        "1 a @odd: A 8:00 > B 8:10\n1 b @even: A 9:00 > B 9:10", services={"odd": "10101", "even": "01010"}
    )
    bus = network(feed)
    assert [row.split(":")[0] for row in shown(bus, timetable_of(bus, TUESDAY))] == ["t_b +0", "t_a +1"]
    assert timetable_of(bus, date(2030, 1, 1)).n_trips == 0


@pytest.mark.parametrize(
    ("sunday", "times"),
    [
        # noon - 12 h is 23:00 of Saturday: until the clocks go forward at 2:00, times show an hour earlier
        (date(2026, 3, 29), ["28T23:30", "29T01:30", "29T03:30", "29T08:00", "30T01:00"]),
        # noon - 12 h is 1:00 of Sunday, first time round
        (date(2026, 10, 25), ["25T01:30", "25T02:30", "25T03:30", "25T08:00", "26T01:00"]),
    ],
)
def test_service_days_count_from_noon_when_the_clocks_change(sunday: date, times: list[str]) -> None:
    calls = "A 0:30 > B 2:30 > C 3:30 > D 8:00 > E 25:00"
    bus = network(tiny.feed(f"1 x: {calls}", zone=PARIS, services={"s": "1"}, first_day=sunday))
    assert shown(bus, timetable_of(bus, sunday)) == [f"t_x +0: {' '.join(times)}"]


def test_the_hour_that_happens_twice_is_searched_with_the_night_before() -> None:
    bus = network(tiny.feed("1 x: A 23:00 > B 24:30", zone=PARIS, services={"s": "1"}, first_day=date(2026, 10, 24)))
    assert shown(bus, timetable_of(bus, date(2026, 10, 25))) == ["t_x -1: 24T23:00 25T00:30"]


def test_feeds_of_other_zones_run_by_their_own_clock() -> None:
    ferry = tiny.feed("F x: A 8:00 > B 9:00", id="ferry", zone="Europe/London", services={"s": "1"})
    bus = tiny.feed("1 x: A 8:00 > B 9:00", zone=PARIS, services={"s": "1"})
    both = network(bus, ferry)
    assert shown(both, timetable_of(both, tiny.MONDAY)) == [
        "t_x +0: 15T08:00 15T09:00",
        "ferry_x +0: 15T09:00 15T10:00",
    ]


def test_who_stays_seated_rides_one_trip() -> None:
    feed = tiny.feed("1 a: A 8:00 > B 8:10-8:30\n2 b: B 8:12-8:15 > C 8:20", transfers="/a > /b 4", services={"s": "1"})
    bus = build([feed])
    day = timetable_of(bus, tiny.MONDAY)
    assert shown(bus, day) == ["t_b +0: 15T08:15 15T08:20", "t_a +0: 15T08:00 15T08:10 15T08:15 15T08:20"]
    assert day.position_boards.tolist() == [1, 1, 1, 0, 1, 1]
    assert day.position_alights.tolist() == [1, 1, 1, 1, 0, 1]


def test_three_trips_in_a_row_are_one_ride() -> None:
    feed = tiny.feed(
        "1 a: A 8:00 > B 8:10\n1 b: B 8:10 > C 8:20\n1 c: C 8:20 > D 8:30",
        transfers="/a > /b 4\n/b > /c 4",
        services={"s": "1"},
    )
    bus = build([feed])
    assert "t_a +0: 15T08:00 15T08:10 15T08:10 15T08:20 15T08:20 15T08:30" in shown(bus, timetable_of(bus, tiny.MONDAY))


def test_trips_that_refuse_what_is_needed_are_left_out() -> None:
    bus = network(tiny.feed("1 a: A 8:00 > B 8:10\n1 b: A 9:00 > B 9:10", services={"s": "1"}))
    bus.trips.wheelchair[:] = [1, 2]
    bus.trips.bikes[:] = [2, 0]
    names = {
        needs: [row[:3] for row in shown(bus, timetable_of(bus, tiny.MONDAY, needs))]
        for needs in (Needs(), Needs(step_free=True), Needs(bike=True))
    }
    assert list(names.values()) == [["t_a", "t_b"], ["t_a"], ["t_b"]]


def test_step_free_nobody_gets_in_where_there_are_steps() -> None:
    bus = network(tiny.feed("1 a: A 8:00 > B 8:10 > C 8:20", services={"s": "1"}))
    bus.stops.wheelchair[:] = [1, 2, 0]
    day = timetable_of(bus, tiny.MONDAY, Needs(step_free=True))
    assert (day.position_boards.tolist(), day.position_alights.tolist()) == ([1, 0, 1], [1, 0, 1])


def test_equal_days_share_their_arrays_and_keep_their_dates() -> None:
    days = Days(network(tiny.feed("1 a: A 8:00 > B 8:10", services={"s": "1" * 10})))
    tuesday, wednesday = days.on(TUESDAY), days.on(date(2026, 6, 17))
    assert tuesday.timetable.arrival is wednesday.timetable.arrival
    assert wednesday.timetable.day == date(2026, 6, 17)
    assert (
        wednesday.timetable.anchor_s - tuesday.timetable.anchor_s
        == wednesday.mirror.anchor_s - tuesday.mirror.anchor_s
        == 86400
    )


def test_a_day_laid_out_by_one_worker_is_mapped_by_the_others(tmp_path: Path) -> None:
    bus = network(tiny.feed("1 a: A 8:00 > B 8:10 > C 8:20"))
    first = Days(bus, tmp_path).on(TUESDAY)
    second = Days(bus, tmp_path).on(TUESDAY)
    assert not second.timetable.arrival.flags.writeable
    ours, theirs = arrays(first), arrays(second)
    assert ours.keys() == theirs.keys()
    assert all((ours[name] == theirs[name]).all() for name in ours)


def test_only_the_latest_days_stay_on_disk(tmp_path: Path) -> None:
    pattern = "1101011100010110"
    days = Days(network(tiny.feed("1 a: A 8:00 > B 8:10", services={"s": pattern})), tmp_path, DaysKept(on_disk=2))
    for day in range(16, 26):
        days.on(date(2026, 6, day))
    assert len([path for path in tmp_path.iterdir() if path.name != "walks"]) == 2


def test_several_workers_may_lay_out_the_same_day_at_once(tmp_path: Path) -> None:
    bus = network(tiny.feed("1 a: A 8:00 > B 8:10 > C 8:20"))
    with ThreadPoolExecutor(4) as workers:
        found = list(workers.map(lambda _: Days(bus, tmp_path).on(TUESDAY), range(8)))
    assert {day.timetable.n_trips for day in found} == {2}
    assert len(list(tmp_path.iterdir())) == 2


def test_a_prepared_day_is_quick_for_every_process_that_opens_it(tmp_path: Path) -> None:
    bus = network(tiny.feed("1 day: A 10:00 > B 10:10", zone=PARIS))
    assert Days(bus, tmp_path).on(TUESDAY).shortcuts is None
    Days(bus, tmp_path).prepare(TUESDAY)
    other = Days(bus, tmp_path).on(TUESDAY)
    assert other.shortcuts is not None
    assert other.mirrored_shortcuts is not None


def test_a_day_that_is_asked_often_becomes_quick_by_itself(tmp_path: Path) -> None:
    days = Days(network(tiny.feed("1 day: A 10:00 > B 10:10", zone=PARIS)), tmp_path)
    for _ in range(OFTEN):
        days.on(TUESDAY)
    days.wait()
    assert days.on(TUESDAY).shortcuts is not None


def test_shortcuts_are_not_taken_at_another_pace(tmp_path: Path) -> None:
    days = Days(network(tiny.feed("1 day: A 10:00 > B 10:10", zone=PARIS)), tmp_path)
    days.prepare(TUESDAY)
    assert days.on(TUESDAY, pace=Pace(0.7)).shortcuts is None
    assert days.on(TUESDAY, Needs(step_free=True)).shortcuts is None


def test_a_day_that_another_process_makes_quick_becomes_quick_where_it_is_open(tmp_path: Path) -> None:
    bus = network(tiny.feed("1 day: A 10:00 > B 10:10", zone=PARIS))
    ours, theirs = Days(bus, tmp_path), Days(bus, tmp_path)
    assert ours.on(TUESDAY).shortcuts is None
    theirs.prepare(TUESDAY)
    assert ours.on(TUESDAY).shortcuts is not None


def test_a_day_that_is_too_large_for_shortcuts_stays_as_it_is(tmp_path: Path) -> None:
    """A trip of 260 stops, when positions are numbers below 254."""
    calls = " > ".join(f"S{stop} 8:{stop // 60:02}:{stop % 60:02}" for stop in range(260))
    days = Days(network(tiny.feed(f"1 long: {calls}", zone=PARIS)), tmp_path)
    plain = days.on(TUESDAY)
    days.prepare(TUESDAY)
    assert days.on(TUESDAY) is plain
