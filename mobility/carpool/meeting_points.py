"""Where people of a territory get in and out of a shared car: carpool places, stops, points of the config."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from mobility.carpool.offer import MeetingPoint, PointKind
from mobility.geo import Point, distance_m
from mobility.network.network import Network
from mobility.network.point_index import PointIndex
from mobility.network.terrain import Barriers, Terrain

PREFERRED = (PointKind.CONFIGURED, PointKind.CARPOOL_PLACE, PointKind.STOP)
"""Of several at one place, the one made for it."""


class MeetingPoints:
    """Asked by nearness; a point beyond water is not near."""

    def __init__(self, points: Sequence[MeetingPoint], terrain: Terrain) -> None:
        self.points = tuple(points)
        self._by_id = {one.id: one for one in reversed(self.points)}
        self._barriers = Barriers.of(terrain)
        lat, lon = (np.array([getattr(one.point, name) for one in points], np.float64) for name in ("lat", "lon"))
        self._index = PointIndex(lat, lon)

    def near(self, point: Point, within_m: float) -> list[MeetingPoint]:
        """The nearest first."""
        found = [self.points[row] for row in self._index.within(point, within_m)]
        dry = self._dry(point, found)
        return sorted(
            (one for one, open_way in zip(found, dry, strict=True) if open_way),
            key=lambda one: (round(distance_m(point, one.point)), PREFERRED.index(one.kind), one.id),
        )

    def find(self, point_id: str) -> MeetingPoint | None:
        return self._by_id.get(point_id)

    def _dry(self, point: Point, found: Sequence[MeetingPoint]) -> NDArray[np.bool_]:
        ends = np.array([[one.point.lon, one.point.lat] for one in found], np.float64).reshape(-1, 2)
        starts = np.broadcast_to([point.lon, point.lat], ends.shape)
        lengths_m = np.array([distance_m(point, one.point) for one in found], np.float64)
        return ~self._barriers.lie_across(starts, ends, lengths_m)


def meeting_points(network: Network, configured: Iterable[MeetingPoint] = ()) -> MeetingPoints:
    """All of a network: the carpool places and the stops at which something calls."""
    places = [
        MeetingPoint(place.id, place.name, Point(place.lat, place.lon), PointKind.CARPOOL_PLACE)
        for place in network.places
        if place.kind == "carpool_point"
    ]
    return MeetingPoints([*configured, *places, *_stops(network)], network.terrain)


def _stops(network: Network) -> list[MeetingPoint]:
    stops = network.stops
    served = np.flatnonzero((stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)).tolist()
    return [MeetingPoint(stops.id[row], stops.name[row], stops.point(row), PointKind.STOP) for row in served]
