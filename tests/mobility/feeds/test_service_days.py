"""A version that reaches less far than the one in service takes its place only where somebody wants it all the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from api.present.feeds import held_back_json
from mobility.feeds.expiry import endings
from mobility.feeds.outcome import HeldBack, LoadState
from mobility.feeds.preview import preview
from mobility.feeds.progress import Progress
from mobility.feeds.reload import reload, roll_back
from mobility.feeds.state import feeds_in_service
from tests.mobility.feeds.reloads import Operator, called, days

WEEK = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
NEVER = WEEK + "all,0,0,0,0,0,0,0,20260601,20261231\n"
IDLE_BESIDE = WEEK + "all,0,0,0,0,0,0,0,20260601,20261231\nspare,1,1,1,1,1,1,1,20260601,20261231\n"
NO_DATES = "service_id,date,exception_type"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """The bus in service runs until 30 September; today is 15 June."""
    found = Operator.in_folder(tmp_path)
    found.load("bus", stops=called("Summer"))
    return found


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"calendar_dates": NO_DATES, "calendar": NEVER}, "bus runs on no day and is not published without --force"),
        ({"calendar_dates": NO_DATES, "calendar": IDLE_BESIDE}, "bus runs on no day and is not published"),
        ({"calendar_dates": days("2026-06-01", "2026-06-14")}, "bus has ended on 2026-06-14 and is not published"),
        ({"calendar_dates": days("2026-06-15", "2026-09-29")}, "bus ends on 2026-09-29, in 106 days, and is not"),
    ],
)
def test_a_version_that_reaches_less_far_is_held_back(operator: Operator, changed: dict[str, str], said: str) -> None:
    with pytest.raises(HeldBack) as held:
        operator.load("bus", stops=called("Less"), **changed)
    assert str(held.value).startswith(said)
    assert str(held.value).endswith("the version in service runs until 2026-09-30, 107 days from today")
    assert operator.serves() == "Summer"


def test_it_takes_over_where_that_is_wanted_all_the_same(operator: Operator) -> None:
    less = operator.feed("bus", stops=called("Less"), calendar_dates=days("2026-06-15"))
    outcome = reload(operator.at, [replace(less, force=True)])
    (lacking,) = outcome.shortfalls
    assert (outcome.state, lacking.published, operator.serves()) == (LoadState.PUBLISHED, True, "Less")
    assert str(lacking).startswith("bus ends on 2026-06-15, in 0 days, and is published all the same")


def test_a_version_that_was_held_back_is_kept_and_can_be_put_into_service(operator: Operator) -> None:
    with pytest.raises(HeldBack) as held:
        operator.load("bus", stops=called("Less"), calendar_dates=days("2026-06-15"))
    with pytest.raises(HeldBack, match="bus ends on 2026-06-15, in 0 days, and is not published without --force"):
        roll_back(operator.at, "bus", held.value.versions[0])
    assert operator.serves() == "Summer"
    (lacking,) = roll_back(operator.at, "bus", held.value.versions[0], force=True).shortfalls
    assert (lacking.published, operator.serves()) == (True, "Less")


def test_one_that_was_in_service_and_ends_sooner_goes_back_only_where_that_is_wanted(operator: Operator) -> None:
    operator.load("bus", stops=called("Autumn"), calendar_dates=days("2026-06-15", "2026-12-31"))
    with pytest.raises(HeldBack, match="bus ends on 2026-09-30, in 107 days, and is not published without --force"):
        roll_back(operator.at, "bus")
    assert operator.serves() == "Autumn"
    (lacking,) = roll_back(operator.at, "bus", force=True).shortfalls
    assert (lacking.published, operator.serves()) == (True, "Summer")
    assert roll_back(operator.at, "bus", forward=True).shortfalls == ()
    assert operator.serves() == "Autumn"


def test_one_that_waits_for_its_day_is_put_into_service_sooner_only_where_that_is_wanted(operator: Operator) -> None:
    told: list[Progress] = []
    autumn = operator.load("bus", stops=called("Autumn"), calendar_dates=days("2026-09-01", "2026-10-31")).waiting[0]
    with pytest.raises(HeldBack, match="bus runs on no day before 2026-09-01 and is not published") as held:
        roll_back(operator.at, "bus", autumn.sha256)
    assert (held.value.reasons, held_back_json(held.value)["heldBack"][0]["firstDay"]) == (["not_yet"], "2026-09-01")
    assert operator.serves() == "Summer"
    roll_back(operator.watched(told.append).at, "bus", autumn.sha256, force=True)
    assert operator.serves() == "Autumn"
    assert told[0].told[0].startswith("bus runs on no day before 2026-09-01 and is published all the same")


def test_a_version_that_lasts_as_long_or_longer_is_published(operator: Operator) -> None:
    assert operator.load("bus", stops=called("Same")).state is LoadState.PUBLISHED
    longer = days("2026-06-15", "2026-10-01")
    assert operator.load("bus", stops=called("More"), calendar_dates=longer).state is LoadState.PUBLISHED


def test_each_feed_is_looked_at_by_itself(operator: Operator) -> None:
    """The bus lasts until September; that is no reason to keep a boat out, nor to let its next version end sooner."""
    operator.load("boat", calendar_dates=days("2026-06-15", "2026-07-31"))
    with pytest.raises(HeldBack):
        operator.load("boat", calendar_dates=days("2026-06-15", "2026-07-30"))
    both = [
        operator.feed("bus", stops=called("Ended"), calendar_dates=days("2026-06-01")),
        operator.feed("boat", stops=called("Autumn"), calendar_dates=days("2026-06-15", "2026-08-31")),
    ]
    outcome = reload(operator.at, both)
    assert [(one.feed, one.published) for one in outcome.shortfalls] == [("bus", False)]
    assert (operator.serves("bus"), operator.serves("boat")) == ("Summer", "Autumn")


def test_a_first_version_that_has_ended_or_never_runs_loads_and_is_warned_of(tmp_path: Path) -> None:
    operator = Operator.in_folder(tmp_path)
    operator.load("bus", calendar_dates=days("2026-06-01"))
    outcome = operator.load("boat", calendar_dates=NO_DATES, calendar=NEVER)
    assert [str(one) for one in endings(outcome.feeds, (), operator.at.today)] == [
        "bus ended on 2026-06-01",
        "boat runs on no day",
    ]
    assert "no_service_day" in outcome.reports[0].counts
    assert [feed.first_day for feed in feeds_in_service(operator.at.data)] == [date(2026, 6, 1), None]


def test_a_check_says_what_a_load_would_hold_back(operator: Operator) -> None:
    less = operator.feed("bus", calendar_dates=days("2026-06-15", "2026-07-01"))
    found = preview(operator.at, Path(less.file), less.source)
    assert not found.would_load
    assert str(found.shortfall).startswith("bus ends on 2026-07-01, in 16 days, and is not published")
    other = preview(operator.at, Path(less.file), replace(less.source, id="other"))
    assert (other.would_load, other.feed and other.feed.last_day) == (True, date(2026, 7, 1))
