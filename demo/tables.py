"""Reads the tables of the demo territory; a value that cannot be used is named with its file, row and field."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from demo.records import (
    Agency,
    Fare,
    Holidays,
    Line,
    Medium,
    Point,
    Run,
    Service,
    Stop,
    TableError,
    Territory,
    Transfer,
)

Record = TypeVar("Record")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def read(folder: Path) -> Territory:
    """The territory in `folder`. Raises TableError where a value cannot be used."""
    stops = tuple(_table(folder / "stops.csv", _stop))
    return Territory(
        agencies=tuple(_table(folder / "agencies.csv", lambda row: Agency(**row))),
        stops={stop.stop_id: stop for stop in stops},
        lines=tuple(_lines(folder / "lines.toml", {stop.stop_id for stop in stops})),
        services=tuple(_table(folder / "services.csv", _service)),
        holidays=tuple(_table(folder / "school_holidays.csv", _holidays)),
        transfers=tuple(_table(folder / "transfers.csv", _transfer)),
        fares=tuple(_table(folder / "fares.csv", lambda row: Fare(**row))),
        media=tuple(_table(folder / "fare_media.csv", lambda row: Medium(**row))),
        networks=dict(_table(folder / "networks.csv", lambda row: (row["network_id"], row["name"]))),
        ways=_ways(folder / "ways.geojson"),
    )


def _table(path: Path, record: Callable[[dict[str, str]], Record]) -> Iterator[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield record(row)
            except (KeyError, TypeError, ValueError) as fault:
                raise TableError(path.name, number, str(fault), row) from fault


def _stop(row: dict[str, str]) -> Stop:
    return Stop(
        stop_id=row["stop_id"],
        name=row["name"],
        commune=row["commune"],
        point=(float(row["lat"]), float(row["lon"])),
        kind=_one_of(row["kind"], ("stop", "quay", "station")),
        station=row["station"],
        platform=row["platform"],
        step_free=_one_of(row["step_free"], ("yes", "no", "unknown")),
    )


def _service(row: dict[str, str]) -> Service:
    return Service(
        service_id=row["service_id"],
        weekdays=tuple(row[weekday] == "1" for weekday in WEEKDAYS),
        public_holidays=_one_of(row["public_holidays"], ("no", "also", "any")),
        school=_one_of(row["school"], ("only", "any")),
        season=_one_of(row["season"], ("year", "summer")),
    )


def _holidays(row: dict[str, str]) -> Holidays:
    return Holidays(row["name"], date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"]))


def _transfer(row: dict[str, str]) -> Transfer:
    return Transfer(row["from_stop_id"], row["to_stop_id"], int(row["seconds"]))


def _one_of(value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise ValueError(f"{value!r} is none of {', '.join(allowed)}")
    return value


def _lines(path: Path, stop_ids: set[str]) -> Iterator[Line]:
    for entry in tomllib.loads(path.read_text("utf-8"))["line"]:
        line = _line(entry)
        for stop_id in line.stops:
            if stop_id not in stop_ids:
                raise TableError(path.name, line.line_id, "stops", stop_id)
        if line.minutes and len(line.minutes) != len(line.stops):
            raise TableError(path.name, line.line_id, "minutes", line.minutes)
        yield line


def _line(entry: dict[str, Any]) -> Line:
    return Line(
        line_id=entry["id"],
        name=entry["name"],
        mode=entry["mode"],
        colour=entry["colour"],
        step_free=entry["step_free"],
        bikes=entry.get("bikes", "no"),
        agency=entry.get("agency", "rade"),
        network=entry.get("network", "rade"),
        speed_km_h=float(entry.get("speed_km_h", 0)),
        detour=float(entry.get("detour", 1.3)),
        minutes=tuple(entry.get("minutes", ())),
        stops=tuple(entry["stops"]),
        runs=tuple(_run(run) for run in entry["run"]),
    )


def _run(entry: dict[str, Any]) -> Run:
    return Run(
        service=entry["service"],
        at=tuple(entry["at"]),
        way=entry.get("way", "both"),
        first_stop=entry.get("from", ""),
        last_stop=entry.get("to", ""),
        headway=entry.get("headway", False),
        exact=entry.get("exact", False),
    )


def _ways(path: Path) -> dict[tuple[str, str], tuple[Point, ...]]:
    """The points between two stops where the way is not the straight line, in both directions."""
    ways: dict[tuple[str, str], tuple[Point, ...]] = {}
    for feature in json.loads(path.read_text("utf-8"))["features"]:
        ends = feature["properties"]["from"], feature["properties"]["to"]
        points = tuple((lat, lon) for lon, lat in feature["geometry"]["coordinates"])
        ways[ends] = points
        ways[ends[1], ends[0]] = points[::-1]
    return ways
