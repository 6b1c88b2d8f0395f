"""What is said where there is no stop near, and where the last boat or bus is gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from api.present.day_words import DayWords
from api.present.distances import distance
from api.present.last_kilometre import contact, where
from api.present.pieces import Json
from api.present.prose import clock
from api.present.walks import farther_walks, limit_minutes, walk_between_words, walk_minutes
from api.present.way_words import their_words
from api.web.sentences import Sentences
from mobility.clock import has_left, local_date
from mobility.places.public_holidays import is_holiday_where
from mobility.planning.advice import Advice
from mobility.planning.farther import FartherRide
from mobility.planning.missed import FirstRide, LastGone
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import full_minute_s

MOST_LINES = 6
NOW_S = 600
"""What is asked about so soon is asked about now."""


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


def last_departure(gone: LastGone, days: DayWords) -> Json:
    """last: null where nothing left on that day; next: where nothing leads there for long. farther: null where no
    longer walk leads to a ride on that day. carpool: null where no driver leaves before the next."""
    text, kind = days.said.worded_for("gone", step_free=gone.step_free), "boat" if gone.boat else "any"
    last = _told_last(gone.asked_s, gone.last, days) if gone.last else ""
    of_day = days.day_of_service(gone.asked_s)
    if gone.farther:
        told = _with_usual_walks(gone.farther, kind, of_day, text)
        otherwise = text["otherwise"].format(next=_told_next(gone.next, None, days)) if gone.next else ""
        then = [farther_sentence(gone.farther, gone.asked_s, days), otherwise]
    else:
        told = text[f"{_how(gone, days.now_s)}_{kind}"].format(last=last, day=of_day) + _of_holiday(gone, days)
        named = None if gone.cancelled else gone.last
        then = [text[f"next_{kind}"].format(next=_told_next(gone.next, named, days))] if gone.next else []
    for name in _left_aside(gone):
        told = text[name].format(sentence=f"{told[:1].lower()}{told[1:]}")
    if gone.carpool_s is not None:
        then.append(text["carpool"].format(start=_told_last(gone.asked_s, FirstRide(gone.carpool_s), days)))
    return {
        "sentence": " ".join(filter(None, (f"{told[:1].upper()}{told[1:]}", *then))),
        "boat": gone.boat,
        "last": _instant(gone.last.at_s, days.zone) if gone.last else None,
        "next": _instant(gone.next.at_s, days.zone) if gone.next else None,
        "lastApproximate": gone.last is not None and gone.last.about,
        "nextApproximate": gone.next is not None and gone.next.about,
        "farther": _farther(gone.farther, days.zone) if gone.farther else None,
        "carpool": _instant(gone.carpool_s, days.zone) if gone.carpool_s is not None else None,
    }


def _left_aside(gone: LastGone) -> Iterator[str]:
    """What leaves before the next one all the same, as the catalogues call it: the sentence holds without it."""
    if gone.overnight:
        yield "without_wait"
    if gone.carpool_s is not None:
        yield "without_carpool"


def _of_holiday(gone: LastGone, days: DayWords) -> str:
    """Where nothing left all day and it is a public holiday: that it is one."""
    day = local_date(gone.asked_s, days.zone)
    if gone.last or gone.cancelled or gone.late or not is_holiday_where(days.zone, day):
        return ""
    return f" {days.said['empty_day']['holiday'].format(day=days.opening(day))}"


def _farther(found: FartherRide, zone: ZoneInfo) -> Json:
    return {
        "departure": _instant(found.ride.departure_s, zone),
        "arrival": _instant(found.arrival_s, zone),
        "departureApproximate": headway_s(found.ride) > 0,
        "arrivalApproximate": found.arrives_about,
        "walks": farther_walks(found.walks),
    }


def _with_usual_walks(found: FartherRide, kind: str, day: str, text: Mapping[str, str]) -> str:
    """That nothing leaves any more within the limits, and which one it is."""
    if found.walks.between:
        return text[f"near_change_{kind}"].format(day=day, minutes=limit_minutes(found.limit_s))
    return text[f"near_{kind}"].format(day=day, minutes=found.limit_s // 60)


def farther_sentence(found: FartherRide, asked_s: int, days: DayWords) -> str:
    """Where one walks to, what leaves there and when; from where to where one walks on the way; where one walks from.
    asked_s: epoch seconds."""
    text = days.said.worded_for("gone", step_free=found.step_free)
    ride, is_boat = found.ride, found.ride.mode == "FERRY"
    about, there_s = headway_s(ride) > 0, full_minute_s(found.arrival_s)
    first = FirstRide(ride.departure_s, "" if is_boat else ride.line_name, about=about)
    known = {"start": _told_last(asked_s, first, days), "end": days.at(there_s, found.arrives_about)}
    kind, (to, after, between), told = "boat" if is_boat else "any", found.walks, list[str]()
    if to:
        told.append(text[f"to_{kind}"].format(minutes=walk_minutes(to), stop=to.stop, **known))
    elif between:
        named = FirstRide(ride.departure_s, ride.line_name, ride.start.name, about)
        told.append(text[f"go_{kind}"].format(**known | {"start": _told_last(asked_s, named, days)}))
    if between:
        told.append(text["between"].format(**walk_between_words(between, days)))
    if after:
        name = "after" if told else f"after_{kind}"
        told.append(text[name].format(minutes=walk_minutes(after), stop=after.stop, **known))
    return " ".join(told)


def _told_last(asked_s: int, last: FirstRide, days: DayWords) -> str:
    """A clock alone is of the day that was asked about, and that is today."""
    is_of_today = local_date(asked_s, days.zone) == days.today
    return (days.moment if is_of_today else days.coming)(last.at_s, _at(last, days), about=last.about)


def _told_next(ride: FirstRide, told: FirstRide | None, days: DayWords) -> str:
    """A boat of the line and quay that the sentence has named already goes by its hour."""
    named = told is not None and ride.stop != "" and (ride.line, ride.stop) == (told.line, told.stop)
    return days.coming(ride.at_s, _at(FirstRide(ride.at_s) if named else ride, days), about=ride.about)


def _how(gone: LastGone, now_s: int) -> str:
    """How it is gone, as the catalogues call it; who asks about another moment than now need not hurry."""
    if gone.cancelled:
        return "cancelled"
    if gone.late:
        return "late"
    if gone.last is None:
        return "none"
    if gone.hurry:
        return "hurry" if abs(gone.asked_s - now_s) < NOW_S else "tight"
    if gone.too_late:
        return "too_late"
    return "last" if has_left(gone.last.at_s, now_s) else "before"


def _at(ride: FirstRide, days: DayWords) -> str:
    """`19:58 (ligne 6)`, `19:00 (ligne B1) de l’arrêt Embarcadère`."""
    text, at = days.said["gone"], clock(ride.at_s, days.zone)
    if ride.line:
        at = text["of_line"].format(clock=at, line=ride.line)
    return text["from_stop"].format(ride=at, stop=ride.stop) if ride.stop else at


def _instant(epoch_s: int, zone: ZoneInfo) -> str:
    return datetime.fromtimestamp(epoch_s, zone).isoformat()
