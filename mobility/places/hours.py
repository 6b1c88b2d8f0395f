"""Whether a place is open at a moment, out of opening hours as OpenStreetMap writes them, as far as these are simple.

`Mo-Fr 08:00-12:00,14:00-18:30; Sa 09:00-12:30; 24/7`. Anything else (holidays, months, nth weekdays) is not known, nor
is what holds on a public holiday, of which these simple rules say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from mobility.places.public_holidays import is_public_holiday

WEEK = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
DAYS = rf"(?:{'|'.join(WEEK)})"
SPAN = r"\d\d:\d\d-\d\d:\d\d"
RULE = re.compile(rf"(?P<days>{DAYS}(?:-{DAYS})?(?:,{DAYS}(?:-{DAYS})?)*)?\s*(?P<times>{SPAN}(?:,{SPAN})*|off)")


def is_open(hours: str, at: datetime) -> bool | None:
    """at: by the clocks of the place. None: not known. The last rule that names the day decides."""
    if hours.strip() == "24/7":
        return True
    spans = None if is_public_holiday(at) else _spans(hours, at.weekday())
    if not spans:
        return None if spans is None else False
    clock = f"{at:%H:%M}"
    return any(_holds(span, clock) for span in spans)


@dataclass(frozen=True, slots=True)
class OpenState:
    """is_open: now. until: the clock at which it closes, "" where it never does. day, opens: of the next opening, so
    many days from now; "" where it is open, or none is within a week."""

    is_open: bool
    until: str = ""
    days_ahead: int = 0
    opens: str = ""


def open_state(hours: str, at: datetime) -> OpenState | None:
    """at: by the clocks of the place. None: not known. What may open on a public holiday is not waited for."""
    if hours.strip() == "24/7":
        return OpenState(True)
    if is_public_holiday(at):
        return None
    clock = f"{at:%H:%M}"
    for ahead in range(len(WEEK)):
        if is_public_holiday(at + timedelta(days=ahead)):
            continue
        spans = _spans(hours, (at.weekday() + ahead) % len(WEEK))
        if spans is None:
            return None
        for start, _, end in sorted(span.partition("-") for span in spans if span != "off"):
            if not ahead and _holds(f"{start}-{end}", clock):
                return OpenState(True, end)
            if ahead or clock < start:
                return OpenState(False, "", ahead, start)
    return OpenState(False)


def unsure_on_holiday(hours: str, at: datetime) -> bool:
    """Hours are known, and it is a public holiday, of which they say nothing."""
    return bool(hours) and is_open(hours, at) is None and is_public_holiday(at)


@lru_cache(maxsize=4096)
def _spans(hours: str, weekday: int) -> tuple[str, ...] | None:
    """Of that day; None where something is said that is not understood, or nothing at all."""
    found: tuple[str, ...] | None = None
    for text in filter(None, (part.strip() for part in hours.split(";"))):
        rule = RULE.fullmatch(text)
        if rule is None:
            return None
        if weekday in _weekdays(rule["days"]):
            found = tuple(rule["times"].split(","))
    return () if found is None and hours.strip() else found


def _weekdays(text: str | None) -> Iterator[int]:
    """Without a day it is every day; `Sa-Mo` goes on over Sunday."""
    if not text:
        yield from range(len(WEEK))
        return
    for part in text.split(","):
        first, _, last = part.partition("-")
        start, end = WEEK.index(first), WEEK.index(last or first)
        yield from (day % len(WEEK) for day in range(start, end + 1 + (len(WEEK) if end < start else 0)))


def _holds(span: str, clock: str) -> bool:
    """Over midnight only the evening is looked at."""
    start, _, end = span.partition("-")
    return start <= clock and (clock < end or end <= start) if end else False
