"""Vehicles for hire laid over a published graph: `bike_station` nodes, and `rental` edges between each and stops."""

from __future__ import annotations

import numpy as np

from mobility.geo import distances_m
from mobility.network.place_edges import Graph
from mobility.network.terrain import OPEN_GROUND
from mobility.rentals.systems import RentalBoard, RentalStation

NEAR_M = 300.0
"""Of a straight line: nearer than that a station is the stop's."""


def with_rentals(graph: Graph, board: RentalBoard) -> Graph:
    """A copy of the graph with the stations, as they are now. A vehicle is hired or left at a station by who gets out
    or in at one of the stops beside it; how far it is from there is a straight line times a factor."""
    laid = graph.copy()
    stops = [node for node, about in graph.nodes(data=True) if about["kind"] == "stop" and about["modes"]]
    lat, lon = (np.array([graph.nodes[stop][name] for stop in stops], float) for name in ("lat", "lon"))
    for system in board.systems():
        for station in system.stations:
            node = f"bike_station/{system.id}/{station.id}"
            laid.add_node(node, **_about(station, system.id))
            straight_m = distances_m(station.point, lat, lon)
            for row in np.flatnonzero(straight_m <= NEAR_M).tolist():
                metres = straight_m[row] * OPEN_GROUND.detour_factor
                walk = {"seconds": round(metres / OPEN_GROUND.speed_mps), "metres": round(metres), "estimated": True}
                laid.add_edge(node, stops[row], "rental", mode="rental", **walk)
                laid.add_edge(stops[row], node, "rental", mode="rental", **walk)
    return laid


def _about(station: RentalStation, system: str) -> dict[str, str | float | int]:
    counted = {"vehicles": station.vehicles, "docks": station.docks}
    where = {"lat": station.point.lat, "lon": station.point.lon}
    about = {"kind": "bike_station", "name": station.name, "system": system}
    return {**about, **where, **{name: count for name, count in counted.items() if count is not None}}
