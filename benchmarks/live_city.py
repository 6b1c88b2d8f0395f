"""A city with real time: a service whose clock begins at a moment of its timetable, and files that make its runs
late."""

from __future__ import annotations

import json
import os
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from google.transit import gtfs_realtime_pb2 as pb

from benchmarks.server_load import HENT, end, get, stops_of, wait_for_workers

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
stale_s = {stale_s}
"""
RUNS = 400


@dataclass(frozen=True)
class LiveCity:
    """now: local time at which the service's clock begins. stale_s: older files are no longer told."""

    name: str
    feed: Path
    now: datetime
    must_s: float
    aim_s: float
    stale_s: int = 86_400


def cities() -> list[LiveCity]:
    folder = Path(os.environ["HENT_REFERENCE_DATA"])
    helsinki = datetime(2022, 2, 22, 8, 0, tzinfo=ZoneInfo("Europe/Helsinki"))
    perigueux = datetime(2026, 1, 13, 8, 0, tzinfo=ZoneInfo("Europe/Paris"))
    return [
        LiveCity("Helsinki", folder / "gtfs/helsinki.zip", helsinki, 2.0, 0.8),
        LiveCity("Périgueux", folder / "gtfs/perigueux.zip", perigueux, 1.0, 0.3),
    ]


@contextmanager
def live_service(city: LiveCity, folder: Path) -> Iterator[tuple[int, int]]:
    """Port and process of a service of two workers whose clock begins at the city's moment."""
    config = CONFIG.format(zone=city.now.tzinfo, lat=0.0, lon=0.0, feed=city.feed, stale_s=city.stale_s)
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
