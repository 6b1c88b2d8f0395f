"""The edges of the graph between a place and stops, never between two stops: on foot, by bike, by car, on demand.

walk       every place that is a point, at both paces: the stops within LONGEST_S
bike       a bike shelter, a town centre, a commune's centre: the stops within BIKE_S
car        a commune's centre: the stops within CAR_S; a car park: those that one walks to once the car is left there
on_demand  a zone: the stops that it holds
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from mobility.geo import EARTH_RADIUS_M, Point, on_unit_sphere
from mobility.network.network import Network
from mobility.network.place import AREAS, TerritoryPlace
from mobility.network.place_ways import LONGEST_S, PACES, STEP_FREE, PlaceWays, by_stop
from mobility.network.ways import Reach, StreetRouter

if TYPE_CHECKING:
    import networkx as nx

Graph: TypeAlias = "nx.MultiDiGraph[str]"
Edge = tuple[str, str, str, dict[str, Any]]
Named = tuple[TerritoryPlace, str]
"""A place and its node."""
OF_A_WALK = ("seconds", "metres", "unknown_m", "estimated", "step_free")

BY_BIKE = ("bike_shelter", "town_centre", "commune")
BIKE_S, BIKE_MPS = 900, 4.2
CAR_S, CAR_MPS = 900, 7.0
"""CAR_MPS: where no map of streets says how fast one drives."""


def place_names(network: Network) -> list[str]:
    """As in the API; of two places of equal id the second is `KIND/ID#2`."""
    times = Counter[str]()
    names = []
    for place in network.places:
        name = f"{place.kind}/{place.id}"
        times[name] += 1
        names.append(name if times[name] == 1 else f"{name}#{times[name]}")
    return names


def place_edges(network: Network, streets: StreetRouter) -> Iterator[Edge]:
    """Of all places. Walks are those of the column, and looked for where the network has none yet."""
    is_made = len(network.place_ways.first) > 0
    yield from _known(network) if is_made else _looked_for(network, streets)
    names = list(network.stops.id)
    for place, name in zip(network.places, place_names(network), strict=True):
        if place.kind in BY_BIKE:
            yield from _by_vehicle(streets, names, (place, name), ("bike", BIKE_S, BIKE_MPS))
        if place.kind == "commune":
            yield from _by_vehicle(streets, names, (place, name), ("car", CAR_S, CAR_MPS))
        if place.kind == "on_demand":
            yield from _held(network, names, (place, name))


def compiled(graph: Graph, network: Network) -> PlaceWays:
    """The walks from stops to places, out of the graph: the out-edges of its stops."""
    row_of = {name: row for row, name in enumerate(network.stops.id)}
    found = [
        (row_of[stop], row, *(int(way[what]) for what in OF_A_WALK))
        for row, name in enumerate(place_names(network))
        for stop, _, way in graph.in_edges(name, data=True)
        if way["mode"] == "walk"
    ]
    stop, place, seconds, metres, unknown_m, estimated, step_free = np.array(found, np.int32).reshape(-1, 7).T
    ways = PlaceWays(
        np.empty(0, np.int32), place, seconds, metres, unknown_m, estimated.astype(bool), step_free.astype(bool)
    )
    return by_stop(len(network.stops), stop, _apart_m(network, stop, place), ways)


def _apart_m(network: Network, stop: NDArray[np.int32], place: NDArray[np.int32]) -> NDArray[np.float64]:
    """In a straight line."""
    there = on_unit_sphere(*(np.array([getattr(one, name) for one in network.places]) for name in ("lat", "lon")))
    here = on_unit_sphere(network.stops.lat[stop], network.stops.lon[stop])
    apart_m: NDArray[np.float64] = EARTH_RADIUS_M * np.linalg.norm(here - there[place], axis=1)
    return apart_m


def _looked_for(network: Network, streets: StreetRouter) -> Iterator[Edge]:
    stops = list(network.stops.id)
    for place, name in zip(network.places, place_names(network), strict=True):
        for pace in PACES if place.kind not in AREAS else ():
            reach = streets.access(Point(place.lat, place.lon), LONGEST_S, network.terrain.speed_mps, pace)
            for stop, way in _told(reach, "walk"):
                yield from _there_and_back((place, name), stops[stop], way | {"step_free": pace == STEP_FREE})


def _told(reach: Reach, mode: str) -> Iterator[tuple[int, dict[str, Any]]]:
    unknown_m = reach.unknown_m if len(reach.unknown_m) else np.zeros_like(reach.metres)
    columns = (reach.stop, reach.seconds, reach.metres, unknown_m, reach.estimated)
    for stop, seconds, metres, unknown, estimated in zip(*(column.tolist() for column in columns), strict=True):
        way = {"mode": mode, "seconds": seconds, "metres": metres, "estimated": estimated}
        yield stop, way | ({"unknown_m": unknown} if mode == "walk" else {})


def _known(network: Network) -> Iterator[Edge]:
    ways, stops, names = network.place_ways, list(network.stops.id), place_names(network)
    columns = (ways.stop, ways.place, ways.seconds, ways.metres, ways.unknown_m, ways.estimated, ways.step_free)
    for stop, place, *numbers in zip(*(column.tolist() for column in columns), strict=True):
        way = {"mode": "walk", **dict(zip(OF_A_WALK, numbers, strict=True))}
        yield from _there_and_back((network.places[place], names[place]), stops[stop], way)


def _there_and_back(place: Named, stop: str, way: dict[str, Any]) -> Iterator[Edge]:
    """A walk is as long back; past a car park it is how one goes on who came by car."""
    kind, name = place[0].kind, place[1]
    key = "walk:step_free" if way["step_free"] else "walk"
    yield name, stop, key, way
    yield stop, name, key, way
    if kind == "car_park" and not way["step_free"]:
        by_car = {"mode": "car", **{what: way[what] for what in ("seconds", "metres", "estimated")}}
        yield name, stop, "car", by_car
        yield stop, name, "car", by_car


def _by_vehicle(
    streets: StreetRouter, stops: list[str], place: Named, vehicle: tuple[str, int, float]
) -> Iterator[Edge]:
    """vehicle: mode, longest seconds, metres per second."""
    mode, longest_s, speed_mps = vehicle
    here, name = Point(place[0].lat, place[0].lon), place[1]
    for inward in (False, True):
        for stop, way in _told(streets.access(here, longest_s, speed_mps, mode.upper(), inward), mode):
            ends = (stops[stop], name) if inward else (name, stops[stop])
            yield *ends, mode, way


def _held(network: Network, names: list[str], place: Named) -> Iterator[Edge]:
    stops, (zone, name) = network.stops, place
    area = shapely.from_wkt(zone.area) if zone.area else shapely.Polygon()
    west, south, east, north = area.bounds
    near = (stops.lon >= west) & (stops.lon <= east) & (stops.lat >= south) & (stops.lat <= north)
    stop_rows = np.flatnonzero(near & (stops.modes != 0) & (stops.kind == 0))
    inside = shapely.covers(area, shapely.points(stops.lon[stop_rows], stops.lat[stop_rows]))
    for stop in stop_rows[inside].tolist():
        yield name, names[stop], "on_demand", {"mode": "on_demand"}
        yield names[stop], name, "on_demand", {"mode": "on_demand"}
