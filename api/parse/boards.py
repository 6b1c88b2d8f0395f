"""The parameters of `stoptimes`, `stop`, `map/stops` and `one-to-all`."""

from __future__ import annotations

from dataclasses import dataclass

from api.parse.context import Asking
from api.parse.cursor import Cursor, PageDirection, cursor
from api.parse.modes import ridden
from api.parse.spots import corner, point
from api.parse.times import moment
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery, NotFound
from mobility.geo import Point
from mobility.network.network import Network
from mobility.places.match import Box
from mobility.routing.departures import BoardQuery, equivalents, within

LONGEST_WINDOW_S = 7 * 24 * 3600
FARTHEST_M = 10_000


@dataclass(frozen=True, slots=True)
class BoardSubject:
    """What a board is about: the stop asked for, -1 where it is a circle round a point, and all stops it means."""

    stop: int
    point: Point
    stops: tuple[int, ...]


def board_query(values: Values, asking: Asking) -> tuple[BoardSubject, BoardQuery]:
    both, arrive_by = values.flag("both"), values.flag("arriveBy")
    there = where(values, asking.territory.network)
    at_s = moment(values, "time", asking.territory.zone, asking.now_s)
    usual = PageDirection.EARLIER if arrive_by and not both else PageDirection.LATER
    page = cursor(values) or Cursor(_direction(values, usual), at_s)
    window_s = values.whole("window", 0, 0, LONGEST_WINDOW_S)
    return there, BoardQuery(
        stops=there.stops,
        at_s=page.at_s,
        backwards=page.direction is PageDirection.EARLIER,
        count=values.whole("n", 1 if window_s else 10, 0, asking.config.limits.stop_times),
        window_s=window_s,
        modes=ridden(values, "mode"),
        departures=both or not arrive_by,
        arrivals=both or arrive_by,
        skipped=values.flag("withScheduledSkippedStops"),
        struck=True,
    )


def where(values: Values, network: Network) -> BoardSubject:
    """By stopId, else by center and radius. Raises NotFound for an unknown stop without center."""
    radius_m = values.whole("radius", -1, 0, FARTHEST_M)
    stop = network.stops.id.find(values.text("stopId")) if values.text("stopId") else None
    if stop is None:
        return _round_center(values, network, radius_m)
    place = network.stops.point(stop)
    if values.flag("exactRadius"):
        return BoardSubject(stop, place, (stop, *(within(network, place, radius_m) if radius_m > 0 else ())))
    near = within(network, place, radius_m) if radius_m >= 0 else ()
    return BoardSubject(stop, place, tuple(dict.fromkeys([*equivalents(network, stop), *near])))


def box(values: Values) -> Box:
    """Two opposite corners, whichever."""
    a, b = corner(values, "min"), corner(values, "max")
    return Box(min(a.lat, b.lat), min(a.lon, b.lon), max(a.lat, b.lat), max(a.lon, b.lon))


def _round_center(values: Values, network: Network, radius_m: int) -> BoardSubject:
    if not values.text("center"):
        if values.text("stopId"):
            raise NotFound("stop", "stopId")
        raise InvalidQuery("stopId", RequestFault.NO_CENTER)
    center = point(values.text("center"), "center")
    if center is None:
        raise InvalidQuery("center", RequestFault.NO_PAIR)
    if radius_m < 0:
        raise InvalidQuery("radius", RequestFault.NO_RADIUS_OF_CENTER)
    return BoardSubject(-1, center, within(network, center, radius_m))


def _direction(values: Values, usual: PageDirection) -> PageDirection:
    text = values.text("direction") or usual
    if text not in set(PageDirection):
        raise InvalidQuery("direction", RequestFault.NO_DIRECTION)
    return PageDirection(text)
