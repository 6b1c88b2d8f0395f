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
    told = text[f"{key}_{kind}"].format(last=_at(gone, zone, said, is_next=False))
    then = text[f"next_{kind}"].format(day=_day(gone, zone, said), next=_at(gone, zone, said, is_next=True))
    return {
        "sentence": f"{told} {then}",
        "boat": gone.boat,
        "last": last,
        "next": following,
    }


def _at(gone: LastGone, zone: ZoneInfo, said: Sentences, is_next: bool) -> str:
    """`19:58 (ligne 6)`; of boats the clock alone, as there is no other."""
    at_s, line = (gone.next_s, gone.next_line) if is_next else (gone.last_s, gone.last_line)
    if at_s is None:
        return ""
    at = clock(at_s, zone)
    return said["gone"]["of_line"].format(clock=at, line=line) if line and not gone.boat else at


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
