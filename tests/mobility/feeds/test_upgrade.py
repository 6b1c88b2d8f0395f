"""A data folder that an older Hent left behind: its feeds are in service again, of their kept files, whatever form its
networks have; what cannot be read is left out and said, and nothing is lost."""

from __future__ import annotations

import multiprocessing
import shutil
from datetime import date
from pathlib import Path

import pytest

from gtfs.errors import UnreadableFeed
from mobility.errors import NetworkUnavailable
from mobility.feeds import reload as reloads
from mobility.feeds.outcome import LoadState
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.reload import reload, remove, restore, roll_back, take_over
from mobility.feeds.state import feeds_in_service, left_out, read_standing
from mobility.feeds.versions import stored_feed, version_in_service, waiting_feeds
from mobility.network.current import network_folder, published_versions
from tests.kept import unpacked
from tests.mobility.feeds.reloads import Operator, called

TODAY = date(2026, 12, 1)
FORK = multiprocessing.get_context("fork")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """What stands in service: bus to Beta (to go back to: Beta before), boat to Quay, which waits for 2035."""
    data = unpacked(tmp_path, other_form=True)
    operator = Operator.in_folder(tmp_path, today=TODAY)
    data.rename(operator.at.data)
    return operator


def shown(operator: Operator) -> list[str]:
    return [feed.id for feed in operator.network.feeds]


def test_a_folder_as_it_was_left_is_served(tmp_path: Path) -> None:
    unpacked(tmp_path).rename(tmp_path / "data")
    operator = Operator.in_folder(tmp_path, today=TODAY)
    restore(operator.at)
    assert (operator.serves("bus"), operator.serves("boat")) == ("Beta", "Quay")


def test_the_feeds_in_service_are_known_though_their_network_cannot_be_opened(operator: Operator) -> None:
    with pytest.raises(NetworkUnavailable):
        _ = operator.network
    assert [feed.id for feed in feeds_in_service(operator.at.data)] == ["bus", "boat"]


def test_a_network_of_another_form_is_built_again_of_the_kept_files(operator: Operator) -> None:
    assert restore(operator.at).state is LoadState.PUBLISHED
    assert (operator.serves("bus"), operator.serves("boat")) == ("Beta", "Quay")
    assert restore(operator.at).state is LoadState.UNCHANGED


def test_rollback_and_what_waits_stay(operator: Operator) -> None:
    restore(operator.at)
    assert [(feed.id, feed.first_day) for feed in waiting_feeds(operator.at.data)] == [("boat", date(2035, 1, 1))]
    roll_back(operator.at, "bus")
    assert (operator.serves("bus"), operator.serves("boat")) == ("Beta before", "Quay")
    take_over(operator.on(date(2035, 1, 1)).at)
    assert operator.serves("boat") == "Quay of 2035"


def test_the_feeds_are_known_once_the_networks_are_gone(operator: Operator) -> None:
    restore(operator.at)
    shutil.rmtree(operator.at.data / "networks")
    assert restore(operator.at).state is LoadState.PUBLISHED
    assert (operator.serves("bus"), operator.serves("boat")) == ("Beta", "Quay")


@pytest.mark.parametrize("length", [0, 100])
def test_a_damaged_network_is_built_again_under_its_name(operator: Operator, length: int) -> None:
    network = restore(operator.at).network
    column = network_folder(operator.at.data, network) / "calls.arrival.npy"
    column.write_bytes(column.read_bytes()[:length])
    (network_folder(operator.at.data, network) / "recipe").unlink()
    assert (restore(operator.at).network, operator.serves("bus")) == (network, "Beta")


def test_what_is_loaded_into_such_a_folder_stands_beside_what_was_in_service(operator: Operator) -> None:
    operator.load("coach")
    assert shown(operator) == ["bus", "boat", "coach"]


