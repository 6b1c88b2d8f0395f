"""How far ahead a message that holds for more than a year changes runs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from mobility.feeds.build.network import build
from mobility.live.composed import Composer, Sayings
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from tests.mobility.feeds.tiny import MONDAY, feed
from tests.mobility.live.now import NO_WALKING, epoch

DAILY = {"daily": "1" * 500}


def changed_days(now: date, **about: Any) -> list[date]:
    """Of a bus that runs each day at 8:00, as it is laid out at 7:00, with a message of 400 days from MONDAY on."""
    network = build([feed("Bus b1: A 8:00 > B 8:10 > C 8:20", services=DAILY)], NO_WALKING)
    from_s, now_s = epoch("0:00", MONDAY), epoch("7:00", now)
    message = OperatorMessage("1", MessageEffect.CANCELLED, MessageCause.WORKS, from_s, from_s + 400 * 86400, **about)
    state, _ = Composer(network).state(Sayings(messages=[(message, ())]), now_s)
    return [date.fromordinal(day) for day in sorted(state.runs.day.tolist())]


def days(first: date, count: int) -> list[date]:
    return [first + timedelta(number) for number in range(count)]


@pytest.mark.parametrize("about", [{"stop": "t_B"}, {"line": "t_Bus"}])
def test_a_message_of_400_days_changes_the_runs_of_four_weeks(about: dict[str, str]) -> None:
    assert changed_days(MONDAY, **about) == days(MONDAY, 28)


@pytest.mark.parametrize("about", [{"stop": "t_B"}, {"line": "t_Bus"}])
def test_a_hundred_days_later_those_of_the_weeks_to_come(about: dict[str, str]) -> None:
    """And of the two days past, as runs may be under way still."""
    now = MONDAY + timedelta(100)
    assert changed_days(now, **about) == days(now - timedelta(2), 30)


def test_a_single_run_is_cancelled_however_far_off_its_day_is() -> None:
    day = MONDAY + timedelta(90)
    assert changed_days(MONDAY, trip="t_b1", day=day) == [day]
