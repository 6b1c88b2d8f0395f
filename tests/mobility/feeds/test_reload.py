"""Loading a feed: kept, built beside the others, asked, in service; or refused, and nothing has changed."""

from __future__ import annotations

import gc
from dataclasses import replace
from datetime import time
from pathlib import Path

import pytest

from gtfs.errors import FeedError, RejectedFeed
from gtfs.snapshot import FeedSource
from mobility.errors import (
    LoadCancelled,
    NetworkUnavailable,
    NotFound,
    NothingAfter,
    NothingBefore,
    WrongState,
)
from mobility.feeds.golden_query import GoldenQuery
from mobility.feeds.inputs import Incoming
from mobility.feeds.outcome import LoadState, NotAnswered
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.reload import reload, remove, roll_back
from mobility.feeds.versions import kept_versions, report_of, stored_feed
from tests.mobility.feeds.reloads import INPUTS, TABLES, Operator, called

DANGLING = TABLES["stop_times"].replace(",B,", ",Z,")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path)


def test_a_loaded_feed_is_in_service(operator: Operator) -> None:
    outcome = operator.load("bus")
    assert (outcome.state, outcome.network) == (LoadState.PUBLISHED, operator.network.version)
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
    reload(operator.at, [operator.feed("boat")], only=True)
    assert [feed.id for feed in operator.network.feeds] == ["boat"]


def test_days_begin_in_the_zone_of_the_feed_where_no_territory_names_one(operator: Operator) -> None:
    operator.under(replace(INPUTS, zone="")).load("bus", agency=TABLES["agency"].replace("Paris", "Helsinki"))
    assert operator.network.zones[0] == "Europe/Helsinki"


def test_an_identical_file_changes_nothing(operator: Operator) -> None:
    feed = operator.feed("bus")
    published = reload(operator.at, [feed])
    again = reload(operator.at, [feed])
    assert (again.state, again.network, again.reports) == (LoadState.UNCHANGED, published.network, ())


def test_an_identical_file_under_another_licence_is_a_new_version(operator: Operator) -> None:
    feed = operator.feed("bus")
    reload(operator.at, [feed])
    again = reload(operator.at, [replace(feed, source=replace(feed.source, licence="CC0"))])
    assert (again.state, again.feeds[0].licence) == (LoadState.PUBLISHED, "CC0")


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


@pytest.mark.parametrize("step", [LoadStep.READ, LoadStep.SAVE, LoadStep.BUILD, LoadStep.PUBLISH])
def test_who_watches_may_end_a_load_at_any_step(operator: Operator, step: LoadStep) -> None:
    def end(progress: Progress) -> None:
        if progress.step is step:
            raise LoadCancelled

    before = operator.load("bus").network
    with pytest.raises(LoadCancelled):
        operator.watched(end).load("bus", stops=called("Gamma"))
    assert operator.network.version == before
    assert operator.load("bus", stops=called("Gamma")).state is LoadState.PUBLISHED


def test_the_collector_rests_while_a_network_is_made_and_works_again_however_that_ends(operator: Operator) -> None:
    works = dict[LoadStep, bool]()

    def end_at_publishing(progress: Progress) -> None:
        works[progress.step] = gc.isenabled()
        if progress.step is LoadStep.PUBLISH:
            raise LoadCancelled

    with pytest.raises(LoadCancelled):
        operator.watched(end_at_publishing).load("bus")
    assert (works[LoadStep.READ], works[LoadStep.BUILD], gc.isenabled()) == (False, False, True)
    operator.load("bus")
    assert gc.isenabled()


ALPHA_TO_BETA = GoldenQuery("Alpha", "bus_B", time(7, 50))


def test_a_network_that_answers_the_golden_queries_is_published(operator: Operator) -> None:
    asked = operator.under(
        replace(INPUTS, golden=(ALPHA_TO_BETA, GoldenQuery("47.70,-3.40", "bus_B", time(8), "monday")))
    )
    assert asked.load("bus").state is LoadState.PUBLISHED


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
        operator.under(replace(INPUTS, golden=(ALPHA_TO_BETA, query))).load("bus", stops=called("Gamma"))
    assert unanswered.value.queries == (f"{query}: {why}",)
    (loss,) = unanswered.value.findings.losses
    assert (loss.feed, len(unanswered.value.findings.reports)) == ("bus", 1)
    assert [path.name for path in (operator.at.data / "networks").iterdir()] == [operator.network.version] == [before]


def test_rollback_goes_to_the_version_published_before_and_on_from_there(operator: Operator) -> None:
    for name in ("One", "Two", "Three"):
        operator.load("bus", stops=called(name))
    went = [(roll_back(operator.at, "bus").state, operator.serves()) for _ in range(2)]
    assert went == [(LoadState.PUBLISHED, "Two"), (LoadState.PUBLISHED, "One")]
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
    strict = operator.under(replace(INPUTS, golden=(GoldenQuery("A", "B", time(3)),)))
    assert roll_back(strict.at, "bus").state is LoadState.PUBLISHED


def test_the_last_versions_and_networks_are_kept(operator: Operator) -> None:
    few = operator.under(replace(INPUTS, kept=2))
    for name in ("One", "Two", "Three", "Four"):
        few.load("bus", stops=called(name))
    assert len(kept_versions(few.at.data, "bus")) == len(list((few.at.data / "networks").iterdir())) == 2
    roll_back(few.at, "bus")
    assert few.serves() == "Three"
    with pytest.raises(NothingBefore):
        roll_back(few.at, "bus")


def test_what_cannot_be_tidied_up_afterwards_makes_no_publication_fail(
    operator: Operator, caplog: pytest.LogCaptureFixture
) -> None:
    few = operator.under(replace(INPUTS, kept=1))
    (old,) = few.load("bus", stops=called("One")).feeds
    report = stored_feed(few.at.data, "bus", old.sha256).with_suffix(".json")
    report.unlink()
    report.mkdir()
    assert few.load("bus", stops=called("Two")).state is LoadState.PUBLISHED
    assert [one.getMessage() for one in caplog.records] == ["the data folder could not be put in order"]
    report.rmdir()
    few.load("bus", stops=called("Three"))
    assert len(kept_versions(few.at.data, "bus")) == 1


def test_a_kept_version_that_is_loaded_again_is_not_built_again(operator: Operator) -> None:
    told: list[Progress] = []
    first = operator.feed("bus", stops=called("One"))
    reload(operator.at, [first])
    operator.load("bus", stops=called("Two"))
    reload(operator.watched(told.append).at, [first])
    assert operator.serves() == "One"
    assert LoadStep.BUILD not in {one.step for one in told}


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


def test_who_went_back_can_go_forward_again(operator: Operator) -> None:
    for name in ("One", "Two", "Three"):
        operator.load("bus", stops=called(name))
    served = []
    for forward in (False, False, True, True):
        roll_back(operator.at, "bus", forward=forward)
        served.append(operator.serves())
    assert served == ["Two", "One", "Two", "Three"]
    with pytest.raises(NothingAfter):
        roll_back(operator.at, "bus", forward=True)


def test_after_a_new_version_there_is_nothing_to_go_forward_to(operator: Operator) -> None:
    for name in ("One", "Two"):
        operator.load("bus", stops=called(name))
    roll_back(operator.at, "bus")
    operator.load("bus", stops=called("Three"))
    with pytest.raises(NothingAfter):
        roll_back(operator.at, "bus", forward=True)
    roll_back(operator.at, "bus")
    assert operator.serves() == "One"
