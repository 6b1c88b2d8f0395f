"""What is left to who misses a ride, as API, page, paper and terminal say it: the next possibility, the new arrival."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from api.present import reservations
from api.present.clock import stamp
from api.present.pieces import Json
from api.present.prose import clock, duration
from api.web.sentences import Sentences
from mobility.clock import local_date
from mobility.places.hours import WEEK
from mobility.planning.fallbacks import NIGHT_ENDS_S, Fallback
from mobility.routing.itinerary import RideLeg, full_minute_s

A_MINUTE_S = 60


def tell_fallbacks(itinerary: Json, found: Sequence[Fallback], zone: ZoneInfo, said: Sentences) -> None:
    """Into each leg that a ride is boarded for, under `hent.ifMissed`. found: nothing for a trip with a driver, who
    says what else there is."""
    if not found:
        return
    boarded = [leg for leg in itinerary["legs"] if leg.get("interlineWithPreviousLeg") is False]
    for leg, one in zip(boarded, found, strict=True):
        leg["hent"]["ifMissed"] = fallback(one, zone, said)


def fallback(found: Fallback, zone: ZoneInfo, said: Sentences) -> Json:
    """next: null where one walks on, or nothing is left. later: seconds."""
    known = found.arrival_s is not None
    return {
        "next": _next(found.first) if found.first else None,
        "arrival": stamp(found.arrival_s) if found.arrival_s is not None else None,
        "later": found.later_s if known else None,
        "last": found.is_last,
        "reservation": reservations.told(found.booking, "", said) if found.booking else None,
        "sentence": fallback_sentence(found, zone, said),
    }


def _next(ride: RideLeg) -> Json:
    return {
        "line": ride.line_name,
        "mode": ride.mode,
        "stop": ride.start.name,
        "stopId": ride.network.stops.id[ride.start.stop],
        "departure": stamp(ride.departure_s),
    }


def fallback_sentence(found: Fallback, zone: ZoneInfo, said: Sentences) -> str:
    """With what is to be booked for it, and by when."""
    booking = reservations.told(found.booking, "", said)["sentence"] if found.booking else ""
    return " ".join(filter(None, (_way_sentence(found, zone, said), booking)))


def _way_sentence(found: Fallback, zone: ZoneInfo, said: Sentences) -> str:
    text = said["if_missed"]
    if found.arrival_s is None:
        return text["nothing"]
    end, later = clock(full_minute_s(found.arrival_s), zone), _later(found, found.arrival_s, said)
    if found.first is None:
        return text["walk"].format(end=end, later=later)
    first, start = found.first, clock(found.first.departure_s, zone)
    elsewhere = first.start.name != found.missed.start.name
    line = text["from"].format(line=first.line_name, stop=first.start.name) if elsewhere else first.line_name
    if not found.is_last:
        return text["next"].format(line=line, start=start, end=end, later=later)
    moments = found.missed.departure_s, first.departure_s, full_minute_s(found.arrival_s)
    sentence, day = _of_last(moments, zone, said)
    return text[sentence].format(line=line, day=day, start=start, end=end)


def _of_last(moments: tuple[int, int, int], zone: ZoneInfo, said: Sentences) -> tuple[str, str]:
    """Which sentence, and its day. moments: the missed ride leaves, the next one leaves, one is there."""
    missed_s, next_s, there_s = moments
    if day := day_between((missed_s, next_s), zone, said):
        return "last", day
    if _is_over_night(missed_s, next_s, zone):
        return "last_that_night", ""
    return "last_that_day", day_between((next_s, there_s), zone, said) or said["if_missed"]["morning"]


def _is_over_night(missed_s: int, next_s: int, zone: ZoneInfo) -> bool:
    """Whether a night ends between the two."""
    before, after = (local_date(at_s - NIGHT_ENDS_S, zone) for at_s in (missed_s, next_s))
    return after > before


def _later(found: Fallback, arrival_s: int, said: Sentences) -> str:
    """From the minute at which one is there with the ride to that without it, as both are shown."""
    later_s = full_minute_s(arrival_s) - full_minute_s(arrival_s - found.later_s)
    if later_s < A_MINUTE_S:
        return said["if_missed"]["as_early"]
    return said["if_missed"]["later"].format(duration=duration(later_s, said))


def day_between(ends: tuple[int, int], zone: ZoneInfo, said: Sentences) -> str:
    """The day of the later moment, seen from that of the earlier one; "" where it is the same."""
    before, day = (local_date(at_s, zone) for at_s in ends)
    if (day - before).days > 1:
        return said["days"][WEEK[day.weekday()]]
    return said["if_missed"]["next_day"] if day > before else ""
