"""How long ahead a ride on demand is booked: `30` minutes (0: at once), or `1d 17:00`, the day before until then."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

NOTICE = re.compile(r"(?P<minutes>\d{1,6})|(?P<days>\d{1,3})d(?: (?P<clock>([01]\d|2[0-3]):[0-5]\d))?")


def is_too_late(notice: str, now_s: int, at: datetime) -> bool:
    """now_s: epoch seconds; at: of the ride, by the clocks of the place. What is not understood keeps nobody away."""
    until = deadline(notice, at, at.date())
    return until is not None and datetime.fromtimestamp(now_s, UTC) > until


def deadline(notice: str, at: datetime, day: date) -> datetime | None:
    """The last moment to book. day: of service, which days of notice count from; after midnight it is not that of `at`.
    None where none is given, or nothing that is understood."""
    rule = NOTICE.fullmatch(notice)
    if rule is None:
        return None
    if rule["minutes"]:
        return datetime.fromtimestamp(at.timestamp() - 60 * int(rule["minutes"]), at.tzinfo)
    until = time.fromisoformat(rule["clock"]) if rule["clock"] else time.max
    return datetime.combine(day - timedelta(days=int(rule["days"])), until, at.tzinfo)
