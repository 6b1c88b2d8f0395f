"""Real time as travellers meet it: from a new file on disk to the answers of all workers, and what a question costs."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import statistics
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from google.transit import gtfs_realtime_pb2 as pb

from benchmarks.serving import HENT, children, end, get, memory_kib, stops_of, wait_for_workers
from benchmarks.table import Row, table

CONFIG = """
[territory]
name = "Live"
timezone = "{zone}"
languages = ["en"]
centre = [{lat}, {lon}]

[data_use]
controller = "Live"
contact = "live@example.org"

[features]
carpool = false

[[feeds]]
id = "city"
licence = "as stated"
path = "{feed}"

[[realtime]]
feed = "city"
licence = "test"
trip_updates = "rt.pb"
stale_s = 86400
"""
SWITCHES, QUESTIONS, RUNS, LOAD_S, CLIENTS, ASKED_AT_ONCE = 7, 40, 400, 10.0, 16, 6


@dataclass(frozen=True)
class LiveCity:
    """now: local time at which the service's clock begins."""

    name: str
    feed: Path
    now: datetime
    must_s: float
    aim_s: float


def cities() -> list[LiveCity]:
    folder = Path(os.environ["HENT_REFERENCE_DATA"])
    helsinki = datetime(2022, 2, 22, 8, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
    perigueux = datetime(2026, 1, 13, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))
    return [
        LiveCity("Helsinki", folder / "gtfs/helsinki.zip", helsinki, 2.0, 0.8),
        LiveCity("Périgueux", folder / "gtfs/perigueux.zip", perigueux, 1.0, 0.3),
    ]


def run() -> str:
    if not os.environ.get("HENT_REFERENCE_DATA"):
        return "live: HENT_REFERENCE_DATA is not set"
    return "\n".join([decoded(), *map(served, cities())])


def decoded() -> str:
    from gtfs.accept import accept
    from gtfs.archive import ReadLimits
    from gtfs.realtime.decode import read_realtime
    from gtfs.snapshot import FeedSource
    from mobility.feeds.build.network import build
    from mobility.live.matching import matched
    from mobility.live.timetable_index import TimetableIndex
    from mobility.network.terrain import Terrain

    folder = Path(os.environ["HENT_REFERENCE_DATA"])
    auckland = gzip.decompress((folder / "realtime/auckland_2014-11-30/trip_updates.pb.gz").read_bytes())
    made = (folder / "reference_rt/helsinki/trip_updates.pb").read_bytes()
    feed, _ = accept(
        folder / "reference/helsinki/gtfs.zip", FeedSource("city", "as stated"), ReadLimits(), date(2022, 2, 22)
    )
    index = TimetableIndex(build([feed], Terrain(change_s=0, only_transfers=True)), "city")
    matched(index, read_realtime(made), 0)
    both_ms = least_ms(lambda: matched(index, read_realtime(made), 0))
    rows = [
        Row("decode and match reference_rt/helsinki, processor ms", "must 150, aim 60", f"{both_ms:.0f}"),
        Row(
            "decode Auckland to records, processor ms",
            "must 500, aim 250",
            f"{least_ms(lambda: read_realtime(auckland)):.0f}",
        ),
    ]
    return table("Real time: decoding", rows)


def least_ms(work: Callable[[], object], times: int = 5) -> float:
    found = []
    for _ in range(times):
        begin = time.process_time()
        work()
        found.append((time.process_time() - begin) * 1000)
    return min(found)


@contextmanager
def live_service(city: LiveCity, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a service of two workers whose clock begins at the city's moment."""
    config = CONFIG.format(zone=city.now.tzinfo, lat=0.0, lon=0.0, feed=city.feed)
    (folder / "config.toml").write_text(config)
    command = [
        HENT,
        "serve",
        "--port",
        "0",
        "--workers",
        "2",
        "--config",
        folder / "config.toml",
        "--data",
        folder / "var",
    ]
    environment = {**os.environ, "HENT_NOW": city.now.isoformat()}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r":(\d+)\b", line.split("http://")[1])
        assert found
        wait_for_workers(process.pid, 2)
        yield int(found[1]), process.pid
    finally:
        end(process)


class Timetable:
    """Runs near the moment, as boards of busy stops show them, and files that make all of them late."""

    def __init__(self, port: int, city: LiveCity, folder: Path) -> None:
        self._port, self._city, self._file = port, city, folder / "rt.pb"
        self.stops = sorted(stops_of(port, "min=-90,-180&max=90,180"), key=lambda stop: -stop["importance"])
        self.runs: dict[str, tuple[str, str, str]] = {}
        for stop in self.stops[:80]:
            for row in ask(port, f"/api/v6/stoptimes?stopId={quote(stop['stopId'])}&n=60&time={self.at}")["stopTimes"]:
                day, shown, trip = row["tripId"].split("_", 2)
                self.runs.setdefault(row["tripId"], (day, shown, trip.removeprefix("city_")))
            if len(self.runs) >= RUNS:
                break
        self.watched = self.stops[0]["stopId"]

    @property
    def at(self) -> str:
        return quote(self._city.now.isoformat())

    def late(self, seconds: int) -> None:
        """Every run, from its first departure on."""
        message = pb.FeedMessage()
        message.header.gtfs_realtime_version = "2.0"
        message.header.timestamp = int(self._city.now.timestamp()) + seconds % 1000
        for number, (day, shown, trip) in enumerate(self.runs.values()):
            update = message.entity.add(id=str(number)).trip_update
            update.trip.trip_id, update.trip.start_date, update.trip.start_time = trip, day, f"{shown}:00"
            update.delay = seconds
        beside = self._file.with_suffix(".new")
        beside.write_bytes(message.SerializeToString())
        beside.rename(self._file)

    def delays(self) -> set[int]:
        """Seconds by which live rows of the watched board are late; each question meets another worker."""
        path = f"/api/v6/stoptimes?stopId={quote(self.watched)}&n=12&time={self.at}"
        found = set()
        for row in ask(self._port, path)["stopTimes"]:
            if row["tripId"] in self.runs:
                found.add(apart_s(row["place"]["scheduledDeparture"], row["place"]["departure"]))
        return found


