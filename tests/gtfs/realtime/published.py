"""The tables of a GTFS feed as they are published, which the rules of real time hold a file against."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


def seconds(clock: str) -> int:
    hours, minutes, rest = map(int, clock.split(":"))
    return 3600 * hours + 60 * minutes + rest


@dataclass(frozen=True)
class Timetable:
    """The tables of a GTFS feed, as published."""

    tables: dict[str, list[dict[str, str]]]

    @classmethod
    def of(cls, path: Path) -> Timetable:
        with zipfile.ZipFile(path) as archive:
            names = [name for name in archive.namelist() if name.endswith(".txt")]
            return cls({Path(name).stem: _rows(archive.read(name)) for name in names})

    def by(self, table: str, key: str) -> dict[str, dict[str, str]]:
        return {row[key]: row for row in self.tables.get(table, ())}

    @cached_property
    def trips(self) -> dict[str, dict[str, str]]:
        return self.by("trips", "trip_id")

    @cached_property
    def stops(self) -> dict[str, dict[str, str]]:
        return self.by("stops", "stop_id")

    @cached_property
    def routes(self) -> set[str]:
        return set(self.by("routes", "route_id"))

    @cached_property
    def agencies(self) -> set[str]:
        return {row.get("agency_id", "") for row in self.tables["agency"]}

    @cached_property
    def calls(self) -> dict[str, list[dict[str, str]]]:
        found = defaultdict[str, list[dict[str, str]]](list)
        for row in self.tables["stop_times"]:
            found[row["trip_id"]].append(row)
        return {trip: sorted(rows, key=lambda row: int(row["stop_sequence"])) for trip, rows in found.items()}

    @cached_property
    def repeated(self) -> dict[str, list[dict[str, str]]]:
        found = defaultdict[str, list[dict[str, str]]](list)
        for row in self.tables.get("frequencies", ()):
            found[row["trip_id"]].append(row)
        return found

    def is_approximate(self, trip: str) -> bool:
        return any(row.get("exact_times", "") in ("", "0") for row in self.repeated.get(trip, ()))


def _rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))
