"""The one place where service days, local times and instants are turned into each other.

A GTFS time counts from "noon minus 12 hours" of its service day in the agency's zone, which is midnight on all but
the two days a year when the clocks change (GTFS reference, field type Time).
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY_S = 86_400


def service_day_start(day: date, zone: ZoneInfo) -> int:
    """Epoch seconds of noon − 12 h of `day` in `zone`."""
    noon = datetime.combine(day, time(12), tzinfo=zone)
    return int(noon.timestamp()) - DAY_S // 2


def at_clock(day: date, shown: time, zone: ZoneInfo) -> int:
    """Epoch seconds at which clocks in `zone` show that. What they show twice is meant the first time; what they skip
    is as long after the hour before: 2:30 is 3:30 where they go from 2:00 to 3:00. Source: RFC 5545, 3.3.5."""
    return int(datetime.combine(day, shown, tzinfo=zone).timestamp())


def is_skipped(day: date, shown: time, zone: ZoneInfo) -> bool:
    """Whether clocks in `zone` never show that."""
    seen = datetime.fromtimestamp(at_clock(day, shown, zone), zone)
    return (seen.date(), seen.time()) != (day, shown)


def instant(epoch_s: int) -> datetime:
    """The aware UTC datetime of epoch seconds."""
    return datetime.fromtimestamp(epoch_s, UTC)


def written(epoch_s: int, zone: ZoneInfo) -> str:
    """What clocks in `zone` show, as ISO 8601 with offset."""
    return datetime.fromtimestamp(epoch_s, zone).isoformat()


def local_date(epoch_s: int, zone: ZoneInfo) -> date:
    """The calendar date that clocks in `zone` show."""
    return datetime.fromtimestamp(epoch_s, zone).date()


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Epoch seconds of 0:00 on the clocks of `zone`; differs from `service_day_start` when the clocks change."""
    return at_clock(day, time(), zone)
