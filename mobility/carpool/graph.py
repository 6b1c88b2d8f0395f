"""Live offers laid over a published graph: `carpool` edges from where one gets in to where one gets out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mobility.carpool.offer import MeetingPoint, Offer, PointKind, Waypoint
from mobility.network.place_edges import Graph

HERE_DEGREES = 6
"""Places are one where their positions are equal to so many decimals."""


def with_offers(graph: Graph, offers: Iterable[Offer]) -> Graph:
    """A copy of the graph with the offers. An end that the graph does not know is a node of its own, carpool_point.

    Nobody's home is a node: places that are only about where they are, and the driver, are left out.
    """
    laid = graph.copy()
    known = {_position(about["lat"], about["lon"]): node for node, about in graph.nodes(data=True)}
    for offer in offers:
        for start, end in _stretches(offer):
            ends = [_node(laid, known, waypoint.meeting_point) for waypoint in (start, end)]
            way = {"mode": "carpool", "seconds": end.after_s - start.after_s, "metres": end.along_m - start.along_m}
            laid.add_edge(*ends, f"carpool:{offer.id}", **way, seats=offer.seats, estimated=offer.estimated)
    return laid


def _stretches(offer: Offer) -> Iterator[tuple[Waypoint, Waypoint]]:
    open_points = [one for one in offer.waypoints if one.meeting_point.kind is not PointKind.BLURRED]
    for number, start in enumerate(open_points):
        yield from ((start, end) for end in open_points[number + 1 :] if start.pickup and end.drop_off)


def _node(graph: Graph, known: dict[tuple[float, float], str], point: MeetingPoint) -> str:
    if point.id in graph:
        return point.id
    here = _position(point.point.lat, point.point.lon)
    if here not in known:
        known[here] = f"carpool_point/{here[0]},{here[1]}"
        graph.add_node(known[here], kind="carpool_point", name=point.name, lat=here[0], lon=here[1])
    return known[here]


def _position(lat: float, lon: float) -> tuple[float, float]:
    return round(lat, HERE_DEGREES), round(lon, HERE_DEGREES)
