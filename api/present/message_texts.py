"""What an operator's message says in each language that is spoken here, ready made: effect and reason."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from api.present.day_words import DayWords
from api.web.sentences import EASY, LANGUAGES, sentences
from mobility.clock import at_clock, hour_and_minute, local_date
from mobility.live.messages import QUAY, MessageEffect, OperatorMessage
from mobility.network.live_alerts import Texts

ALONE = frozenset({MessageEffect.WORKS, MessageEffect.EVENT})
"""These say their reason themselves."""
MOVED = {
    (False, False): "moved",
    (True, False): "moved_hour",
    (False, True): "moved_quay",
    (True, True): "moved_hour_quay",
}
"""Key, by whether the hour and the quay are said."""


def texts_by_clocks(timezone: str) -> Callable[[OperatorMessage], Texts]:
    """For who writes them down without asking."""
    return partial(message_texts, zone=ZoneInfo(timezone))


def message_texts(message: OperatorMessage, zone: ZoneInfo) -> Texts:
    """zone: of the clocks that it names."""
    return tuple((language, _sentence(message, language, zone)) for language in (*LANGUAGES, EASY))


def _sentence(message: OperatorMessage, language: str, zone: ZoneInfo) -> str:
    everything = sentences(language)
    said = everything["messages"]
    shown = hour_and_minute(_clock(message)) if message.clock else ""
    what = said[_what(message)].format(clock=shown, quay=QUAY)
    told = what if message.effect in ALONE else said["because"].format(what=what, why=said[f"cause_{message.cause}"])
    if message.effect is not MessageEffect.AT_RISK or not message.clock:
        return told
    at = DayWords(everything, zone, message.at_s).dated(decided_s(message, zone))
    return said["decided"].format(told=told, at=at)


def decided_s(message: OperatorMessage, zone: ZoneInfo) -> int:
    """Epoch seconds. An operator types an hour alone: the last such one before what is at risk, as one decides on the
    evening before; where that was over when it was typed, the next one."""
    risk_s = message.departs_s or (message.until_s if message.trip else message.from_s)
    day = local_date(risk_s, zone)
    last_s = max(at_s for at_s in _that_hour(message, day - timedelta(days=1), zone) if at_s < risk_s)
    if last_s >= message.at_s:
        return last_s
    return min(at_s for at_s in _that_hour(message, local_date(message.at_s, zone), zone) if at_s >= message.at_s)


def is_decided_too_late(message: OperatorMessage, zone: ZoneInfo) -> bool:
    """Whether the trip has left by then, or all that may be cancelled is over."""
    if message.effect is not MessageEffect.AT_RISK or not message.clock:
        return False
    return decided_s(message, zone) >= (message.departs_s or message.until_s)


def _that_hour(message: OperatorMessage, day: date, zone: ZoneInfo) -> list[int]:
    """Of that day and the next."""
    return [at_clock(one, _clock(message), zone) for one in (day, day + timedelta(days=1))]


def _clock(message: OperatorMessage) -> time:
    return time.fromisoformat(message.clock)


def _what(message: OperatorMessage) -> str:
    """Key of the sentence."""
    if message.effect is MessageEffect.MOVED:
        return MOVED[bool(message.clock), bool(message.to_stop)]
    is_closed = message.effect is MessageEffect.CANCELLED and message.stop
    return "closed" if is_closed else message.effect.value
