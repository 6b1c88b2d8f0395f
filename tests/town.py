"""A town in a few lines: stops on a plan in kilometres, lines as timetables; and a Territory to ask.

town(stops="A 0 0, B 3 0", lines='''
    Bus1
    A     B
    8:00  8:10
    ''')
"""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from textwrap import dedent
from zoneinfo import ZoneInfo

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND, Terrain
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Spot
from mobility.routing.territory import Territory
from mobility.search.days import Days

ZONE = "Europe/Paris"
CENTRE = Point(47.75, -3.36)
KM_LAT, KM_LON = 1 / 111.195, 1 / (111.195 * 0.6723)
EVERY_DAY = ("20260101", "20261231")
FOR_LONG = ("20260101", "20491231")
"""Of a feed that is loaded, whatever day it is: one that has ended does not replace another."""


def at(plan_km: str) -> Point:
    """`2 0.5`: two kilometres east and half a kilometre north of the centre."""
    east, north = map(float, plan_km.split())
    return Point(CENTRE.lat + north * KM_LAT, CENTRE.lon + east * KM_LON)


def town(
    stops: str,
    lines: str,
    more: dict[str, str] | None = None,
    terrain: Terrain = OPEN_GROUND,
    days=EVERY_DAY,
    step_free: str = "",
) -> Territory:
    """step_free: what is known of stops and trips, `A yes, B no, Bus1-1 yes`; all else is unknown."""
    tables = _tables(stops, lines, days)
    known = dict(one.split() for one in step_free.split(",") if one)
    for name, column, of in (("stops", "wheelchair_boarding", 0), ("trips", "wheelchair_accessible", 2)):
        tables[name] = _with_known(tables[name], column, of, known)
    tables |= {name: dedent(text).strip() for name, text in (more or {}).items()}
    with tempfile.TemporaryDirectory() as folder:
        _write(tables, Path(folder))
        feed, _ = accept(Path(folder), FeedSource("t", "test"), ReadLimits(), date(2026, 6, 1))
    network = build([feed], terrain, ZONE)
    return Territory(network, StraightLine(network), Days(network))


def write_town(
    folder: Path, stops: str, lines: str, days: tuple[str, str] = FOR_LONG, more: dict[str, str] | None = None
) -> Path:
    """Its feed as a folder. more: tables by name."""
    folder.mkdir()
    _write(_tables(stops, lines, days) | (more or {}), folder)
    return folder


def moment(text: str) -> int:
    """`2026-06-03 8:00` or `2026-06-03 8:00:30` in the town's zone, as epoch seconds."""
    day, clock = text.split()
    hours, _, rest = clock.partition(":")
    local = datetime.fromisoformat(f"{day}T{int(hours):02}:{rest}").replace(tzinfo=ZoneInfo(ZONE))
    return int(local.astimezone(UTC).timestamp())


def stop(territory: Territory, name: str) -> Spot:
    return stop_spot(territory.network, territory.network.stop(f"t_{name}"))


def ask(territory: Territory, start: str, end: str, when: str, **rest) -> Query:
    return Query(spot(territory, start), spot(territory, end), moment(when), **rest)


def spot(territory: Territory, text: str) -> Spot:
    return Spot(at(text), "X") if " " in text else stop(territory, text)


def told(answer) -> list[str]:
    return [str(itinerary) for itinerary in answer.itineraries]


def _write(tables: dict[str, str], folder: Path) -> None:
    for name, text in tables.items():
        (folder / f"{name}.txt").write_text(text + "\n", "utf-8")


def _tables(stops: str, lines: str, days: tuple[str, str]) -> dict[str, str]:
    agency = f"agency_id,agency_name,agency_url,agency_timezone\nT,Town,https://town.example,{ZONE}"
    calendar = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    calendar += f"S,1,1,1,1,1,1,1,{days[0]},{days[1]}"
    positions = (row.split() for row in stops.split(","))
    rows = [f"{name},{name},{at(f'{x} {y}').lat:.7f},{at(f'{x} {y}').lon:.7f}" for name, x, y in positions]
    return {
        "agency": agency,
        "calendar": calendar,
        "stops": "\n".join(["stop_id,stop_name,stop_lat,stop_lon", *rows]),
        **_lines(lines),
    }


def _with_known(table: str, column: str, of: int, known: dict[str, str]) -> str:
    header, *rows = table.splitlines()
    states = {"yes": "1", "no": "2"}
    return "\n".join(
        [f"{header},{column}", *(f"{row},{states.get(known.get(row.split(',')[of], ''), '0')}" for row in rows)]
    )


def _lines(text: str) -> dict[str, str]:
    routes, trips, calls = [], [], []
    for block in dedent(text).strip().split("\n\n"):
        name, header, *timed = (line.strip() for line in block.splitlines())
        kind = 4 if name.startswith("Boat") else 3
        routes.append(f"{name},T,{name},,{kind}")
        for number, row in enumerate(timed):
            trip = f"{name}-{number + 1}"
            trips.append(f"{name},S,{trip}")
            called = zip(header.split(), row.split(), strict=True)
            calls += [f"{trip},{time}:00,{time}:00,{stop},{i}" for i, (stop, time) in enumerate(called) if time != "-"]
    return {
        "routes": "\n".join(["route_id,agency_id,route_short_name,route_long_name,route_type", *dict.fromkeys(routes)]),
        "trips": "\n".join(["route_id,service_id,trip_id", *trips]),
        "stop_times": "\n".join(["trip_id,arrival_time,departure_time,stop_id,stop_sequence", *calls]),
    }
