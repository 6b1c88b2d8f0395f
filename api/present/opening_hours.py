"""Opening hours out of OpenStreetMap's signs, as they stand on a door: `du lundi au vendredi, 8 h – 18 h 30`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from api.present.prose import listed
from api.web.sentences import Sentences
from mobility.places.hours import RULE, WEEK

DAY = re.compile(r"\b(?:Mo|Tu|We|Th|Fr|Sa|Su|PH)\b")


def spoken_hours(hours: str, said: Sentences) -> str:
    """What cannot be read as rules of days and times stays as it was published, but for the names of its days."""
    days, parts = said["days"], [part.strip() for part in hours.split(";") if part.strip()]
    if hours.strip() == "24/7":
        return days["always"]
    rules = [RULE.fullmatch(part) for part in parts]
    told = [_rule(rule, days) for rule in rules if rule]
    return days["then"].join(told) if len(told) == len(parts) else DAY.sub(lambda found: days[found[0]], hours)


def spoken_hour(clock: str, said: Sentences) -> str:
    """`8 h`, `18 h 30` of `08:00`, `18:30`: the hour of a house, not of a vehicle."""
    return _hour(clock, said["days"])


def _rule(rule: re.Match[str], days: Mapping[str, str]) -> str:
    times = days["off"] if rule["times"] == "off" else listed(list(_spans(rule["times"], days)), days["and"])
    return days["rule"].format(days=_days(rule["days"], days), times=times)


def _spans(times: str, days: Mapping[str, str]) -> Iterator[str]:
    for span in times.split(","):
        opens, _, closes = span.partition("-")
        yield days["span"].format(opens=_hour(opens, days), closes=_hour(closes, days))


def _hour(clock: str, days: Mapping[str, str]) -> str:
    hour, minute = map(int, clock.split(":"))
    return days["hour_minute" if minute else "hour"].format(hour=hour, minute=minute)


def _days(text: str | None, days: Mapping[str, str]) -> str:
    if not text:
        return days["every"]
    return listed([told for part in text.split(",") for told in _run(part, days)], days["and"])


def _run(part: str, days: Mapping[str, str]) -> Iterator[str]:
    """One day, two that follow each other, or a longer run of them; a whole week is every day."""
    first, _, last = part.partition("-")
    length = (WEEK.index(last or first) - WEEK.index(first)) % len(WEEK) + 1
    if length == len(WEEK):
        yield days["every"]
    elif length > 2:
        yield days["run"].format(first=days[first], last=days[last])
    else:
        yield from (days[day] for day in dict.fromkeys((first, last or first)))
