"""Stops and stations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import shapely
from numpy.typing import NDArray

from gtfs.earth import METRES_A_DEGREE
from gtfs.feed import Feed
from gtfs.notice import Severity
from gtfs.outlines import outlines
from gtfs.places import NEAR_ORIGIN
from gtfs.rules.registry import Place, at_rows, rule
from gtfs.values import floats, integers, rows_of

Bools = NDArray[np.bool_]

STOP, STATION, ENTRANCE, NODE, BOARDING_AREA = range(5)
"""location_type"""
TWO_METRES = 2 / METRES_A_DEGREE
"""In degrees of latitude."""


def _kind(feed: Feed) -> NDArray[np.int32]:
    return integers(feed.tables["stops"]["location_type"], "0-4", STOP)


def _parent(feed: Feed) -> NDArray[np.int32]:
    return rows_of(feed.keys("stops"), feed.tables["stops"]["parent_station"])


@rule(Severity.WARNING)
def missing_stop_name(feed: Feed, today: date) -> Iterator[Place]:
    """A stop, station or entrance without a name and without a station to take it from. Source: GTFS, stop_name."""
    table = feed.tables["stops"]
    yield from at_rows(table, table["stop_name"].blank() & (_kind(feed) <= ENTRANCE) & (_parent(feed) < 0), "stop_id")


@rule(Severity.ERROR)
def stop_without_location(feed: Feed, today: date) -> Iterator[Place]:
    """A stop, station or entrance without coordinates: nobody can walk to it. Source: GTFS reference, stop_lat."""
    table = feed.tables["stops"]
    lost = table["stop_lat"].blank() | table["stop_lon"].blank()
    yield from at_rows(table, lost & (_kind(feed) <= ENTRANCE), "stop_id")


@rule(Severity.ERROR)
def point_near_origin(feed: Feed, today: date) -> Iterator[Place]:
    """A stop within a degree of 0, 0: it counts as having no position. Source: canonical, point_near_origin."""
    table = feed.tables["stops"]
    lat, lon = floats(table["stop_lat"], "latitude"), floats(table["stop_lon"], "longitude")
    yield from at_rows(table, (np.abs(lat) <= NEAR_ORIGIN) & (np.abs(lon) <= NEAR_ORIGIN), "stop_id")


@rule(Severity.INFO)
def unused_stop(feed: Feed, today: date) -> Iterator[Place]:
    """No trip calls at the stop. Source: canonical validator, stop_without_stop_time."""
    table = feed.tables["stops"]
    named = set(feed.tables["stop_times"]["stop_id"].values) | set(
        feed.tables["location_group_stops"]["stop_id"].values
    )
    used = np.array([text in named for text in table["stop_id"].values], bool)[table["stop_id"].codes]
    yield from at_rows(table, ~used & (_kind(feed) == STOP), "stop_id")


@rule(Severity.INFO)
def stops_at_one_place(feed: Feed, today: date) -> Iterator[Place]:
    """Two stops within two metres, of different names, not of one station: perhaps one and the same. Source: Hent."""
    table = feed.tables["stops"]
    lat, lon = floats(table["stop_lat"], "latitude"), floats(table["stop_lon"], "longitude")
    rows = np.flatnonzero((_kind(feed) == STOP) & ~np.isnan(lat) & ~np.isnan(lon))
    points: NDArray[np.object_] = np.asarray(shapely.points(lon[rows], lat[rows]))
    pairs = shapely.STRtree(points).query(points, "dwithin", TWO_METRES).T
    ids, name, parent = table["stop_id"].texts(), table["stop_name"].texts(), _parent(feed)
    for first, second in (rows[pair] for pair in pairs[pairs[:, 0] < pairs[:, 1]]):
        of_one_station = parent[first] >= 0 and parent[first] == parent[second]
        if name[first].casefold() != name[second].casefold() and not of_one_station:
            yield Place(table.file, int(table.lines[second]), "stop_id", str(ids[second]), f"as {ids[first]}")


@rule(Severity.ERROR)
def location_with_unexpected_stop_time(feed: Feed, today: date) -> Iterator[Place]:
    """A trip calls at a station, entrance or node instead of a stop. Source: GTFS reference, stop_times.stop_id."""
    table, stops = feed.tables["stop_times"], feed.tables["stops"]
    wrong = {str(text) for text in stops["stop_id"].texts()[(_kind(feed) != STOP) & (_kind(feed) != BOARDING_AREA)]}
    column = table["stop_id"]
    at_wrong = np.array([text in wrong for text in column.values], bool)
    if at_wrong.any():
        yield from at_rows(table, at_wrong[column.codes], "stop_id")


@rule(Severity.ERROR)
def wrong_parent_location_type(feed: Feed, today: date) -> Iterator[Place]:
    """A parent that is no station (or, of a boarding area, no stop), or a station with one. Source: GTFS reference."""
    table, kind, parent = feed.tables["stops"], _kind(feed), _parent(feed)
    child = parent >= 0
    expected = np.where(kind == BOARDING_AREA, STOP, STATION)
    wrong = np.zeros(len(table), bool)
    wrong[child] = (kind[parent[child]] != expected[child]) | (kind[child] == STATION)
    yield from at_rows(table, wrong, "parent_station")


@rule(Severity.WARNING)
def location_without_parent_station(feed: Feed, today: date) -> Iterator[Place]:
    """An entrance, node or boarding area belongs to nothing. Source: GTFS reference, parent_station."""
    table = feed.tables["stops"]
    yield from at_rows(table, (_kind(feed) >= ENTRANCE) & table["parent_station"].blank(), "stop_id")


@rule(Severity.ERROR)
def outline_crosses_itself_too_often(feed: Feed, today: date) -> Iterator[Place]:
    """An on-demand zone whose outline crosses itself too often to be put right; it is left out. Source: Hent."""
    for id, area in outlines(feed.locations):
        if area is None:
            yield Place("locations.geojson", field="geometry", value=id)


@rule(Severity.INFO)
def wheelchair_access_unknown(feed: Feed, today: date) -> Iterator[Place]:
    """Whether a wheelchair can board is not said, at stops or on trips (one notice a file). Source: GTFS."""
    stops, trips = feed.tables["stops"], feed.tables["trips"]
    for table, field in ((stops, "wheelchair_boarding"), (trips, "wheelchair_accessible")):
        unknown = integers(table[field], "0-2", 0) == 0
        if table is stops:
            unknown &= (_kind(feed) == STOP) & table["parent_station"].blank()
        if unknown.any():
            yield Place(table.file, 0, field, message=f"unknown in {int(unknown.sum())} of {len(table)} rows")
