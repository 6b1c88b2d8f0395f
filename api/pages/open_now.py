"""Whether a counter, or whoever answers the telephone somewhere, is there at a moment, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from api.present.day_words import DayWords
from api.present.opening_hours import spoken_hour
from api.service import Service
from api.web.language import request_language
from api.web.sentences import Sentences, sentences
from mobility.places.hours import WEEK, open_state, unsure_on_holiday

SOON_S = 600
"""What is so near is now."""


def opening(hours: str, at: datetime, said: Sentences) -> tuple[str, bool]:
    """Open until when, or when it opens, that one had better call on a public holiday,
    "" where that is not known; and whether it is open. at: by its clocks."""
    found, text = open_state(hours, at), said["counters"]
    if unsure_on_holiday(hours, at):
        return text["public_holiday"], False
    if found is None or not hours:
        return "", False
    if found.is_open:
        until = text["open_until"].format(clock=spoken_hour(found.until, said)) if found.until else text["always_open"]
        return until, True
    if not found.opens:
        return text["closed"], False
    weekday = said["days"][WEEK[(at.weekday() + found.days_ahead) % len(WEEK)]]
    day = said["day"]["tomorrow"] if found.days_ahead == 1 else said["day"]["on"].format(day=weekday)
    key = "opens" if found.days_ahead else "opens_today"
    return text[key].format(day=day, clock=spoken_hour(found.opens, said)), False


def closed_then(hours: str, at: datetime, days: DayWords) -> str:
    """The same of the moment at which one is there, which is not now: days are told from the clock; "" where it is open
    then, or nobody knows."""
    found, text = open_state(hours, at), days.said["counters"]
    if unsure_on_holiday(hours, at):
        return text["public_holiday"]
    if found is None or found.is_open or not hours:
        return ""
    if not found.opens:
        return text["closed_then"]
    opens = days.day(at.date() + timedelta(days=found.days_ahead))
    key = "opens_then" if found.days_ahead else "opens_that_day"
    return text[key].format(day=opens, clock=spoken_hour(found.opens, days.said))


def closed_now(service: Service) -> Callable[..., str]:
    """For templates: of opening hours that nobody is there now, and from when on; "" where somebody is, or nobody
    knows. With a moment (ISO 8601) at which one will be there: whether somebody is there then."""
    zone = ZoneInfo(service.config.territory.timezone)

    def told(hours: str, at: str = "") -> str:
        now_s, said = service.now(), sentences(request_language())
        now = datetime.fromtimestamp(now_s, zone)
        then = datetime.fromisoformat(at).astimezone(zone) if at else now
        if (then - now).total_seconds() > SOON_S:
            return closed_then(hours, then, DayWords(said, zone, now_s, then.date()))
        words, is_open = opening(hours, now, said)
        return "" if is_open else words

    return told
