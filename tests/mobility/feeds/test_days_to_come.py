"""Feeds and the calendar: what begins later waits for its day, what ends may go on by weekdays."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from mobility.clock import days_after
from mobility.feeds.outcome import LoadState
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.reload import reload, roll_back, take_over
from mobility.feeds.state import read_state, write_states
from mobility.feeds.versions import waiting_feeds
from tests.mobility.feeds.reloads import INPUTS, Operator, called, days


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path)


AUTUMN = days("2026-09-01", "2026-12-01")


def test_a_feed_that_begins_in_the_future_waits_beside_the_one_in_service(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    outcome = operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    assert (outcome.state, [feed.first_day for feed in outcome.waiting]) == (LoadState.WAITING, [date(2026, 9, 1)])
    assert operator.serves() == "Summer"
    assert take_over(operator.on(date(2026, 8, 31)).at).state is LoadState.UNCHANGED


def test_it_takes_over_on_its_day_without_being_built_again(operator: Operator) -> None:
    told: list[Progress] = []
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    outcome = take_over(operator.on(date(2026, 9, 1)).watched(told.append).at)
    assert (outcome.state, outcome.waiting, operator.serves()) == (LoadState.PUBLISHED, (), "Autumn")
    assert [one.step for one in told] == [LoadStep.PUBLISH]
    roll_back(operator.at, "bus", force=True)
    assert operator.serves() == "Summer"


def test_that_it_took_over_is_noted_later_where_the_disk_refused_it_then(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    unnoted = read_state(operator.at.data, "bus")
    take_over(operator.on(date(2026, 9, 1)).at)
    write_states(operator.at.data, {}, {"bus": unnoted})
    assert take_over(operator.on(date(2026, 9, 1)).at).waiting == ()
    roll_back(operator.at, "bus", force=True)
    assert operator.serves() == "Summer"


def test_it_takes_over_beside_a_feed_that_came_in_the_meantime(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    operator.load("boat", stops=called("Quay"))
    take_over(operator.on(date(2026, 9, 1)).at)
    assert (operator.serves("bus"), operator.serves("boat")) == ("Autumn", "Quay")


def test_a_feed_that_begins_in_the_future_serves_at_once_where_nothing_runs_before_it(operator: Operator) -> None:
    assert operator.load("bus", calendar_dates=AUTUMN).state is LoadState.PUBLISHED
    operator.load("boat", calendar_dates=days("2026-06-01"))
    assert operator.load("boat", stops=called("Pier"), calendar_dates=AUTUMN).state is LoadState.PUBLISHED
    assert waiting_feeds(operator.at.data) == ()


def test_it_waits_on_the_last_day_of_the_one_in_service_and_no_day_longer(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"), calendar_dates=days("2026-06-01", "2026-06-15"))
    last_day, day_after = operator.on(date(2026, 6, 15)), operator.on(date(2026, 6, 16))
    assert last_day.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN).state is LoadState.WAITING
    assert operator.serves() == "Summer"
    assert day_after.load("bus", stops=called("Winter"), calendar_dates=AUTUMN).state is LoadState.PUBLISHED


def test_who_loads_one_feed_alone_waits_for_no_other(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    outcome = reload(operator.at, [operator.feed("boat")], only=True)
    assert ([feed.id for feed in outcome.feeds], outcome.waiting) == (["boat"], ())


def test_the_same_feed_is_not_loaded_again_while_it_waits(operator: Operator) -> None:
    operator.load("bus")
    autumn = operator.feed("bus", calendar_dates=AUTUMN)
    states = [reload(operator.at, [autumn]).state for _ in range(2)]
    assert states == [LoadState.WAITING, LoadState.UNCHANGED]


def test_what_waits_is_dropped_for_a_version_that_lasts_as_long(operator: Operator) -> None:
    operator.load("bus", calendar_dates=days("2026-06-15", "2026-08-31"))
    operator.load("bus", calendar_dates=AUTUMN)
    operator.load("bus", stops=called("Mended"), calendar_dates=days("2026-06-15", "2026-08-31"))
    assert len(waiting_feeds(operator.at.data)) == 1
    operator.load("bus", stops=called("Whole year"), calendar_dates=days("2026-06-15", "2026-12-01"))
    assert waiting_feeds(operator.at.data) == ()


def test_what_waits_is_dropped_by_going_back_to_what_is_in_service(operator: Operator) -> None:
    (summer,) = operator.load("bus", stops=called("Summer")).feeds
    operator.load("bus", calendar_dates=AUTUMN)
    outcome = roll_back(operator.at, "bus", summer.sha256)
    assert (outcome.state, outcome.waiting, operator.serves()) == (LoadState.UNCHANGED, (), "Summer")


def test_a_calendar_goes_on_by_weekdays_where_the_operator_wants_it(operator: Operator) -> None:
    week = days(*(f"2026-06-{day:02}" for day in (1, 2, 3, 4, 5)))  # Monday to Friday
    operator.under(replace(INPUTS, extend=frozenset({"bus"}))).load("bus", calendar_dates=week)
    network = operator.network
    (feed,) = network.feeds
    assert (feed.last_day, feed.served_until) == (date(2026, 6, 5), date(2026, 7, 31))
    runs = [days_after(network.services.first_day, int(day)) for day in np.flatnonzero(network.services.active.any(0))]
    assert {day.weekday() for day in runs} == {0, 1, 2, 3, 4}
    assert runs[-1] == date(2026, 7, 31)


def test_it_reaches_farther_as_time_goes_on(operator: Operator) -> None:
    extending = operator.under(replace(INPUTS, extend=frozenset({"bus"})))
    extending.load("bus", calendar_dates=days("2026-06-01"))
    states = [reload(extending.on(day).at, []).state for day in (date(2026, 6, 16), date(2026, 7, 20))]
    assert states == [LoadState.UNCHANGED, LoadState.PUBLISHED]
    assert operator.network.feeds[0].served_until == date(2026, 8, 24)


def test_otherwise_it_ends_when_its_publisher_says(operator: Operator) -> None:
    operator.load("bus", calendar_dates=days("2026-06-01"))
    assert operator.network.feeds[0].served_until == date(2026, 6, 1)
