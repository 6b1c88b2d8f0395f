"""Where the disk takes no more: what is over makes room, and travellers are told what is known."""

from __future__ import annotations

import shutil
from errno import ENOSPC
from pathlib import Path

import pytest

from mobility.network.live_files import LiveState, in_force, live_folder, read_sources, write_state
from tests.api.feeds.test_reloading import until
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import LATE, Make, board
from tests.api.live.test_versions import kept_bodies, writing
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.live.now import update
from tests.town import moment

ROOM = 6
"""So many versions the disk takes."""


def versions(town: LiveTown) -> list[Path]:
    return list((live_folder(town.data) / "versions").iterdir())


def source(town: LiveTown) -> tuple[str, int]:
    """As the writer tells of it: its fault, and when what it said was made."""
    (told,) = read_sources(town.data)["sources"]
    return told["fault"], told["madeAt"]


def say_later(town: LiveTown, minute: int) -> None:
    town.now = f"2026-06-03 8:0{minute}"
    town.say(update("Bus1-1 start_date:20260603", f"B dep+{60 * minute + 60}"))


def test_news_go_on_where_what_was_believed_cannot_be_kept_for_the_next_writer(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    shutil.rmtree(raw := live_folder(town.data) / "raw")
    raw.write_bytes(b"no folder")
    for minute in range(8):
        say_later(town, minute)
        assert source(town) == ("FileExistsError", moment(town.now))
    assert board(town)[0] == "Bus1 8:10 8:18"
    assert len(versions(town)) == 4
    raw.unlink()
    say_later(town, 8)
    assert source(town) == ("", moment(town.now))
    assert kept_bodies(town) == {(town.folder / "rt.pb").read_bytes()}


def test_a_version_that_finds_no_room_is_written_where_those_that_are_over_were(
    live_town: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_small_disk(data: Path, state: LiveState) -> str:
        if len(versions(town)) >= ROOM:
            raise OSError(ENOSPC, "No space left on device")
        return write_state(data, state)

    town = live_town()
    town.say(LATE)
    for number in range(ROOM):
        (live_folder(town.data) / "versions" / f"{number:032}.packed").write_bytes(b"over")
    monkeypatch.setattr("mobility.live.live_versions.write_state", on_a_small_disk)
    monkeypatch.setattr("mobility.live.follow.WAIT_S", 0.01)
    before = in_force(town.data, town.network.version)
    town._writer = None
    with writing(town):
        later = update("Bus1-1 start_date:20260603", "B dep+480")
        body = realtime_feed(later, header=f"timestamp: {moment(town.now) + 1}")
        (town.folder / "rt.pb").write_bytes(body)
        until(lambda: in_force(town.data, town.network.version) != before)
    assert board(town)[0] == "Bus1 8:10 8:18"
    assert len(versions(town)) <= ROOM
