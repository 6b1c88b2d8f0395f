"""Loading a feed: kept, built beside the others, asked, in service; or refused, and nothing has changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from pathlib import Path

import numpy as np
import pytest

from gtfs.errors import FeedError, RejectedFeed
from gtfs.snapshot import FeedSource
from mobility.clock import days_after
from mobility.errors import LoadCancelled, NetworkUnavailable, NotAnswered, NotFound, NothingBefore, WrongState
from mobility.feeds.golden import GoldenQuery
from mobility.feeds.progress import Progress, Step
from mobility.feeds.reload import reload, remove, roll_back, take_over
from mobility.feeds.serving import State
from mobility.feeds.setting import Incoming
from mobility.feeds.versions import kept_versions, report_of, stored_feed, waiting_feeds
from tests.mobility.feeds.reloads import SETTING, TABLES, Operator, called, days

DANGLING = TABLES["stop_times"].replace(",B,", ",Z,")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path)


def test_a_loaded_feed_is_in_service(operator: Operator) -> None:
    outcome = operator.load("bus")
    assert (outcome.state, outcome.network) == (State.PUBLISHED, operator.network.version)
    assert list(operator.network.stops.id) == ["bus_A", "bus_B"]
    assert operator.network.zones[0] == "Europe/Paris"


def test_an_accepted_version_is_kept_with_what_was_found_in_it(operator: Operator) -> None:
    (feed,) = operator.load("bus").feeds
    assert stored_feed(operator.at.data, "bus", feed.sha256).exists()
    assert report_of(operator.at.data, feed)["source"] == "bus"
    assert (feed.licence, feed.publisher) == ("test licence", "tests")


def test_another_feed_joins_those_in_service(operator: Operator) -> None:
    operator.load("bus")
    operator.load("boat")
    assert [feed.id for feed in operator.network.feeds] == ["bus", "boat"]
    assert len(operator.network.footpaths.to_stop) == 4  # each stop stands at the other feed's


def test_a_new_version_takes_the_place_of_the_one_before(operator: Operator) -> None:
    operator.load("bus")
    operator.load("boat")
    operator.load("bus", stops=called("Gamma"))
    assert [feed.id for feed in operator.network.feeds] == ["bus", "boat"]
    assert operator.serves("bus") == "Gamma"
    assert len(kept_versions(operator.at.data, "bus")) == 2


def test_feeds_that_are_not_to_stay_go(operator: Operator) -> None:
    operator.load("demo")
    reload(operator.at, [operator.feed("boat")], staying=())
    assert [feed.id for feed in operator.network.feeds] == ["boat"]


def test_days_begin_in_the_zone_of_the_feed_where_no_territory_names_one(operator: Operator) -> None:
    operator.under(replace(SETTING, zone="")).load("bus", agency=TABLES["agency"].replace("Paris", "Helsinki"))
    assert operator.network.zones[0] == "Europe/Helsinki"


def test_an_identical_file_changes_nothing(operator: Operator) -> None:
    feed = operator.feed("bus")
    published = reload(operator.at, [feed])
    again = reload(operator.at, [feed])
    assert (again.state, again.network, again.reports) == (State.UNCHANGED, published.network, ())


def test_an_identical_file_under_another_licence_is_a_new_version(operator: Operator) -> None:
    feed = operator.feed("bus")
    reload(operator.at, [feed])
    again = reload(operator.at, [replace(feed, source=replace(feed.source, licence="CC0"))])
    assert (again.state, again.feeds[0].licence) == (State.PUBLISHED, "CC0")


def test_a_rejected_feed_changes_nothing(operator: Operator) -> None:
    before = operator.load("bus").network
    with pytest.raises(RejectedFeed):
        operator.load("bus", stop_times=DANGLING)
    assert operator.network.version == before
    assert (operator.at.data / "feeds" / "bus" / "rejected.json").exists()
    assert not list(operator.at.data.glob(".incoming*"))


def test_an_unreadable_first_feed_puts_nothing_into_service(operator: Operator) -> None:
    (operator.folder / "no.zip").write_text("<html>")
    with pytest.raises(FeedError):
        reload(operator.at, [Incoming(FeedSource("bus", "x"), str(operator.folder / "no.zip"))])
    with pytest.raises(NetworkUnavailable):
        assert operator.network


def test_each_step_is_told_with_the_share_that_lies_behind(operator: Operator) -> None:
    told: list[Progress] = []
    operator.watched(told.append).load("bus")
    assert list(map(str, told)) == ["reading and checking bus", "saving bus", "building the network", "publishing"]
    assert [one.share for one in told] == sorted(one.share for one in told)


@pytest.mark.parametrize("step", [Step.READ, Step.SAVE, Step.BUILD, Step.PUBLISH])
def test_who_watches_may_end_a_load_at_any_step(operator: Operator, step: Step) -> None:
    def end(progress: Progress) -> None:
        if progress.step is step:
            raise LoadCancelled

    before = operator.load("bus").network
    with pytest.raises(LoadCancelled):
        operator.watched(end).load("bus", stops=called("Gamma"))
    assert operator.network.version == before
    assert operator.load("bus", stops=called("Gamma")).state is State.PUBLISHED


ALPHA_TO_BETA = GoldenQuery("Alpha", "bus_B", time(7, 50))


def test_a_network_that_answers_the_golden_queries_is_published(operator: Operator) -> None:
    asked = operator.under(
        replace(SETTING, golden=(ALPHA_TO_BETA, GoldenQuery("47.70,-3.40", "bus_B", time(8), "monday")))
    )
    assert asked.load("bus").state is State.PUBLISHED


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (GoldenQuery("Alpha", "bus_B", time(9)), "walking_is_better on 2026-06-15"),
        (GoldenQuery("Alpha", "Nowhere", time(8)), "no such place: Nowhere"),
        (GoldenQuery("Alpha", "bus_B", time(8), "sunday"), "no trip runs on such a day"),
    ],
)
def test_a_network_that_leaves_a_golden_query_without_an_answer_is_not(
    operator: Operator, query: GoldenQuery, why: str
) -> None:
    before = operator.load("bus").network
    with pytest.raises(NotAnswered) as unanswered:
        operator.under(replace(SETTING, golden=(ALPHA_TO_BETA, query))).load("bus", stops=called("Gamma"))
    assert unanswered.value.queries == (f"{query}: {why}",)
    assert [path.name for path in (operator.at.data / "networks").iterdir()] == [operator.network.version] == [before]


def test_rollback_goes_to_the_version_published_before_and_on_from_there(operator: Operator) -> None:
    for name in ("One", "Two", "Three"):
        operator.load("bus", stops=called(name))
    went = [(roll_back(operator.at, "bus").state, operator.serves()) for _ in range(2)]
    assert went == [(State.PUBLISHED, "Two"), (State.PUBLISHED, "One")]
    with pytest.raises(NothingBefore):
        roll_back(operator.at, "bus")
    assert operator.serves() == "One"


def test_what_is_loaded_after_a_rollback_leads_back_to_where_that_led(operator: Operator) -> None:
    for name in ("One", "Two"):
        operator.load("bus", stops=called(name))
    roll_back(operator.at, "bus")
    operator.load("bus", stops=called("Three"))
    roll_back(operator.at, "bus")
    assert operator.serves() == "One"


def test_rollback_of_one_feed_leaves_the_others(operator: Operator) -> None:
    operator.load("bus", stops=called("One"))
    operator.load("boat", stops=called("Quay"))
    operator.load("bus", stops=called("Two"))
    operator.load("boat", stops=called("Pier"))
    roll_back(operator.at, "bus")
    assert (operator.serves("bus"), operator.serves("boat")) == ("One", "Pier")


def test_rollback_to_any_kept_version_by_the_beginning_of_its_name(operator: Operator) -> None:
    first = operator.load("bus", stops=called("One")).feeds[0].sha256
    for name in ("Two", "Three"):
        operator.load("bus", stops=called(name))
    roll_back(operator.at, "bus", first[:10])
    assert operator.serves() == "One"
    with pytest.raises(NotFound):
        roll_back(operator.at, "bus", "abc")


def test_the_golden_queries_do_not_bar_the_way_back(operator: Operator) -> None:
    for name in ("One", "Two"):
        operator.load("bus", stops=called(name))
    strict = operator.under(replace(SETTING, golden=(GoldenQuery("A", "B", time(3)),)))
    assert roll_back(strict.at, "bus").state is State.PUBLISHED


def test_the_last_versions_and_networks_are_kept(operator: Operator) -> None:
    few = operator.under(replace(SETTING, kept=2))
    for name in ("One", "Two", "Three", "Four"):
        few.load("bus", stops=called(name))
    assert len(kept_versions(few.at.data, "bus")) == len(list((few.at.data / "networks").iterdir())) == 2
    roll_back(few.at, "bus")
    assert few.serves() == "Three"
    with pytest.raises(NothingBefore):
        roll_back(few.at, "bus")


def test_a_kept_version_that_is_loaded_again_is_not_built_again(operator: Operator) -> None:
    told: list[Progress] = []
    first = operator.feed("bus", stops=called("One"))
    reload(operator.at, [first])
    operator.load("bus", stops=called("Two"))
    reload(operator.watched(told.append).at, [first])
    assert operator.serves() == "One"
    assert Step.BUILD not in {one.step for one in told}


def test_a_removed_feed_is_out_of_service_and_can_come_back(operator: Operator) -> None:
    operator.load("bus")
    operator.load("boat")
    remove(operator.at, "boat")
    assert [feed.id for feed in operator.network.feeds] == ["bus"]
    roll_back(operator.at, "boat")
    assert [feed.id for feed in operator.network.feeds] == ["bus", "boat"]


def test_the_only_feed_cannot_be_removed_nor_one_that_is_not_there(operator: Operator) -> None:
    operator.load("bus")
    with pytest.raises(WrongState):
        remove(operator.at, "bus")
    with pytest.raises(NotFound):
        remove(operator.at, "boat")


AUTUMN = days("2026-09-01", "2026-12-01")


def test_a_feed_that_begins_in_the_future_waits_beside_the_one_in_service(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    outcome = operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    assert (outcome.state, [feed.first_day for feed in outcome.waiting]) == (State.WAITING, [date(2026, 9, 1)])
    assert operator.serves() == "Summer"
    assert take_over(operator.on(date(2026, 8, 31)).at).state is State.UNCHANGED


def test_it_takes_over_on_its_day_without_being_built_again(operator: Operator) -> None:
    told: list[Progress] = []
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    outcome = take_over(operator.on(date(2026, 9, 1)).watched(told.append).at)
    assert (outcome.state, outcome.waiting, operator.serves()) == (State.PUBLISHED, (), "Autumn")
    assert [one.step for one in told] == [Step.PUBLISH]
    roll_back(operator.at, "bus")
    assert operator.serves() == "Summer"


def test_it_takes_over_beside_a_feed_that_came_in_the_meantime(operator: Operator) -> None:
    operator.load("bus", stops=called("Summer"))
    operator.load("bus", stops=called("Autumn"), calendar_dates=AUTUMN)
    operator.load("boat", stops=called("Quay"))
    take_over(operator.on(date(2026, 9, 1)).at)
    assert (operator.serves("bus"), operator.serves("boat")) == ("Autumn", "Quay")


def test_a_feed_that_begins_in_the_future_serves_at_once_where_nothing_runs_before_it(operator: Operator) -> None:
    assert operator.load("bus", calendar_dates=AUTUMN).state is State.PUBLISHED
    operator.load("boat", calendar_dates=days("2026-06-01"))
    assert operator.load("boat", stops=called("Pier"), calendar_dates=AUTUMN).state is State.PUBLISHED
    assert waiting_feeds(operator.at.data) == ()


def test_the_same_feed_is_not_loaded_again_while_it_waits(operator: Operator) -> None:
    operator.load("bus")
    autumn = operator.feed("bus", calendar_dates=AUTUMN)
    states = [reload(operator.at, [autumn]).state for _ in range(2)]
    assert states == [State.WAITING, State.UNCHANGED]


def test_a_calendar_goes_on_by_weekdays_where_the_operator_wants_it(operator: Operator) -> None:
    week = days(*(f"2026-06-{day:02}" for day in (1, 2, 3, 4, 5)))  # Monday to Friday
    operator.under(replace(SETTING, extend=frozenset({"bus"}))).load("bus", calendar_dates=week)
    network = operator.network
    (feed,) = network.feeds
    assert (feed.last_day, feed.served_until) == (date(2026, 6, 5), date(2026, 7, 31))
    runs = [days_after(network.services.first_day, int(day)) for day in np.flatnonzero(network.services.active.any(0))]
    assert {day.weekday() for day in runs} == {0, 1, 2, 3, 4}
    assert runs[-1] == date(2026, 7, 31)


def test_it_reaches_farther_as_time_goes_on(operator: Operator) -> None:
    extending = operator.under(replace(SETTING, extend=frozenset({"bus"})))
    extending.load("bus", calendar_dates=days("2026-06-01"))
    states = [reload(extending.on(day).at, []).state for day in (date(2026, 6, 16), date(2026, 7, 20))]
    assert states == [State.UNCHANGED, State.PUBLISHED]
    assert operator.network.feeds[0].served_until == date(2026, 8, 24)


def test_otherwise_it_ends_when_its_publisher_says(operator: Operator) -> None:
    operator.load("bus", calendar_dates=days("2026-06-01"))
    assert operator.network.feeds[0].served_until == date(2026, 6, 1)
