"""How long ahead a ride on demand is booked: `30` minutes (0: at once), or `1d 17:00`, the day before until then."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta

NOTICE = re.compile(r"(?P<minutes>\d{1,6})|(?P<days>\d{1,3})d(?: (?P<clock>([01]\d|2[0-3]):[0-5]\d))?")


def is_too_late(notice: str, now_s: int, at: datetime) -> bool:
    """now_s: epoch seconds; at: of the ride, by the clocks of the place. What is not understood keeps nobody away."""
    rule = NOTICE.fullmatch(notice)
    if rule is None:
        return False
    if rule["minutes"]:
        return at.timestamp() - now_s < 60 * int(rule["minutes"])
    until = time.fromisoformat(rule["clock"]) if rule["clock"] else time.max
    last = datetime.combine(at.date() - timedelta(days=int(rule["days"])), until, at.tzinfo)
    return datetime.fromtimestamp(now_s, UTC) > last
