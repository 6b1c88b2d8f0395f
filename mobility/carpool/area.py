"""Where shared rides belong to a territory: one that neither begins, ends nor passes there is another territory's."""

from __future__ import annotations

from dataclasses import dataclass

from shapely import LineString, box

from mobility.geo import Point

MARGIN_DEG = 0.03
"""Round the stops, where nobody has drawn the territory: about three kilometres."""


@dataclass(frozen=True, slots=True)
class Area:
    """Degrees."""

    west: float
    south: float
    east: float
    north: float

    def touches(self, start: Point, end: Point) -> bool:
        """Whether the straight line between them is in it somewhere."""
        line = LineString([(start.lon, start.lat), (end.lon, end.lat)])
        return bool(box(self.west, self.south, self.east, self.north).intersects(line))


EVERYWHERE = Area(-180, -90, 180, 90)
