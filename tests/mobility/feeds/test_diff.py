"""What changed between two versions of a feed, in an operator's words."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from api.present.feed_diff import diff_json, diff_lines
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.connections import Connection
from gtfs.diff import Day, DayChange, FeedDiff, LineChange, OrdinaryDay, diff
from gtfs.snapshot import FeedSource
from mobility.errors import NothingBefore
from mobility.feeds.diff import diff_of
from mobility.feeds.golden_query import GoldenQuery
from tests.gtfs import tiny
from tests.mobility.feeds.reloads import INPUTS, TABLES, Operator, called, days

DATA = Path(os.environ.get("HENT_REFERENCE_DATA", ""))
LATER = TABLES["stop_times"].replace("8:00:00", "8:05:00")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    asked = replace(INPUTS, golden=(GoldenQuery("bus_A", "bus_B", time(7, 55)),))
    return Operator.in_folder(tmp_path, asked)


def test_nothing_changes_between_a_feed_and_itself() -> None:
    same = diff(tiny.accepted(), tiny.accepted())
    assert (same.lines_added, same.stops_removed, same.changed, same.connections_lost) == ((), (), (), ())
    assert [(one.day, one.before, one.after) for one in same.days] == [(day, 1, 1) for day in Day]


def test_a_later_bus_is_told_with_the_answer_that_it_changes(operator: Operator) -> None:
    operator.load("bus")
    operator.load("bus", stop_times=LATER)
    told = "\n".join(diff_lines(diff_of(operator.at, "bus")))
    assert "1 on a weekday: 1 trip 8:00 to 8:00 -> 1 trip 8:05 to 8:05" in told
    assert "golden queries answered otherwise: 1" in told
    assert "before: 1 Alpha 8:00 > Beta 8:10" in told
    assert "after:  1 Alpha 8:05 > Beta 8:10" in told


def test_a_stop_of_another_name_is_one_less_and_one_more(operator: Operator) -> None:
    operator.load("bus")
    operator.load("bus", stops=called("Gamma"))
    told = diff_json(diff_of(operator.at, "bus"))
    assert (told["stops"]["added"], told["stops"]["removed"]) == (["Gamma"], ["Beta"])
    assert told["answersChanged"][0]["after"].endswith("Gamma 8:10")


def test_days_on_which_nothing_runs_any_more_are_told(operator: Operator) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-06-16", "2026-09-30"))
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-10-01"))
    found = diff_of(operator.at, "bus")
    told = "\n".join(diff_lines(found))
    assert "runs from 2026-06-15 to 2026-09-30 -> 2026-06-15 to 2026-10-01" in told
    assert "days without any trip that had one: 2, 2026-06-16 to 2026-09-30" in told
    assert diff_json(found)["runs"]["after"] == {"firstDay": "2026-06-15", "lastDay": "2026-10-01"}
    assert diff_json(found)["daysLost"] == ["2026-06-16", "2026-09-30"]


def test_a_feed_of_one_version_has_nothing_to_be_compared_with(operator: Operator) -> None:
    operator.load("bus")
    with pytest.raises(NothingBefore):
        diff_of(operator.at, "bus")


def test_versions_are_compared_either_way(operator: Operator) -> None:
    old = operator.load("bus").feeds[0].sha256
    new = operator.load("bus", stops=called("Gamma")).feeds[0].sha256
    back = diff_of(operator.at, "bus", new[:8], old[:8]).change
    assert (back.stops_added, back.stops_removed) == (("Beta",), ("Gamma",))


@pytest.fixture(scope="module")
def tampa() -> FeedDiff:
    if not DATA.name:
        pytest.skip("HENT_REFERENCE_DATA is not set: no reference feeds")
    files = [DATA / "gtfs" / f"tampa_{year}.zip" for year in (2018, 2020)]
    old, new = (accept(file, FeedSource("t", "x"), ReadLimits(), date(2020, 1, 1))[0] for file in files)
    return diff(old, new)


def test_two_years_of_a_city_are_told_by_lines_and_days(tampa: FeedDiff) -> None:
    assert tampa.lines_added == ("10", "44")
    assert tampa.lines_removed == ("20", "51", "570", "572", "573", "574", "60", "75", "96", "97")
    assert tampa.days[0] == DayChange(Day.WEEKDAY, 3160, 3013, date(2018, 3, 2), date(2021, 1, 29))
    assert tampa.changed[0] == LineChange(
        "1", Day.WEEKDAY, OrdinaryDay(130, 14400, 86400), OrdinaryDay(130, 14700, 86700)
    )


def test_two_years_of_a_city_are_told_by_stops_and_connections(tampa: FeedDiff) -> None:
    assert (len(tampa.stops_added), len(tampa.stops_removed)) == (94, 111)
    assert ("University Mall", 143) in [(one.name, one.metres) for one in tampa.stops_moved]
    assert tampa.connections_lost[0] == (Connection("56th St @ Grove Hill Rd", "6", "39"), 68)
