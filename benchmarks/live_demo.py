"""The demo on a Tuesday morning with files that make its runs late, and what is true then: the tables that its
timetable is made from, a shift by network, and the file in force. Nothing here comes from an answer of the service."""

from __future__ import annotations

import os
import re
import subprocess
import time
import zipfile
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from datetime import time as time_of_day
from multiprocessing import Value
from multiprocessing.sharedctypes import Synchronized
from pathlib import Path
from zlib import crc32
from zoneinfo import ZoneInfo

from google.transit import gtfs_realtime_pb2 as pb

from benchmarks.live_city import LiveCity
from benchmarks.server_load import HENT
from demo.build import TERRITORY, build
from demo.days import Window, service_days
from demo.tables import read
from demo.timetable import trips

ZONE = ZoneInfo("Europe/Paris")
HOUR, FROM_MIN, UNTIL_MIN = 8, 7 * 60, 11 * 60
"""Of the questions; files tell of runs that are on their way within these minutes of the day."""
STALE_S = 300
Delays = Mapping[str, int]
"""Seconds by trip, of one file. What is not in it is as planned, and not said to be known."""


@dataclass(frozen=True, slots=True)
class ToldCall:
    """A departure as an answer tells it. day: of its service, as in the tables of a feed."""

    day: str
    trip: str
    stop: str
    planned_s: int
    late_s: int
    is_known: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """calls: None where there was no answer. files: how many had been written when it came. from_s, until_s: when it
    was asked for and when it came (time.monotonic). cut_off: the other end closed the connection without an answer."""

    network: str
    files: int
    calls: tuple[ToldCall, ...] | None
    from_s: float = 0.0
    until_s: float = 0.0
    cut_off: bool = False


@dataclass
class DemoMorning:
    """minutes: of the day, at which a trip leaves a stop. files: what each one says, in order. shifts: by network, by
    how many minutes all is later than in the tables, and the trip that it does not have. frequent: trips that stand for
    many, every so many minutes."""

    folder: Path
    day: date
    minutes: dict[tuple[str, str], set[int]]
    running: tuple[str, ...]
    frequent: frozenset[str]
    stops: tuple[str, ...]
    began_s: float = field(default_factory=time.time)
    files: list[Delays] = field(default_factory=list)
    shifts: dict[str, tuple[int, str]] = field(default_factory=dict)
    written: Synchronized[int] = field(default_factory=lambda: Value("i", 0))
    ahead_s: int = 0

    @property
    def n_written(self) -> int:
        """How many files have been, also as a forked process of clients asks."""
        return self.written.value

    @property
    def now(self) -> datetime:
        """As the clock of the service shows."""
        begin = datetime.combine(self.day, time_of_day(HOUR), ZONE)
        return begin + timedelta(seconds=time.time() - self.began_s + self.ahead_s)

    def city(self) -> LiveCity:
        return LiveCity("demo", self.folder / "lorient.zip", self.now, 0, 0, STALE_S)

    @property
    def data(self) -> Path:
        return self.folder / "var"

    def late(self) -> Delays:
        """What the next file says: no two files and few trips of one file say the same."""
        return {trip: 1000 * (crc32(trip.encode()) % 3) + len(self.files) for trip in self.running}

    def body(self, delays: Delays, made_ahead_s: int = 0) -> bytes:
        message = pb.FeedMessage()
        message.header.gtfs_realtime_version = "2.0"
        message.header.timestamp = int(self.now.timestamp()) + made_ahead_s
        for trip, late_s in delays.items():
            update = message.entity.add(id=trip).trip_update
            update.trip.trip_id, update.trip.start_date, update.delay = trip, f"{self.day:%Y%m%d}", late_s
        return message.SerializeToString()

    def put(self, body: bytes) -> None:
        beside = self.folder / "rt.new"
        beside.write_bytes(body)
        beside.rename(self.folder / "rt.pb")

    def tell(self) -> Delays:
        """Another file, in force from now on."""
        self.files.append(self.late())
        self.written.value = len(self.files)
        self.put(self.body(self.files[-1]))
        return self.files[-1]

    def is_true(self, answer: Answer, allowed: list[Delays]) -> bool:
        """Whether the timetable of the network named and a single one of these files explain all that is told."""
        later, without = self.shifts.get(answer.network, (0, ""))
        midnight_s = int(datetime.combine(self.day, time_of_day(), ZONE).timestamp())
        calls = answer.calls or ()
        for call in calls:
            if call.day != f"{self.day:%Y%m%d}" or call.trip in self.frequent:
                continue  # no file tells of these, so that they are not to be known
            planned = {midnight_s + 60 * (one + later) for one in self.minutes.get((call.trip, call.stop), ())}
            if call.planned_s not in planned or call.trip == without:
                return False
        told = [(call.late_s if call.is_known else None, call) for call in calls]
        return any(all(late == self._said(delays, call) for late, call in told) for delays in allowed or [{}])

    def _said(self, delays: Delays, call: ToldCall) -> int | None:
        return delays.get(call.trip) if call.day == f"{self.day:%Y%m%d}" else None


def demo_morning(folder: Path) -> DemoMorning:
    today = datetime.now(UTC).date()
    day = today + timedelta((1 - today.weekday()) % 7)
    build(folder, today)
    territory = read(TERRITORY)
    runs = {one.service_id for one in territory.services if service_days(one, Window(day, day), territory.holidays)}
    minutes: dict[tuple[str, str], set[int]] = defaultdict(set)
    running, all_trips = [], list(trips(territory))
    for trip in all_trips:
        if trip.service in runs and trip.headway is None:
            for stop, minute in zip(trip.stops, trip.minutes, strict=True):
                minutes[trip.trip_id, stop].add(minute)
            if trip.minutes[-1] >= FROM_MIN and trip.minutes[0] <= UNTIL_MIN:
                running.append(trip.trip_id)
    stops = sorted({stop for trip, stop in minutes if trip in set(running)})
    frequent = frozenset(trip.trip_id for trip in all_trips if trip.headway)
    return DemoMorning(folder, day, minutes, tuple(running), frequent, tuple(stops))


def later_feed(morning: DemoMorning, minutes: int, without: str) -> Path:
    """The demo with every trip so many minutes later, and without one trip, so that its rows are others."""
    path = morning.folder / f"later-{minutes}.zip"
    with zipfile.ZipFile(morning.folder / "lorient.zip") as original, zipfile.ZipFile(path, "w") as changed:
        for name in original.namelist():
            text = original.read(name).decode()
            if name in ("trips.txt", "stop_times.txt"):
                text = "".join(line for line in text.splitlines(True) if without not in line.split(",")[:3])
            if name == "stop_times.txt":
                text = re.sub(r",(\d\d):(\d\d):(\d\d)", lambda at: f",{_later(at, minutes)}", text)
            changed.writestr(name, text)
    return path


def _later(at: re.Match[str], minutes: int) -> str:
    whole = int(at[1]) * 60 + int(at[2]) + minutes
    return f"{whole // 60:02}:{whole % 60:02}:{at[3]}"


def reload(morning: DemoMorning, feed: Path) -> str:
    """The network in service afterwards."""
    where = ["--config", str(morning.folder / "config.toml"), "--data", str(morning.data)]
    command = [str(HENT), "feeds", "load", str(feed), "--feed", "city", "--licence", "test", *where]
    subprocess.run(command, check=True, capture_output=True, env={**os.environ, "HENT_NOW": morning.now.isoformat()})
    return (morning.data / "current").read_text().split()[0]