def ask(port: int, path: str) -> Any:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        return json.loads(get(connection, path))
    finally:
        connection.close()


def apart_s(planned: str, now: str) -> int:
    return int((datetime.fromisoformat(now) - datetime.fromisoformat(planned)).total_seconds())


def served(city: LiveCity) -> str:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with live_service(city, folder) as (port, pid):
            timetable = Timetable(port, city, folder)
            switches = [seconds_to_all(timetable, 60 + 7 * number) for number in range(SWITCHES)]
            paths = questions(timetable, city)
            off_ms, now_ms = in_turn(port, paths)
            before_kib = memory_kib(pid)
            failed, mixed, answered = under_load(timetable, port, paths)
            after_kib, disk_kib = (
                memory_kib(pid),
                sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) // 1024,
            )
            taken_over_s = killed(timetable, pid)
    ratio = now_ms / off_ms - 1
    rows = [
        Row("runs that each version changes", str(len(timetable.runs))),
        Row(
            "new file on disk to answers of all workers",
            f"{statistics.median(switches):.2f} s, worst {max(switches):.2f} s",
        ),
        Row("plan, median, OFF / REALTIME, in turn", f"{off_ms:.1f} / {now_ms:.1f} ms ({100 * ratio:+.0f} %)"),
        Row(
            f"20 files a second, {CLIENTS} clients, {LOAD_S:.0f} s: answers, failed, mixed",
            f"{answered}, {failed}, {mixed}",
        ),
        Row("memory of all processes before / after that", f"{before_kib // 1024} / {after_kib // 1024} MiB"),
        Row("disk after that", f"{disk_kib // 1024} MiB"),
        Row(
            "kill -9 of every worker, one after the other, to a new version by another writer",
            f"worst {taken_over_s:.1f} s",
        ),
    ]
    return table(f"Real time: {city.name} (must {city.must_s} s, aim {city.aim_s} s)", rows)


def seconds_to_all(timetable: Timetable, late_s: int) -> float:
    begin = time.perf_counter()
    timetable.late(late_s)
    while time.perf_counter() - begin < 30:
        asked_s = time.perf_counter()
        if all(timetable.delays() == {late_s} for _ in range(ASKED_AT_ONCE)):
            return asked_s - begin
        time.sleep(0.02)
    return 30.0


def questions(timetable: Timetable, city: LiveCity) -> list[str]:
    chance = random.Random(2022)
    near = timetable.stops[:200]
    pairs = [chance.sample(near, 2) for _ in range(QUESTIONS)]
    return [
        f"/api/v6/plan?fromPlace={quote(start['stopId'])}&toPlace={quote(end['stopId'])}&time={timetable.at}"
        for start, end in pairs
    ]


def in_turn(port: int, paths: list[str]) -> tuple[float, float]:
    """Medians in milliseconds, by timetable and as it is now, asked in turn after a round that warms both."""
    off, now = [], []
    for measured in (False, True):
        for path in paths:
            for mode, times in (("OFF", off), ("REALTIME", now)):
                begin = time.perf_counter()
                ask(port, f"{path}&realtimeMode={mode}")
                if measured:
                    times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(off), statistics.median(now)


def under_load(timetable: Timetable, port: int, paths: list[str]) -> tuple[int, int, int]:
    """Failed and mixed answers while all times move: every live leg of an answer is as late as every other."""
    ended, counts, lock = threading.Event(), [0, 0, 0], threading.Lock()

    def write() -> None:
        for number in range(int(LOAD_S * 20)):
            timetable.late(100 + number)
            time.sleep(0.05)
        ended.set()

    def client(seed: int) -> None:
        chance = random.Random(seed)
        while not ended.is_set():
            failed = mixed = 0
            try:
                found = ask(port, chance.choice(paths))
                legs = [leg for one in found["itineraries"] for leg in one["legs"] if leg["realTime"]]
                mixed = len({apart_s(leg["scheduledStartTime"], leg["startTime"]) for leg in legs}) > 1
            except (OSError, ValueError, KeyError, RuntimeError):
                failed = 1
            with lock:
                counts[0] += failed
                counts[1] += mixed
                counts[2] += 1

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for thread in (*threads, writer := threading.Thread(target=write)):
        thread.start()
    for thread in (*threads, writer):
        thread.join()
    return counts[0], counts[1], counts[2]


def killed(timetable: Timetable, pid: int) -> float:
    worst_s = 0.0
    for number, worker in enumerate(children(pid)):
        os.kill(worker, 9)
        begin = time.perf_counter()
        timetable.late(500 + number)
        while time.perf_counter() - begin < 30:
            try:
                if timetable.delays() == {500 + number}:
                    break
            except (OSError, ValueError, KeyError, RuntimeError):
                pass
            time.sleep(0.05)
        worst_s = max(worst_s, time.perf_counter() - begin)
        time.sleep(3)
    return worst_s
