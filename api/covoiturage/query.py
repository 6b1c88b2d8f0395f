"""The queries of the standard: what is malformed is refused by name, what merely lies far off finds nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf, isfinite

from werkzeug.datastructures import MultiDict

from api.parse.value_faults import RequestFault
from mobility.carpool.board import Circle
from mobility.carpool.journeys import Moment, Usually
from mobility.errors import InvalidQuery
from mobility.geo import Point

WHOLE = re.compile(r"[+-]?[0-9]{1,30}")
TIME_OF_DAY = re.compile(r"([01][0-9]|2[0-3]):([0-5][0-9]):([0-5][0-9]|60)(\.[0-9]+)?")
WEEKDAYS = ("MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN")
MARGIN_S, RADIUS_KM = 900, 1.0


@dataclass(frozen=True, slots=True)
class Between:
    """None: so far off that there is no such place. count: None: all."""

    start: Circle | None
    end: Circle | None
    count: int | None


Args = MultiDict[str, str]


def between(args: Args) -> Between:
    start = _circle(args, "departure")
    end = _circle(args, "arrival")
    return Between(start, end, max(0, _whole(args, "count", 0)) if "count" in args else None)


def moment(args: Args) -> Moment:
    return Moment(_whole(args, "departureDate"), _whole(args, "timeDelta", MARGIN_S))


def usually(args: Args) -> Usually:
    return Usually(
        time_s=_time_of_day(args),
        within_s=_whole(args, "timeDelta", MARGIN_S),
        weekdays=_weekdays(args),
        earliest=_whole(args, "minDepartureDate") if "minDepartureDate" in args else -inf,
        latest=_whole(args, "maxDepartureDate") if "maxDepartureDate" in args else inf,
    )


def _circle(args: Args, end: str) -> Circle | None:
    lat, lon = _number(args, f"{end}Lat"), _number(args, f"{end}Lng")
    radius_km = _number(args, f"{end}Radius", RADIUS_KM)
    if abs(lat) > 90 or abs(lon) > 180 or radius_km < 0:
        return None
    return Circle(Point(lat, lon), radius_km * 1000)


def _required(args: Args, name: str) -> str:
    if name not in args:
        raise InvalidQuery(name, RequestFault.MISSING)
    return args[name]


def _number(args: Args, name: str, default: float | None = None) -> float:
    if default is not None and name not in args:
        return default
    try:
        value = float(_required(args, name))
    except ValueError:
        raise InvalidQuery(name, RequestFault.NO_NUMBER) from None
    if not isfinite(value):
        raise InvalidQuery(name, RequestFault.NO_NUMBER)
    return value


def _whole(args: Args, name: str, default: int | None = None) -> int:
    if default is not None and name not in args:
        return default
    text = _required(args, name)
    if not WHOLE.fullmatch(text):
        raise InvalidQuery(name, RequestFault.NO_WHOLE_NUMBER)
    return int(text)


def _time_of_day(args: Args) -> float:
    found = TIME_OF_DAY.fullmatch(_required(args, "departureTimeOfDay"))
    if not found:
        raise InvalidQuery("departureTimeOfDay", RequestFault.NO_TIME_OF_DAY)
    hours, minutes, seconds, part = found.groups()
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(part or 0)


def _weekdays(args: Args) -> frozenset[int]:
    names = args.get("departureWeekdays", ",".join(WEEKDAYS)).split(",")
    if unknown := set(names) - set(WEEKDAYS):
        raise InvalidQuery(
            "departureWeekdays", RequestFault.HOLDS_UNKNOWN, count=len(unknown), known=", ".join(WEEKDAYS)
        )
    return frozenset(map(WEEKDAYS.index, names))
