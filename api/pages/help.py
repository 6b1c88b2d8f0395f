"""Which days are known, and whom to ask."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from api.pages.form import Form
from api.pages.frame import Frame
from api.pages.telephone import hours_of, there_now, with_phone
from api.parse.spots import point
from api.present.opening_hours import spoken_hours
from api.present.pieces import Json
from api.web.days import written
from mobility.geo import Point, distance_m
from mobility.network.network import FeedVersion
from mobility.places.nearby import place_point
from mobility.routing.by_land import nearest_by_land
from mobility.routing.empty_reason import EmptyReason

OTHER_DATES = "outside_service_period"
OF_EVERY_DAY = frozenset(
    (
        EmptyReason.ALREADY_THERE,
        EmptyReason.WALK_TOO_LONG,
        EmptyReason.WALK_BETWEEN_TOO_LONG,
        EmptyReason.NO_STOP_NEAR_ORIGIN,
        EmptyReason.NO_STOP_NEAR_DESTINATION,
        EmptyReason.OUTSIDE_SERVICE_PERIOD,
        EmptyReason.NOBODY_GETS_IN,
        EmptyReason.NOBODY_GETS_OUT,
        EmptyReason.ORIGIN_ON_WATER,
        EmptyReason.DESTINATION_ON_WATER,
        EmptyReason.ORIGIN_OUTSIDE_TERRITORY,
        EmptyReason.DESTINATION_OUTSIDE_TERRITORY,
    )
)


def may_differ_tomorrow(code: str) -> bool:
    """Not where it is the place that nothing serves: no hour brings a stop nearer."""
    return code not in OF_EVERY_DAY


def known_days(of: Frame, code: str) -> str:
    """Which days the timetables cover, where the day asked for is none of them."""
    days = _known(of.asking.territory.network.feeds)
    return _period(of, days) if code == OTHER_DATES and days else ""


def beyond_timetables(of: Frame, lines: Iterable[int], day: date) -> str:
    """That no timetable of these lines (rows) reaches the day, and which days they cover; "" of a day within."""
    network = of.asking.territory.network
    feeds = [network.feeds[row] for row in {int(network.lines.feed[line]) for line in lines}]
    days = _known(feeds)
    if not days or any(feed.covers(day) for feed in feeds):
        return ""
    return f"{of.said['reason'][EmptyReason.OUTSIDE_SERVICE_PERIOD]} {_period(of, days)}"


def _known(feeds: Iterable[FeedVersion]) -> list[date]:
    return [day for feed in feeds for day in (feed.first_day, feed.last_day) if day]


def _period(of: Frame, days: Sequence[date]) -> str:
    first_said, last_said = (written(day, "d MMMM yyyy") for day in (min(days), max(days)))
    return str(of.said["answer"]["period"].format(first=first_said, last=last_said))


def counter(of: Frame, form: Form) -> Json | None:
    """The nearest one that answers the telephone, of those that are open or may be; where none is, of all."""
    return counter_near(of, _where(of, form.start.id) or _where(of, form.end.id))


def counter_there(of: Frame, form: Form, at: str) -> Json | None:
    """The one nearest to where one arrives, of those that may be open then. at: ISO 8601; atDeparture: it is nearer to
    where one leaves."""
    start, end = _where(of, form.start.id), _where(of, form.end.id)
    at_s = max(of.asking.now_s, int(datetime.fromisoformat(at).timestamp()))
    found = counter_near(of, end or start, at_s)
    if found is None or start is None or end is None:
        return found
    return {**found, "atDeparture": distance_m(start, found["point"]) < distance_m(end, found["point"])}


def counter_near(of: Frame, where: Point | None, at_s: int | None = None) -> Json | None:
    """The same from anywhere; None where no place is known. at_s: absent: now."""
    counters = with_phone(of.asking.territory.network.places)
    if not counters or where is None:
        return None
    counters = (
        there_now(counters, datetime.fromtimestamp(at_s or of.asking.now_s, of.asking.territory.zone)) or counters
    )
    row = nearest_by_land(of.asking.territory, where, [place_point(one) for one in counters])
    found = counters[row or 0]
    hours = hours_of(found)
    told = spoken_hours(hours, of.said) if hours else of.said["counters"]["hours_unknown"]
    return {
        "name": found.name,
        "point": place_point(found),
        "phone": found.properties["phone"],
        "hours": told,
        "openingHours": hours,
        "url": "",
    }


def _where(of: Frame, place: str) -> Point | None:
    stops = of.asking.territory.network.stops
    row = stops.id.find(place)
    if row is not None:
        return stops.point(row)
    return point(place, "place") if place else None
