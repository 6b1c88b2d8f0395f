"""Whether a counter, or whoever answers the telephone somewhere, is there at this moment, in words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from api.present.opening_hours import spoken_hour
from api.service import Service
from api.web.language import request_language
from api.web.sentences import Sentences, sentences
from mobility.places.hours import WEEK, open_state, unsure_on_holiday


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


def closed_now(service: Service) -> Callable[[str], str]:
    """For templates: of opening hours that nobody is there now, and from when on; "" where somebody is, or nobody
    knows."""
    zone = ZoneInfo(service.config.territory.timezone)

    def told(hours: str) -> str:
        at = datetime.fromtimestamp(service.now(), zone)
        words, is_open = opening(hours, at, sentences(request_language()))
        return "" if is_open else words

    return told
