"""What travellers lose by a version is told before it takes the place of another."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from api.present.feeds import outcome_json, preview_json
from mobility.feeds.golden_query import GoldenQuery
from mobility.feeds.loss import LostAnswer
from mobility.feeds.preview import preview
from mobility.feeds.progress import LoadStep, Progress
from tests.mobility.feeds.reloads import INPUTS, TABLES, Operator, days

LINES = TABLES["routes"] + "\n2,a,2,3"
TRIPS = TABLES["trips"] + "\n1,all,t2\n2,all,u"
CALLS = (
    TABLES["stop_times"]
    + "\nt2,9:00:00,9:00:00,A,1\nt2,9:10:00,9:10:00,B,2"
    + "\nu,8:15:00,8:15:00,B,1\nu,8:25:00,8:25:00,C,2"
)
STOPS = TABLES["stops"] + "\nC,Gamma,47.73,-3.40"
WHOLE = {"routes": LINES, "trips": TRIPS, "stop_times": CALLS, "stops": STOPS}
TWO_LINES = WHOLE | {"calendar_dates": days("2026-06-15", "2026-06-16", "2026-09-30")}
ONE_TRIP = {"calendar_dates": days("2026-06-15", "2026-09-30")}
TOLD = [
    "bus: what travellers lose",
    "  days without any trip: 1, 2026-06-16 to 2026-06-16",
    "  lines: 1",
    "    2",
    "  departures: 2",
    "    1 on a weekday: 2 -> 1",
    "  stops: 1",
    "    Gamma",
]


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    found = Operator.in_folder(tmp_path)
    found.load("bus", **TWO_LINES)
    return found


def test_a_check_says_what_would_be_lost(operator: Operator) -> None:
    less = operator.feed("bus", **ONE_TRIP)
    found = preview(operator.at, Path(less.file), less.source)
    assert found.loss
    told = [line for line in found.loss.told() if not line.startswith("    1 on a s")]
    assert told == [line.replace("departures: 2", "departures: 1") for line in TOLD]
    (loss,) = preview_json(found, operator.at.today)["losses"]
    assert (loss["days"], loss["lines"], loss["stops"]) == (["2026-06-16"], ["2"], ["Gamma"])
    assert loss["departures"] == [{"line": "1", "day": "weekday", "before": 2, "after": 1}]


def test_a_load_says_it_before_it_publishes(operator: Operator) -> None:
    steps: list[Progress] = []
    outcome = operator.watched(steps.append).load("bus", **ONE_TRIP)
    told = [one.told for one in steps if one.step is LoadStep.COMPARE]
    assert told[0][:4] == tuple(TOLD[:4])
    assert [one.step for one in steps][-3:] == [LoadStep.COMPARE, LoadStep.BUILD, LoadStep.PUBLISH]
    assert outcome_json(outcome, operator.at.today)["losses"][0]["lines"] == ["2"]


def test_a_connection_that_is_lost_is_told(operator: Operator) -> None:
    missed = CALLS.replace("8:15:00,8:15:00,B", "8:05:00,8:05:00,B").replace("8:25:00,8:25:00,C", "8:15:00,8:15:00,C")
    less = operator.feed("bus", **TWO_LINES | {"stop_times": missed})
    found = preview(operator.at, Path(less.file), less.source)
    assert found.loss
    assert list(found.loss.told()) == [
        "bus: what travellers lose",
        "  connections: 1",
        "    Beta: 1 > 2, 1 time a day",
    ]


def test_a_check_asks_the_golden_queries(operator: Operator) -> None:
    asked = operator.under(replace(INPUTS, golden=(GoldenQuery("bus_A", "bus_C", time(7, 55)),)))
    less = asked.feed("bus", **ONE_TRIP | {"stops": STOPS})
    found = preview(asked.at, Path(less.file), less.source)
    assert found.loss
    (gone,) = found.loss.answers
    assert isinstance(gone, LostAnswer)
    assert (gone.query, gone.before) == (
        "bus_A > bus_C at 07:55",
        "1 Alpha 8:00 > Beta 8:10 | 2 Beta 8:15 > Gamma 8:25",
    )
    assert next(line for line in found.loss.told() if "07:55" in line).startswith("    bus_A > bus_C at 07:55: ")


def test_nothing_is_told_where_nothing_is_lost(operator: Operator) -> None:
    more = operator.feed("bus", **TWO_LINES | {"calendar_dates": days("2026-06-15", "2026-06-16", "2026-10-01")})
    found = preview(operator.at, Path(more.file), more.source)
    assert found.loss
    assert [line for line in found.loss.told() if "2026-09-30" not in line] == ["bus: what travellers lose"]
    same = operator.feed("bus", **TWO_LINES | {"stops": STOPS.replace("47.73", "47.74")})
    again = preview(operator.at, Path(same.file), same.source)
    assert again.loss and again.loss.is_none


def test_days_before_a_version_that_waits_are_not_lost(operator: Operator) -> None:
    later = operator.feed("bus", **WHOLE | {"calendar_dates": days("2026-07-01", "2026-10-01")})
    found = preview(operator.at, Path(later.file), later.source)
    assert found.loss
    assert [day.isoformat() for day in found.loss.days] == ["2026-09-30"]
