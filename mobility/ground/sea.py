"""The sea inside the box of an extract, from its coastline, which has the land on its left.

An extract holds lines and no sea: who wants an area closes it along the box.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import LinearRing, LineString, MultiPolygon, Point, Polygon
from shapely.geometry.polygon import orient

from mobility.streets.graph import E7
from mobility.streets.shores import Shores

CoastPiece = tuple[tuple[float, ...], tuple[float, ...]]
"""Longitude and latitude of two points, in the order in which the coast is drawn."""


TO_THE_EDGE = 0.01
"""Degrees: a coast that ends so near to the box was cut there, at its last point inside."""


def sea_of(shores: Shores, box: Polygon) -> MultiPolygon:
    """Empty where no coast is in the box: without one nobody knows. A coast that ends far inside parts nothing."""
    coast = [_to_the_edge(line, box) for line in _coast(shores, box)]
    if not coast:
        return MultiPolygon()
    edges = {edge for line in coast for edge in pairwise(line.coords)}
    drawn = shapely.unary_union([*coast, box.exterior])
    faces = shapely.get_parts(shapely.polygonize([drawn]))
    return MultiPolygon([face for face in map(orient, faces) if _lies_right(face, edges)])


def _coast(shores: Shores, box: Polygon) -> Iterator[LineString]:
    """As long as they go on, in their direction, inside the box."""
    pieces = [LineString(_points(shores, shore)) for shore in np.flatnonzero(shores.is_coast).tolist()]
    whole = shapely.line_merge(shapely.MultiLineString(pieces), directed=True)
    for line in shapely.get_parts(whole):
        yield from (part for part in shapely.get_parts(line.intersection(box)) if part.geom_type == "LineString")


def _points(shores: Shores, shore: int) -> NDArray[np.float64]:
    here = slice(int(shores.first[shore]), int(shores.first[shore + 1]))
    return np.asarray(np.stack([shores.lon[here], shores.lat[here]], 1) / E7)


def _to_the_edge(line: LineString, box: Polygon) -> LineString:
    """A ring stays as it is."""
    if line.is_closed:
        return line
    before, after = (_beyond(shapely.Point(line.coords[end]), box) for end in (0, -1))
    return LineString([*before, *line.coords, *after])


def _beyond(end: Point, box: Polygon) -> list[tuple[float, float]]:
    """The nearest point of the edge, where the coast was cut just before it."""
    on_edge = box.exterior.interpolate(box.exterior.project(end))
    return [(on_edge.x, on_edge.y)] if 0 < end.distance(on_edge) < TO_THE_EDGE else []


def _lies_right(face: Polygon, edges: set[CoastPiece]) -> bool:
    """Whether more of the coast round the face has it on its right. The face lies on the left of its own rings."""
    rings: list[LinearRing] = [face.exterior, *face.interiors]
    around = [edge for ring in rings for edge in pairwise(ring.coords)]
    against = sum((end, start) in edges for start, end in around)
    return against > sum(edge in edges for edge in around)
