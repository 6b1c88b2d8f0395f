"""What the engines are compared on: real days with reference answers, else a city that a seed makes up."""

from __future__ import annotations

import csv
import io
import json
import math
import os
import random
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

DAY_S = 86_400
WALK_M, WALK_MPS = 300.0, 1.25


@dataclass(frozen=True)
class Instance:
    """A folder with gtfs.zip, whose transfers.txt is the whole transfer graph, and queries.csv (as `hent evaluate`)."""

    name: str
    folder: Path
    day: date

    @property
    def feed(self) -> Path:
        return self.folder / "gtfs.zip"

    def queries(self) -> list[tuple[str, str, int]]:
        """From stop, to stop, seconds of the day; those of the day itself, as other engines count days."""
        with (self.folder / "queries.csv").open(newline="", encoding="utf-8") as file:
            rows = [(row["from_stop_id"], row["to_stop_id"], int(row["dep_sec"])) for row in csv.DictReader(file)]
        return [row for row in rows if row[2] < DAY_S]


def instances(scratch: Path) -> list[Instance]:
    """Helsinki and New York where HENT_REFERENCE_DATA is set."""
    folder = os.environ.get("HENT_REFERENCE_DATA")
    if folder:
        return [_real(Path(folder) / "reference" / name) for name in ("helsinki", "new_york")]
    return [synthetic(scratch / "synthetic")]


def _real(folder: Path) -> Instance:
    day = json.loads((folder / "meta.json").read_text("utf-8"))["date"]
    return Instance(folder.name, folder, datetime.strptime(day, "%Y%m%d").date())  # noqa: DTZ007


def synthetic(folder: Path, seed: int = 7, side: int = 30, n_lines: int = 60) -> Instance:
    """Stops on a jittered grid, lines along random walks over it in both directions, every 5 to 30 minutes."""
    made = random.Random(seed)
    stops = [
        (x * 400 + made.uniform(-120, 120), y * 400 + made.uniform(-120, 120)) for x in range(side) for y in range(side)
    ]
    tables = {
        "agency.txt": [
            ("agency_id", "agency_name", "agency_url", "agency_timezone"),
            ("A", "A", "https://a.example", "UTC"),
        ],
        "calendar_dates.txt": [("service_id", "date", "exception_type"), ("S", "20260113", 1)],
        "stops.txt": [("stop_id", "stop_name", "stop_lat", "stop_lon"), *map(_stop, range(len(stops)), stops)],
        "routes.txt": [("route_id", "agency_id", "route_short_name", "route_type")],
        "trips.txt": [("route_id", "service_id", "trip_id")],
        "stop_times.txt": [("trip_id", "arrival_time", "departure_time", "stop_id", "stop_sequence")],
        "transfers.txt": [("from_stop_id", "to_stop_id", "transfer_type", "min_transfer_time"), *_walks(stops)],
    }
    for line in range(n_lines):
        tables["routes.txt"].append((f"L{line}", "A", f"L{line}", 3))
        way = _way(made, side)
        headway_s = made.choice((300, 600, 900, 1800))
        for direction, stops_of_line in enumerate((way, way[::-1])):
            for leaves_s in range(5 * 3600 + made.randrange(headway_s), 24 * 3600, headway_s):
                trip = f"{line}-{direction}-{leaves_s}"
                tables["trips.txt"].append((f"L{line}", "S", trip))
                tables["stop_times.txt"] += _calls(trip, leaves_s, stops_of_line, stops)
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / "gtfs.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, rows in tables.items():
            archive.writestr(name, _csv(rows))
    asked = [
        (i, *(f"s{made.randrange(len(stops))}" for _ in range(2)), made.randrange(6, 22) * 3600) for i in range(500)
    ]
    (folder / "queries.csv").write_text(_csv([("qid", "from_stop_id", "to_stop_id", "dep_sec"), *asked]), "utf-8")
    return Instance("synthetic city", folder, date(2026, 1, 13))


def _csv(rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue()


def _stop(number: int, place: tuple[float, float]) -> tuple[object, ...]:
    x, y = place
    return f"s{number}", f"s{number}", round(47.7 + y / 111_195, 6), round(-3.4 + x / (111_195 * math.cos(0.833)), 6)


def _walks(stops: list[tuple[float, float]]) -> list[tuple[object, ...]]:
    """Between stops that lie near, closed: a walk after a walk is a walk."""
    near = {a: {b: _seconds(stops[a], stops[b]) for b in range(len(stops)) if b != a} for a in range(len(stops))}
    direct = {a: {b: s for b, s in ways.items() if s * WALK_MPS <= WALK_M} for a, ways in near.items()}
    rows: list[tuple[object, ...]] = []
    for origin in direct:
        reached, waiting = {origin: 0}, [origin]
        while waiting:
            stop = waiting.pop(0)
            for other, seconds in direct[stop].items():
                if reached[stop] + seconds < reached.get(other, 10**9):
                    reached[other] = reached[stop] + seconds
                    waiting.append(other)
        rows += [(f"s{origin}", f"s{stop}", 2, seconds) for stop, seconds in reached.items()]
    return rows


def _seconds(a: tuple[float, float], b: tuple[float, float]) -> int:
    return math.ceil(math.dist(a, b) / WALK_MPS)


def _way(made: random.Random, side: int) -> list[int]:
    x, y = made.randrange(side), made.randrange(side)
    step_x, step_y = made.choice(((1, 0), (0, 1), (-1, 0), (0, -1)))
    way = [x * side + y]
    while len(way) < 25:
        if made.random() < 0.2:
            step_x, step_y = made.choice(((step_y, step_x), (-step_y, -step_x)))
        if not (0 <= x + step_x < side and 0 <= y + step_y < side):
            step_x, step_y = -step_y, step_x
            continue
        x, y = x + step_x, y + step_y
        way.append(x * side + y)
    return list(dict.fromkeys(way))


def _calls(trip: str, time_s: int, way: list[int], stops: list[tuple[float, float]]) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    for number, stop in enumerate(way):
        if number:
            time_s += 20 + round(math.dist(stops[way[number - 1]], stops[stop]) / 7)
        clock = f"{time_s // 3600:02}:{time_s // 60 % 60:02}:{time_s % 60:02}"
        calls.append((trip, clock, clock, f"s{stop}", number))
    return calls
