"""What stands on disk of the feeds, as another Hent wrote it, or as a disk has damaged it: no load is barred by what
can be done without, and nothing is written over that could not be read."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from mobility.errors import FolderUnavailable
from mobility.feeds import state
from mobility.feeds.lock import alone, folder_faults
from mobility.feeds.outcome import LoadState
from mobility.feeds.progress import Progress
from mobility.feeds.reload import reload, restore, roll_back
from mobility.feeds.state import NEW, feeds_in_service, left_out, read_standing, read_state
from mobility.feeds.versions import stored_feed, version_in_service
from mobility.network.current import is_pointer_damaged, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.remote.validators import Validators
from tests.mobility.feeds.reloads import Operator, called, days


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator.in_folder(tmp_path)
    operator.load("bus")
    operator.load("bus", stops=called("Gamma"))
    return operator


def state_file(operator: Operator) -> Path:
    return operator.at.data / "feeds" / "bus" / "state.json"


def record_file(operator: Operator) -> Path:
    return operator.at.data / "published" / f"{published_versions(operator.at.data)[0]}.json"


def test_what_a_newer_version_has_noted_of_a_feed_is_left_out(operator: Operator) -> None:
    file = state_file(operator)
    told = json.loads(file.read_bytes())
    told["fetched"]["seen"] = {"etag": "e", "last_modified": "", "digest": "d"}
    file.write_text(json.dumps(told | {"colour": "red", "fetched": told["fetched"] | {"by": "timer"}}))
    read = read_state(operator.at.data, "bus")
    assert (list(read.published), read.fetched.seen) == (told["published"], Validators("e"))
    roll_back(operator.at, "bus")
    assert operator.serves() == "Beta"


def test_what_an_older_version_has_not_noted_of_a_feed_is_as_of_a_new_one(operator: Operator) -> None:
    file = state_file(operator)
    published = json.loads(file.read_bytes())["published"]
    file.write_text(json.dumps({"published": published, "waiting": "", "fetched": {"url": ""}}))
    assert list(read_state(operator.at.data, "bus").published) == published
    roll_back(operator.at, "bus")
    assert operator.serves() == "Beta"


@pytest.mark.parametrize("content", ["", "[]", "null", '{"published": null}', '{"published": ["a'])
def test_a_damaged_state_is_a_new_one_and_a_line_of_the_log(
    operator: Operator, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    state_file(operator).write_text(content)
    with caplog.at_level(logging.ERROR, "hent.feeds"):
        assert read_state(operator.at.data, "bus") == NEW
    assert [(one.getMessage(), one.__dict__["feed"]) for one in caplog.records] == [
        ("the state of a feed is damaged", "bus")
    ]
    assert restore(operator.at).state is LoadState.UNCHANGED
    assert operator.load("bus", stops=called("Delta")).state is LoadState.PUBLISHED


@pytest.mark.parametrize("content", [b"", b"\xff\x00\x9c", b"../../etc", None])
def test_a_damaged_pointer_loses_no_feed_and_is_written_anew_by_the_next_change(
    operator: Operator, content: bytes | None
) -> None:
    """Gone back to Beta: the network in service is not the latest that was built. None: the file is gone."""
    roll_back(operator.at, "bus")
    pointer = operator.at.data / "current"
    sound = pointer.read_bytes()
    pointer.unlink() if content is None else pointer.write_bytes(content)
    assert is_pointer_damaged(operator.at.data)
    assert operator.serves() == "Beta"
    assert [feed.id for feed in feeds_in_service(operator.at.data)] == ["bus"]
    restore(operator.at)
    assert (pointer.read_bytes(), is_pointer_damaged(operator.at.data)) == (sound, False)


def test_a_first_load_that_was_killed_before_its_end_is_not_in_service(tmp_path: Path) -> None:
    """Its record is there, and its network; the pointer never was."""
    operator = Operator.in_folder(tmp_path)
    operator.load("bus")
    data = operator.at.data
    for left in (data / "current", state_file(operator)):
        left.unlink()
    assert (is_pointer_damaged(data), feeds_in_service(data)) == (False, ())


def without_boat(operator: Operator) -> None:
    """The boat is left out of the network in service, as its file is gone."""
    operator.load("boat")
    boat = version_in_service(operator.at.data, "boat")
    stored_feed(operator.at.data, "boat", boat.sha256).unlink()
    (network_folder(operator.at.data, operator.network.version) / "calls.arrival.npy").write_bytes(b"")
    assert [feed.id for feed in restore(operator.at).left_out] == ["boat"]


def test_a_record_that_cannot_be_read_once_is_not_written_over(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_boat(operator)
    file = record_file(operator)
    whole = file.read_bytes()

    def fails(path: Path) -> bytes:
        if path == file:
            raise OSError(5, "Input/output error")
        return read(path)

    with monkeypatch.context() as patch:
        read = Path.read_bytes
        patch.setattr(Path, "read_bytes", fails)
        with pytest.raises(FolderUnavailable, match="Input/output error"):
            operator.load("bus", stops=called("Delta"))
    assert file.read_bytes() == whole
    assert operator.load("bus", stops=called("Delta")).left_out == read_standing(operator.at.data).left_out
    assert [feed.id for feed in left_out(operator.at.data)] == ["boat"]


@pytest.mark.parametrize("content", ["", "[]", '{"left_out": [{"id": "boat"}]}'])
def test_a_damaged_record_is_named_and_not_written_over(operator: Operator, content: str) -> None:
    file = record_file(operator)
    file.write_text(content)
    with pytest.raises(FolderUnavailable, match=rf"published/{file.name} is damaged"):
        operator.load("bus", stops=called("Delta"))
    assert (file.read_text(), operator.serves()) == (content, "Gamma")
    file.unlink()
    assert operator.load("bus", stops=called("Delta")).state is LoadState.PUBLISHED


def test_a_listener_that_goes_away_is_no_fault_of_the_folder(operator: Operator) -> None:
    def gone(progress: Progress) -> None:
        raise BrokenPipeError(32, "Broken pipe")

    with pytest.raises(BrokenPipeError):
        operator.watched(gone).load("boat")


def test_a_lock_says_nothing_of_what_goes_wrong_while_it_is_held(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Input/output error"), alone(tmp_path / "data", lambda progress: None):
        raise OSError(5, "Input/output error")
    (tmp_path / "file").write_text("")
    with pytest.raises(FolderUnavailable), alone(tmp_path / "file" / "data", lambda progress: None):
        pass


def test_a_file_elsewhere_is_no_fault_of_the_folder(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), folder_faults(tmp_path / "data"):
        (tmp_path / "datasets").read_bytes()
    with pytest.raises(FolderUnavailable), folder_faults(tmp_path / "data"):
        (tmp_path / "data" / "current").read_bytes()


def test_each_state_is_written_once_in_a_load(operator: Operator, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bus waits for July, the boat is in service at once."""
    written: list[str] = []

    def noted(file: Path, content: bytes) -> None:
        written.append(file.parent.name)
        write_whole(file, content)

    monkeypatch.setattr(state, "write_whole", noted)
    july = operator.feed("bus", stops=called("July"), calendar_dates=days("2026-07-01", "2026-09-30"))
    outcome = reload(operator.at, [july, operator.feed("boat")])
    assert [feed.id for feed in outcome.waiting] == ["bus"]
    assert (operator.serves("bus"), operator.serves("boat")) == ("Gamma", "Beta")
    assert sorted(name for name in written if name != "published") == ["boat", "bus"]
