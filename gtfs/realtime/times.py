"""Times as a producer writes them; none that cannot be a time of a run comes in."""

from __future__ import annotations

import re
from datetime import date

DATE, TIME = re.compile(r"(\d{4})(\d\d)(\d\d)"), re.compile(r"(\d{1,3}):([0-5]\d):([0-5]\d)")
LATEST_S = 4_102_444_800
"""2100, epoch seconds: what lies after it, or before 1970, is no time of a run, but milliseconds for instance."""
FIRST_YEAR, LAST_YEAR = 2000, 2099
MOST_DELAY_S = 10 * 86_400


class AbsurdTime(Exception):
    """The producer counts in other units or is broken: nothing of that update is told."""


def said_moment(said: int) -> int | None:
    """Epoch seconds, None where it is 0. Raises AbsurdTime."""
    if not 0 <= said < LATEST_S:
        raise AbsurdTime
    return said or None


def said_delay(said: int) -> int:
    """Raises AbsurdTime."""
    if abs(said) > MOST_DELAY_S:
        raise AbsurdTime
    return said


def said_date(said: str) -> date | None:
    found = DATE.fullmatch(said)
    try:
        day = date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def said_seconds(said: str) -> int | None:
    found = TIME.fullmatch(said)
    if not found:
        return None
    hours, minutes, seconds = map(int, found.groups())
    return hours * 3600 + minutes * 60 + seconds
