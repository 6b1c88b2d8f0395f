"""Reads the tables of the demo territory; a value that cannot be used is named with its file, row and field."""

import csv
import json
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from demo.check import check
from demo.records import (
    Agency,
    Fare,
    FareArea,
    Holidays,
    Line,
    Medium,
    Point,
    Rider,
    Run,
    Service,
    Stop,
    TableError,
    Territory,
    Transfer,
)

Record = TypeVar("Record")
Value = TypeVar("Value")

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

STATES = ("yes", "no", "unknown")


def read(folder: Path) -> Territory:
    """The territory in `folder`. Raises TableError where a value cannot be used."""
    stops = {stop.stop_id: stop for stop in _table(folder / "stops.csv", _stop)}
    territory = Territory(
        agencies=tuple(_table(folder / "agencies.csv", _agency)),
        stops=stops,
        lines=tuple(map(_line, tomllib.loads((folder / "lines.toml").read_text("utf-8"))["line"])),
        services=tuple(_table(folder / "services.csv", _service)),
        holidays=tuple(_table(folder / "school_holidays.csv", _holidays)),
        transfers=tuple(_table(folder / "transfers.csv", _transfer)),
        fares=tuple(_table(folder / "fares.csv", _fare)),
        riders=tuple(_table(folder / "riders.csv", _rider)),
        areas=tuple(_table(folder / "fare_areas.csv", _area)),
        media=tuple(_table(folder / "fare_media.csv", _medium)),
        networks=dict(_table(folder / "networks.csv", lambda row: (row["network_id"], row["name"]))),
        ways=_ways(folder / "ways.geojson"),
    )
    check(territory)
    return territory


class _Unusable(Exception):
    """A field of the row at hand; the row is added by who reads the table."""

    def __init__(self, field: str, value: object) -> None:
        super().__init__(field, value)
        self.field, self.value = field, value


def _table(path: Path, record: Callable[[dict[str, str]], Record]) -> Iterator[Record]:
    with path.open(encoding="utf-8", newline="") as file:
        for number, row in enumerate(csv.DictReader(file), start=2):
            try:
                yield record(row)
            except _Unusable as fault:
                raise TableError(path.name, number, fault.field, fault.value) from fault
            except KeyError as fault:
                raise TableError(path.name, number, str(fault.args[0]), None) from fault


def _read(row: dict[str, str], field: str, convert: Callable[[str], Value]) -> Value:
    try:
        return convert(row[field])
    except ValueError as fault:
        raise _Unusable(field, row[field]) from fault


def _one_of(row: dict[str, str], field: str, allowed: tuple[str, ...]) -> str:
    if row[field] not in allowed:
        raise _Unusable(field, row[field])
    return row[field]


def _agency(row: dict[str, str]) -> Agency:
    return Agency(row["agency_id"], row["name"], row["url"], row["phone"])


def _stop(row: dict[str, str]) -> Stop:
    return Stop(
        stop_id=row["stop_id"],
        name=row["name"],
        commune=row["commune"],
        point=(_read(row, "lat", float), _read(row, "lon", float)),
        kind=_one_of(row, "kind", ("stop", "quay", "station")),
        station=row["station"],
        platform=row["platform"],
        step_free=_one_of(row, "step_free", STATES),
    )


def _service(row: dict[str, str]) -> Service:
    return Service(
        service_id=row["service_id"],
        weekdays=tuple(_one_of(row, weekday, ("0", "1")) == "1" for weekday in WEEKDAYS),
        public_holidays=_one_of(row, "public_holidays", ("no", "also", "any")),
        school=_one_of(row, "school", ("only", "any")),
        season=_one_of(row, "season", ("year", "summer")),
    )


def _holidays(row: dict[str, str]) -> Holidays:
    return Holidays(
        row["name"], _read(row, "first_day", date.fromisoformat), _read(row, "last_day", date.fromisoformat)
    )


def _transfer(row: dict[str, str]) -> Transfer:
    return Transfer(row["from_stop_id"], row["to_stop_id"], _read(row, "seconds", int))


def _fare(row: dict[str, str]) -> Fare:
    return Fare(
        fare_id=row["fare_id"],
        name=row["name"],
        price=f"{_read(row, 'price', float):.2f}",
        currency=row["currency"],
        network=row["network"],
        changes=row["changes"],
        minutes=_read(row, "minutes", lambda text: int(text or 0)),
        medium=row["medium"],
        rider=row["rider"],
        between=tuple(row["between"].split()),
        from_clock=row["from_clock"],
    )


def _rider(row: dict[str, str]) -> Rider:
    return Rider(row["rider_id"], row["name"], _one_of(row, "default", ("0", "1")) == "1")


def _area(row: dict[str, str]) -> FareArea:
    return FareArea(row["area_id"], row["name"], row["stop_id"])


def _medium(row: dict[str, str]) -> Medium:
    return Medium(row["medium_id"], row["name"], _one_of(row, "fare_media_type", ("0", "1", "2", "3", "4")))


def _line(entry: dict[str, Any]) -> Line:
    try:
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
            runs=tuple(map(_run, entry["run"])),
        )
    except KeyError as fault:
        raise TableError("lines.toml", entry.get("id", entry.get("name", "")), str(fault.args[0]), None) from fault


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
