"""A country made of copies of one city: each shifted by a degree, trains from hub to hub along the row of them.

Nothing about it is random but its queries, and those are seeded: half lead from a stop to one of the same copy, half to
one of another.
"""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from benchmarks.instances import Instance

COPIES, QUERIES = 10, 300
TRAINS_S = range(5 * 3600, 23 * 3600, 1800)
"""When a train leaves each hub for the next one, both ways."""
RIDE_S = 45 * 60
SHIFT_DEGREES, LONGITUDE = 1, "stop_lon"
HERE = "@"
"""Stands before what is named anew in each copy."""
NAMED = ("stop_id", "from_stop_id", "to_stop_id", "trip_id", "route_id")
Row = dict[str, str]
SHARED = ("agency.txt", "calendar.txt", "calendar_dates.txt")


def country(city: Instance, folder: Path, copies: int = COPIES) -> Instance:
    """Takes a minute, and a quarter of a gigabyte in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(city.feed) as of_city, _archive(folder / "gtfs.zip") as made:
        like = _first(of_city, "routes.txt") | _first(of_city, "trips.txt")
        trains = _trains(copies, _hub(of_city), like)
        for name in of_city.namelist():
            if name in SHARED:
                made.writestr(name, of_city.read(name))
                continue
            with made.open(name, "w", force_zip64=True) as table:
                for part in _table(_rows(of_city, name), copies, trains.get(name, [])):
                    table.write(part.encode())
    with (folder / "queries.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("qid", "from_stop_id", "to_stop_id", "dep_sec"), *_queries(city, copies)])
    return Instance(f"{copies} times {city.name}", folder, city.day)


def _archive(path: Path) -> zipfile.ZipFile:
    return zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1)


def _rows(archive: zipfile.ZipFile, name: str) -> Iterator[list[str]]:
    """The head first."""
    with archive.open(name) as table:
        yield from csv.reader(io.TextIOWrapper(table, "utf-8-sig", newline=""))


def _first(archive: zipfile.ZipFile, name: str) -> Row:
    head, first = islice(_rows(archive, name), 2)
    return dict(zip(head, first, strict=True))


def _hub(city: zipfile.ZipFile) -> str:
    """The stop with the most calls."""
    rows = _rows(city, "stop_times.txt")
    column = next(rows).index("stop_id")
    return Counter(row[column] for row in rows).most_common(1)[0][0]


def _table(rows: Iterator[list[str]], copies: int, trains: list[Row]) -> Iterator[str]:
    """Written once, and each copy out of that: a table may have millions of rows."""
    head = next(rows)
    yield _csv([head])
    named = [column for column, name in enumerate(head) if name in NAMED]
    text = _csv(_marked(rows, named))
    for copy in range(copies):
        of_copy = text.replace(HERE, _id(copy, ""))
        yield _shifted(of_copy, head.index(LONGITUDE), copy) if LONGITUDE in head else of_copy
    yield _csv([train.get(name, "") for name in head] for train in trains)


def _csv(rows: Iterable[list[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def _marked(rows: Iterable[list[str]], columns: list[int]) -> Iterator[list[str]]:
    for row in rows:
        for column in columns:
            row[column] = HERE + row[column]
        yield row


def _shifted(stops: str, column: int, copy: int) -> str:
    rows = list(csv.reader(io.StringIO(stops)))
    for row in rows:
        row[column] = f"{float(row[column]) + copy * SHIFT_DEGREES:.6f}"
    return _csv(rows)


def _id(copy: int, name: str) -> str:
    return f"{copy}-{name}"


def _trains(copies: int, hub: str, like: Row) -> dict[str, list[Row]]:
    """Rows to add, by table; `like`: a route of the city with its trip."""
    tables: dict[str, list[Row]] = {"routes.txt": [], "trips.txt": [], "stop_times.txt": []}
    for here, there in [pair for copy in range(copies - 1) for pair in ((copy, copy + 1), (copy + 1, copy))]:
        route = f"train-{here}-{there}"
        named = {"route_id": route, "route_short_name": route, "route_type": "2"}
        tables["routes.txt"].append(named | {"agency_id": like["agency_id"]})
        for leaves_s in TRAINS_S:
            trip = f"{route}-{leaves_s}"
            tables["trips.txt"].append({"route_id": route, "service_id": like["service_id"], "trip_id": trip})
            calls = _call(trip, leaves_s, _id(here, hub), 1), _call(trip, leaves_s + RIDE_S, _id(there, hub), 2)
            tables["stop_times.txt"] += calls
    return tables


def _call(trip: str, time_s: int, stop: str, number: int) -> Row:
    clock = f"{time_s // 3600:02}:{time_s // 60 % 60:02}:00"
    times = {"arrival_time": clock, "departure_time": clock}
    return {"trip_id": trip, "stop_id": stop, "stop_sequence": str(number)} | times


def _queries(city: Instance, copies: int, seed: int = 10) -> Iterator[tuple[object, ...]]:
    """Those of the city itself, each beginning in a copy of its own."""
    made = random.Random(seed)
    for number, (origin, destination, departure_s) in enumerate(city.queries()[:QUERIES]):
        here = made.randrange(copies)
        there = (here + made.randrange(1, copies)) % copies if number % 2 and copies > 1 else here
        yield number, _id(here, origin), _id(there, destination), departure_s
