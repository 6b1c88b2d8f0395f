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
from mobility.planning.missed import LastGone

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
    last, following = _instant(gone.last_s, zone), _instant(gone.next_s, zone)
    key = (
        "cancelled"
        if gone.cancelled
        else "none"
        if gone.last_s is None
        else "hurry"
        if gone.hurry
        else "too_late"
        if gone.too_late
        else "last"
    )
    first = "" if gone.last_s is None else clock(gone.last_s, zone)
    told = text[f"{key}_{kind}"].format(last=first)
    return {
        "sentence": f"{told} {text[f'next_{kind}'].format(day=_day(gone, zone, said), next=clock(gone.next_s, zone))}",
        "boat": gone.boat,
        "last": last,
        "next": following,
    }


def _day(gone: LastGone, zone: ZoneInfo, said: Sentences) -> str:
    """Seen from the moment asked about: after midnight the morning is that of the same day."""
    asked, day = local_date(gone.asked_s, zone), local_date(gone.next_s, zone)
    days = (day - asked).days
    if days > 1:
        return _weekday(day, said)
    return said["gone"]["tomorrow" if days else "today"]


def _weekday(day: date, said: Sentences) -> str:
    return said["days"][WEEK[day.weekday()]]


def _instant(epoch_s: int | None, zone: ZoneInfo) -> str | None:
    return None if epoch_s is None else datetime.fromtimestamp(epoch_s, zone).isoformat()
