"""The engines that Hent is measured beside, asked the same on the same feed: pynigiri (of MOTIS) and cafein."""

from __future__ import annotations

import csv
import io
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from benchmarks.instances import Instance

WINDOW_MIN = 120
Ask = Callable[[tuple[str, str, int]], Any]


@contextmanager
def silenced() -> Iterator[None]:
    """Engines in other languages write their logs past Python."""
    kept = [os.dup(number) for number in (1, 2)]
    with open(os.devnull, "w") as nowhere:  # noqa: PTH123
        for number in (1, 2):
            os.dup2(nowhere.fileno(), number)
        try:
            yield
        finally:
            for number, copy in zip((1, 2), kept, strict=True):
                os.dup2(copy, number)
                os.close(copy)


class Nigiri:
    """Whole minutes, at most 15 transfers and 24 hours; no stop linking, footpaths as they are, exact locations."""

    def __init__(self, instance: Instance) -> None:
        import pynigiri

        self._engine = pynigiri
        source, config, options = pynigiri.TimetableSource(), pynigiri.LoaderConfig(), pynigiri.FinalizeOptions()
        config.link_stop_distance, config.default_tz = 0, "UTC"
        source.tag, source.path, source.loader_config = "x", str(instance.feed), config
        options.adjust_footpaths = False
        last = instance.day + timedelta(days=3)
        with silenced():
            self._timetable = pynigiri.load_timetable([source], str(instance.day), str(last), options)
        midnight = datetime.combine(instance.day, datetime.min.time(), UTC)
        self._midnight_min = int(midnight.timestamp()) // 60

    def query(self, asked: tuple[str, str, int], window_min: int = 0) -> Any:
        origin, destination, departure_s = asked
        query, start = self._engine.Query(), self._midnight_min + departure_s // 60
        query.start_time = (start, start + window_min - 1) if window_min else start
        query.start = [self._engine.Offset(self._timetable.find_location(origin), 0, 0)]
        query.destination = [self._engine.Offset(self._timetable.find_location(destination), 0, 0)]
        query.max_transfers, query.max_travel_time, query.use_start_footpaths = 15, 1440, True
        query.start_match_mode = query.dest_match_mode = self._engine.LocationMatchMode.EXACT
        return query

    def pareto(self, asked: tuple[str, str, int]) -> Callable[[], Any]:
        """The search, ready to be run and timed: making the query is not."""
        query = self.query(asked)
        return lambda: self._engine.route(self._timetable, query)

    def window(self, asked: tuple[str, str, int]) -> Callable[[], Any]:
        query = self.query(asked, WINDOW_MIN)
        return lambda: self._engine.route(self._timetable, query)


class Cafein:
    """Whole itineraries as Python dicts: legs, stops, times; without geometries and distances."""

    def __init__(self, instance: Instance) -> None:
        from cafein import TransportNetwork

        with silenced():
            self._network = TransportNetwork.from_gtfs(str(instance.feed), trip_distances=False, leg_geometries=False)
            self._network.set_transfers(list(_walks(instance)))
        self._midnight = datetime.combine(instance.day, datetime.min.time())

    def journeys(self, asked: tuple[str, str, int]) -> Callable[[], Any]:
        origin, destination, departure_s = asked
        departure = self._midnight + timedelta(seconds=departure_s)
        return lambda: self._network.route_between_stops(
            origin, destination, departure=departure, max_rides=16, geometries=False
        )


def _walks(instance: Instance) -> Iterator[tuple[str, str, int, float]]:
    with zipfile.ZipFile(instance.feed) as archive, archive.open("transfers.txt") as table:
        for row in csv.DictReader(io.TextIOWrapper(table, "utf-8-sig")):
            if row["from_stop_id"] != row["to_stop_id"]:
                seconds = int(row["min_transfer_time"])
                yield row["from_stop_id"], row["to_stop_id"], seconds, seconds * 1.25
