"""Versions follow each other: a reload, a restart, a damaged file. Nothing is told of another network, none grows."""

from __future__ import annotations

import gc
import os
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from itertools import pairwise
from pathlib import Path
from threading import Event, Thread

from api.territory.in_service import Following
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.feeds.publish import publish
from mobility.live.follow import Writer
from mobility.network.current import network_folder
from mobility.network.files import write_whole
from mobility.network.live_files import forget_states, in_force, live_folder, pointer
from mobility.network.terrain import OPEN_GROUND
from mobility.search.live_days import FOLDER, KEPT
from tests.api.feeds.test_reloading import until
from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import CANCELLED, LATE, Make, board
from tests.crossing import LINES, STOPS
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mobility.live.now import update
from tests.town import ZONE, moment, write_town

NEXT_BOAT = "Bus1 A 9:00 > C 9:20 | Boat2 D 9:30 > E 9:50"


def reloaded(town: LiveTown, lines: str) -> None:
    """Another timetable comes into service, as after a load."""
    folder = write_town(town.folder / "second", STOPS, lines)
    snapshot, _ = accept(folder, FeedSource("t", "test"), ReadLimits(), date(2026, 6, 1))
    town.network = build([snapshot], OPEN_GROUND, ZONE)
    publish(town.data, town.network)


def test_a_new_timetable_is_met_with_what_is_known(live_town: Make, monkeypatch: object) -> None:
    """motis#1598: real time was dead until a restart; etalab/transport-site#2653: it was judged by the timetable that
    was over. The writer has not looked since."""
    town = live_town()
    town.say(LATE)
    before = town.network.version
    monkeypatch.setattr("mobility.feeds.publish.now_s", lambda: moment(town.now))  # type: ignore[attr-defined]
    reloaded(town, LINES.replace("9:30  9:50", "9:40  9:55"))
    assert town.network.version != before
    assert in_force(town.data, town.network.version) != ""
    assert town.plan()[0] == "Bus1 A 9:00 > C 9:20 | Boat2 D 9:40 > E 9:55"
    assert board(town)[0] == "Bus1 8:10 8:17"


