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


def instant(epoch_s: int) -> datetime:
    """The aware UTC datetime of epoch seconds."""
    return datetime.fromtimestamp(epoch_s, UTC)


def local_date(epoch_s: int, zone: ZoneInfo) -> date:
    """The calendar date that clocks in `zone` show."""
    return datetime.fromtimestamp(epoch_s, zone).date()


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Epoch seconds of 0:00 on the clocks of `zone`; differs from `service_day_start` when the clocks change."""
    return int(datetime.combine(day, time(), tzinfo=zone).timestamp())
