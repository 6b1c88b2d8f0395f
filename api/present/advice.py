"""What is said where there is no stop near, and where the last boat or bus is gone."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.present.distances import distance
from api.present.last_kilometre import contact, where
from api.present.pieces import Json
from api.present.prose import clock
from api.present.way_words import their_words
from api.web.sentences import Sentences
from mobility.clock import local_date
from mobility.places.hours import WEEK
from mobility.planning.advice import Advice
from mobility.planning.missed import FirstRide, LastGone

MOST_LINES = 6


def advised(one: Advice, said: Sentences) -> Json:
    """distance: in metres as the crow flies, null inside of a zone."""
    return {
        "end": one.end.value,
        "kind": one.kind,
        "sentence": _sentence(one, said),
        "place": where(one.where),
        "distance": one.distance_m,
        "lines": list(one.lines),
        **contact(one.contact),
    }


def _sentence(one: Advice, said: Sentences) -> str:
    text = said["advice"]
    told = text[f"{one.kind}_{one.end.value}" if f"{one.kind}_{one.end.value}" in text else one.kind].format(
        name=one.where.name, distance="" if one.distance_m is None else distance(one.distance_m, said)
    )
    if one.lines:
        told += " " + text["lines"].format(lines=", ".join(one.lines[:MOST_LINES]))
    words = their_words(one.contact, said)
    return f"{told} {words}" if words else told


def last_departure(gone: LastGone, zone: ZoneInfo, said: Sentences) -> Json:
    """last: null where nothing left on that day."""
    text, kind = said["gone"], "boat" if gone.boat else "any"
    last = _at(gone.last, zone, said) if gone.last else ""
    told = text[f"{_how(gone)}_{kind}"].format(last=last)
    then = text[f"next_{kind}"].format(day=_day(gone, zone, said), next=_at(gone.next, zone, said))
    return {
        "sentence": f"{told} {then}",
        "boat": gone.boat,
        "last": _instant(gone.last.at_s, zone) if gone.last else None,
        "next": _instant(gone.next.at_s, zone),
    }


def _how(gone: LastGone) -> str:
    """How it is gone, as the catalogues call it."""
    if gone.cancelled:
        return "cancelled"
    if gone.last is None:
        return "none"
    if gone.hurry:
        return "hurry"
    return "too_late" if gone.too_late else "last"


def _at(ride: FirstRide, zone: ZoneInfo, said: Sentences) -> str:
    """`19:58 (ligne 6)`."""
    at = clock(ride.at_s, zone)
    return said["gone"]["of_line"].format(clock=at, line=ride.line) if ride.line else at


def _day(gone: LastGone, zone: ZoneInfo, said: Sentences) -> str:
    """Seen from the moment asked about: after midnight the morning is that of the same day."""
    asked, day = local_date(gone.asked_s, zone), local_date(gone.next.at_s, zone)
    days = (day - asked).days
    if days > 1:
        return _weekday(day, said)
    return said["gone"]["tomorrow" if days else "today"]


def _weekday(day: date, said: Sentences) -> str:
    return said["days"][WEEK[day.weekday()]]


def _instant(epoch_s: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(epoch_s, zone).isoformat()
