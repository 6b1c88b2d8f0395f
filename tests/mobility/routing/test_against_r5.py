"""Helsinki, 2022-02-22 at 8:30: for each of 341 options of another engine (R5) with a ride, one of ours is as good.

As good: at the last stop no later, with no more rides, leaving no earlier than 8:30. R5 walked on a street map and
chose its first stop by it, ours are straight lines; so that only the rides are compared, the first walk may be half as
long again as R5's, and no walk follows the last stop. R5's column `departure_time` of a first walk is that of another
option now and then (a tram "leaves" before the walk to it), so the departure compared is that of the question.
"""

from __future__ import annotations

import csv
import os
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build
from mobility.geo import Point
from mobility.network.straight_line import StraightLine
from mobility.planning.planner import plan
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query, Spot, Walking
from mobility.routing.territory import Territory
from mobility.search.days import Days

REFERENCE = os.environ.get("HENT_REFERENCE_DATA")
HELSINKI = ZoneInfo("Europe/Helsinki")
ASKED = datetime(2022, 2, 22, 8, 30, tzinfo=HELSINKI)

pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENT_REFERENCE_DATA is not set")


@dataclass(frozen=True)
class Option:
    """What R5 answers: from a point to the last stop, where it gets out at arrival_s."""

    origin: Point
    last_stop: str
    arrival_s: float
    rides: int
    first_walk_s: float


def test_no_option_of_r5_beats_ours() -> None:
    territory = _helsinki()
    options = list(_options())
    beaten = [option for option in options if not _is_matched(territory, option)]
    assert len(options) == 341
    assert beaten == []


def _is_matched(territory: Territory, option: Option) -> bool:
    stop = territory.network.stop(f"hsl_{option.last_stop}")
    walking = Walking(access_s=max(900, int(option.first_walk_s * 1.5)), egress_s=0, direct_s=0)
    end = stop_spot(territory.network, stop)
    query = Query(Spot(option.origin, ""), end, int(ASKED.timestamp()), window_s=0, walking=walking)
    found = plan(territory, query).itineraries
    return any(one.arrival_s <= option.arrival_s and len(one.rides) <= option.rides for one in found)


def _helsinki() -> Territory:
    feed, _ = accept(
        Path(REFERENCE or "") / "gtfs/helsinki.zip", FeedSource("hsl", "CC BY 4.0"), ReadLimits(), date(2022, 2, 22)
    )
    network = build([feed], zone="Europe/Helsinki")
    return Territory(network, StraightLine(network), Days(network))


def _options() -> list[Option]:
    folder = Path(REFERENCE or "") / "reference"
    points = {
        row["id"]: Point(float(row["lat"]), float(row["lon"])) for row in _rows(folder / "helsinki_r5_points.csv")
    }
    segments = defaultdict(list)
    for row in _rows(folder / "helsinki_r5_itineraries.csv"):
        segments[row["from_id"], row["to_id"], row["option"]].append(row)
    return [_option(points[key[0]], rows) for key, rows in segments.items() if any(row["end_stop_id"] for row in rows)]


def _option(origin: Point, rows: list[dict[str, str]]) -> Option:
    rides = [row for row in rows if row["end_stop_id"]]
    last = rides[-1]
    leaves = datetime.fromisoformat(last["departure_time"]).replace(tzinfo=HELSINKI)
    arrives = leaves + timedelta(seconds=float(last["travel_time"]))
    first_walk_s = sum(float(row["travel_time"]) for row in rows[: rows.index(rides[0])])
    return Option(origin, last["end_stop_id"], arrives.timestamp(), len(rides), first_walk_s)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))