def test_who_starts_at_the_same_time_finds_it_done(operator: Operator) -> None:
    """Each notes that it builds; one does."""
    built = operator.folder / "built"

    def note(progress: Progress) -> None:
        if progress.step is LoadStep.BUILD:
            with built.open("a") as file:
                file.write("once\n")

    starting = [FORK.Process(target=restore, args=(operator.watched(note).at,)) for _ in range(3)]
    for process in starting:
        process.start()
    for process in starting:
        process.join()
    assert [process.exitcode for process in starting] == [0, 0, 0]
    assert (built.read_text(), shown(operator)) == ("once\n", ["bus", "boat"])


def test_a_feed_whose_file_is_gone_is_left_out_and_comes_back_with_it(operator: Operator) -> None:
    boat = version_in_service(operator.at.data, "boat")
    file = stored_feed(operator.at.data, "boat", boat.sha256)
    away = file.rename(operator.folder / "away.zip")
    assert [feed.id for feed in restore(operator.at).left_out] == ["boat"]
    assert shown(operator) == ["bus"]
    operator.load("coach")
    assert ([feed.id for feed in left_out(operator.at.data)], shown(operator)) == (["boat"], ["bus", "coach"])
    away.rename(file)
    assert restore(operator.at).left_out == ()
    assert (shown(operator), operator.serves("boat")) == (["bus", "coach", "boat"], "Quay")


def test_a_feed_that_was_left_out_may_be_loaded_anew(operator: Operator) -> None:
    without_boat(operator)
    assert operator.load("boat", stops=called("Pier")).left_out == ()
    assert (shown(operator), operator.serves("boat")) == (["bus", "boat"], "Pier")


def test_a_feed_that_was_left_out_may_be_removed(operator: Operator) -> None:
    without_boat(operator)
    assert remove(operator.at, "boat").left_out == ()
    assert shown(operator) == ["bus"]


def without_boat(operator: Operator) -> None:
    boat = version_in_service(operator.at.data, "boat")
    stored_feed(operator.at.data, "boat", boat.sha256).write_bytes(b"no zip")
    assert [feed.id for feed in restore(operator.at).left_out] == ["boat"]


def test_where_no_file_can_be_read_nothing_changes(operator: Operator) -> None:
    before = published_versions(operator.at.data)
    for feed in feeds_in_service(operator.at.data):
        stored_feed(operator.at.data, feed.id, feed.sha256).write_bytes(b"no zip")
    with pytest.raises(NetworkUnavailable):
        restore(operator.at)
    assert published_versions(operator.at.data) == before
    assert [feed.id for feed in read_standing(operator.at.data).feeds] == ["bus", "boat"]


def test_a_feed_over_which_this_version_stumbles_bars_no_other(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reloads.snapshot_to_build_of

    def stumble(data: Path, feed: object, limits: object) -> object:
        if getattr(feed, "id", "") == "boat":
            raise IndexError
        return whole(data, feed, limits)  # type: ignore[arg-type]

    monkeypatch.setattr(reloads, "snapshot_to_build_of", stumble)
    assert [feed.id for feed in restore(operator.at).left_out] == ["boat"]
    assert operator.serves("bus") == "Beta"


def test_a_version_that_a_newer_hent_wrote_down_is_read(operator: Operator) -> None:
    """Members that are not known here are left alone."""
    bus = version_in_service(operator.at.data, "bus")
    record = stored_feed(operator.at.data, "bus", bus.sha256).with_suffix(".version.json")
    record.write_text(record.read_text().replace("{", '{"colour_of_the_bus": "blue",', 1))
    assert restore(operator.at).state is LoadState.PUBLISHED
    assert reload(operator.at, []).state is LoadState.UNCHANGED


def test_a_staying_feed_that_cannot_be_read_is_named_when_another_one_is_loaded(operator: Operator) -> None:
    restore(operator.at)
    boat = version_in_service(operator.at.data, "boat")
    stored_feed(operator.at.data, "boat", boat.sha256).unlink()
    with pytest.raises(UnreadableFeed, match="boat stays in service and cannot be read again") as unread:
        operator.load("coach")
    assert (unread.value.file, shown(operator)) == (f"feeds/boat/{boat.sha256}.zip", ["bus", "boat"])