def test_a_version_of_another_network_is_not_told(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    old = pointer(town.data, town.network.version)
    for file in (live_folder(town.data) / "raw").glob("*"):
        file.unlink()
    reloaded(town, LINES.replace("8:30  8:50", "8:31  8:50"))
    pointer(town.data, town.network.version).write_bytes(old.read_bytes() if old.exists() else b"0" * 32)
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:31 > E 8:50"


def test_a_new_writer_begins_with_what_was_believed(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED)
    (town.folder / "rt.pb").unlink()
    town._writer = town._client = None
    town.writer.heard = {}
    fresh = Writer(town.data, town.writer.sources, now=lambda: moment(town.now))
    from mobility.live.raw import kept_raw

    fresh.heard = kept_raw(town.data, fresh.sources, moment(town.now))
    fresh.look()
    assert town.plan()[0] == NEXT_BOAT


def test_a_damaged_version_leaves_the_one_before(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED)
    assert town.plan()[0] == NEXT_BOAT
    versions = live_folder(town.data) / "versions"
    whole = (versions / f"{town.following.territory().live.live_version}.packed").read_bytes()
    (versions / f"{'f' * 32}.packed").write_bytes(whole[: len(whole) // 2])
    pointer(town.data, town.network.version).write_text("f" * 32)
    assert town.plan()[0] == NEXT_BOAT


def test_what_is_told_is_in_force_for_the_next_request_though_another_one_reads_it_just_now(live_town: Make) -> None:
    town = live_town()
    town.tell(LATE)
    before, reading = in_force(town.data, town.network.version), town.following._live._lock
    reading.acquire()

    def read_at_last() -> None:
        until(lambda: in_force(town.data, town.network.version) != before)
        time.sleep(0.5)
        reading.release()

    Thread(target=read_at_last).start()
    town.tell(CANCELLED)
    live = town.territory().live
    assert live
    assert live.live_version == in_force(town.data, town.network.version) != before


def test_of_versions_in_quick_turn_the_last_body_is_kept_and_few_days(live_town: Make) -> None:
    """Twenty files, each told before the next one comes."""
    town = live_town()
    bodies = [
        realtime_feed(update("Bus1-1 start_date:20260603", f"B dep+{late_s}"), header=f"timestamp: {moment(town.now)}")
        for late_s in range(60, 80)
    ]
    with writing(town):
        for body in bodies:
            before = in_force(town.data, town.network.version)
            write_whole(town.folder / "rt.pb", body, settled=False)
            until(lambda before=before: in_force(town.data, town.network.version) != before)
        until(lambda: kept_bodies(town) == {bodies[-1]})
        until(lambda: len(laid_out(town)) <= KEPT + 1)  # the one that is made quick meanwhile
    assert len(list((live_folder(town.data) / "versions").iterdir())) <= 4


@contextmanager
def writing(town: LiveTown) -> Iterator[None]:
    """The writer goes on until the block ends, as it does beside a service."""
    ended, began_s = Event(), time.monotonic()
    town.writer.now = lambda: moment(town.now) + time.monotonic() - began_s
    thread = Thread(target=town.writer.run, args=(ended,))
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def kept_bodies(town: LiveTown) -> set[bytes]:
    return {one.read_bytes() for one in (live_folder(town.data) / "raw").glob("*.pb")}


def laid_out(town: LiveTown) -> list[Path]:
    days = network_folder(town.data, town.network.version) / FOLDER
    return [one for one in days.iterdir() if not one.name.startswith("walks")]


def test_where_nothing_is_known_the_territory_is_the_planned_one(live_town: Make) -> None:
    town = live_town()
    town.writer.look()
    assert Following(town.data, town.config).territory().live is None


def test_a_request_takes_network_and_version_together(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    territory = Following(town.data, town.config).territory()
    live = territory.live
    assert live is not None
    assert (live.planned.version, territory.as_planned.network) == (town.network.version, live.planned)
    assert territory.as_planned.live is None


def test_a_hundred_versions_grow_neither_memory_nor_disk(live_town: Make) -> None:
    """OTP#6135, #7253: memory grew with each update. A block is a Python object, or a part of one: an array that stays
    is one too, however large it is. What is mapped of a version that is over is let go. A leak grows with each version;
    what other threads of the tests fill meanwhile, once."""
    town = live_town()
    following = Following(town.data, town.config)

    def versions(first: int, last: int) -> tuple[int, int]:
        for late_s in range(first, last):
            town.say(update("Bus1-1 start_date:20260603", f"B dep+{late_s}"))
            following.territory()
        gc.collect()
        return sys.getallocatedblocks(), len(Path("/proc/self/maps").read_text().splitlines())

    blocks, mapped = zip(*(versions(first, first + 30) for first in (60, 90, 120, 150)), strict=True)
    assert min(after - before for before, after in pairwise(blocks)) < 5 * 30
    assert min(after - before for before, after in pairwise(mapped)) < 8
    files = [Path(folder) / name for folder, _, names in os.walk(town.data) for name in names]
    assert len(list((live_folder(town.data) / "versions").iterdir())) <= 5
    assert sum(map(size_of, files)) < 5_000_000


FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:58"}


def test_a_version_that_is_over_goes_without_the_collector(live_town: Make) -> None:
    """Its arrays are gone as soon as the next one has been met, whatever was asked of it."""
    town = live_town()
    there = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"}
    arrays = []
    gc.disable()
    try:
        for late_s in range(60, 66):
            town.say(update("Bus1-1 start_date:20260603", f"B dep+{late_s}"))
            town.client.ask("/api/v6/plan", **there, ifMissed="true", numLegAlternatives=2)
            town.client.ask("/api/v6/trip", tripId="20260603_08:00_t_Bus1-1")
            town.client.ask("/api/v6/stoptimes", stopId="t_B", n=2)
            for page in ("/stops/t_B", "/lines/t_Bus1", "/disruptions", "/offline", "/counters"):
                assert town.client.get(page).status_code == 200
            for page in ("/", "/round-trip"):
                assert "8:00" in town.client.post(page, data=FORM).text
            live = town.territory().live
            assert live is not None
            arrays.append(weakref.ref(live.changed.state))
            del live
        assert [one() is not None for one in arrays] == [False] * 5 + [True]
    finally:
        gc.enable()


def size_of(file: Path) -> int:
    """0 of a day that a thread of the service has taken away meanwhile."""
    try:
        return file.stat().st_size
    except FileNotFoundError:
        return 0


def test_where_the_writer_has_fallen_silent_the_timetable_holds(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED)
    assert town.plan()[0] == NEXT_BOAT
    assert town.client.get("/api/v1/health").json["rt"] is True
    sources = live_folder(town.data) / "sources.json"
    os.utime(sources, (sources.stat().st_atime, sources.stat().st_mtime - 301))
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 D 8:30 > E 8:50"


def test_the_pointer_of_a_network_about_to_be_published_stays(live_town: Make) -> None:
    town = live_town()
    made = pointer(town.data, "f" * 32)
    made.parent.mkdir(parents=True, exist_ok=True)
    made.write_text("0" * 32)
    forget_states(town.data, [town.network.version])
    assert made.exists()
    os.utime(made, (0, 0))
    forget_states(town.data, [town.network.version])
    assert not made.exists()


def test_what_a_killed_writer_had_begun_to_write_goes(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    folder = live_folder(town.data)
    old, other = folder / "versions" / f".{'f' * 32}.packed-killed", folder / ".sources.json-written"
    for begun in (old, other):
        begun.write_bytes(b"PK")
    os.utime(old, (0, 0))
    forget_states(town.data, [town.network.version])
    assert (old.exists(), other.exists(), (folder / "sources.json").exists()) == (False, True, True)
