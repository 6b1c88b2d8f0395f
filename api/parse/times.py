"""Points in time as real clients write them, which is not always ISO 8601.

Seen in the wild: `2026-1-3T7:05:00.0+0200`, a `+` that became a space, no seconds, no offset.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.clock import is_skipped, written
from mobility.errors import InvalidQuery, SkippedHour

WRITTEN = re.compile(
    r"(?P<date>\d{4}-\d{1,2}-\d{1,2})[Tt ](?P<hour>\d{1,2}):(?P<minute>\d{1,2})(?::(?P<second>\d{1,2})(?:[.,]\d+)?)?"
    r"\s*(?P<offset>[Zz]|[+\- ]?\d{2}:?\d{2}|[+\-]\d{2})?",
    re.ASCII,
)
EPOCH, SECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(seconds=1)
FIRST_S, LAST_S = -2_208_988_800, 7_258_118_399
"""1900 and 2199. What lies beyond counts as these: no timetable holds then, and calendars end."""


def moment(values: Values, name: str, zone: ZoneInfo, now_s: int) -> int:
    """Epoch seconds; now where it is not given; clocks of `zone` where it has no offset, the first time where they show
    it twice. Raises InvalidQuery, SkippedHour."""
    text = values.text(name)
    if not text:
        return now_s
    found = WRITTEN.fullmatch(text)
    if found is None:
        raise InvalidQuery(name, RequestFault.NO_DATE_AND_TIME)
    try:
        at = datetime(*_date(found["date"]), *_clock(found), tzinfo=_offset(found["offset"]) or zone)
        seconds = (at - EPOCH) // SECOND
        if FIRST_S < seconds < LAST_S and at.tzinfo is zone and is_skipped(at.date(), at.time(), zone):
            raise SkippedHour(name, written(seconds, zone))
    except (ValueError, OverflowError):
        raise InvalidQuery(name, RequestFault.NOT_IN_CALENDAR) from None
    return max(FIRST_S, min(seconds, LAST_S))


def day_asked(values: Values, name: str) -> date | None:
    """None where it is not given. Raises InvalidQuery."""
    text = values.text(name)
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidQuery(name, RequestFault.NO_DAY) from None


def _date(text: str) -> tuple[int, int, int]:
    year, month, day = text.split("-")
    return int(year), int(month), int(day)


def _clock(found: re.Match[str]) -> tuple[int, int, int]:
    """A leap second, :60, counts as the second before it."""
    second = int(found["second"] or 0)
    return int(found["hour"]), int(found["minute"]), 59 if second == 60 else second


def _offset(text: str | None) -> timezone | None:
    if not text:
        return None
    if text in "Zz":
        return UTC
    digits = text.lstrip("+- ").replace(":", "")
    ahead = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-ahead if text.startswith("-") else ahead)
