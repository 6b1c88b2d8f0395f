"""The one place where service days, local times and instants are turned into each other.

A GTFS time counts from "noon minus 12 hours" of its service day in the agency's zone, which is midnight on all but
the two days a year when the clocks change (GTFS reference, field type Time).

For tests and replays the environment may set the clock: HENT_NOW=2026-03-03T07:00:00+01:00 is when it begins, and it
runs on from there.
"""

import math
import os
import time as time_module
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from mobility.errors import InvalidConfig

MINUTE_S, DAY_S = 60, 86_400
QUARTER_S = 900
"""The clocks of no zone change but at a full quarter of an hour of UTC."""
SKEW_S = 120
SECOND_NS = 10**9
FOR_EVER_NS = 2**63 - 1
STEP_NS = SECOND_NS // 4
NOW = "HENT_NOW"
FIRST_YEAR, LAST_YEAR = 1971, 2999
"""Days before and after are reckoned with: dates end with the year 9999."""


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


def hour_and_minute(at: datetime | time) -> str:
    """As people write what its clock shows: `8:05`."""
    return f"{at.hour}:{at.minute:02}"


def clock_of_day(time_s: int) -> str:
    """Of seconds of a service day, as printed in timetables: 25:10 is ten past one at night."""
    return f"{time_s // 3600 % 24}:{time_s // 60 % 60:02}"


def local_date(epoch_s: int, zone: ZoneInfo) -> date:
    """The calendar date that clocks in `zone` show."""
    return _date_of_quarter(int(epoch_s) // QUARTER_S, zone)


@lru_cache(maxsize=1024)
def _date_of_quarter(quarter: int, zone: ZoneInfo) -> date:
    return datetime.fromtimestamp(quarter * QUARTER_S, zone).date()


NIGHT_ENDS_H = 4
"""Until then, by the clocks, the evening before lasts."""


def evening_of(local: datetime) -> date:
    """Whose evening it still is: after midnight, until NIGHT_ENDS_H, that of the day before."""
    return local.date() - timedelta(days=local.hour < NIGHT_ENDS_H)


def evening(epoch_s: int, zone: ZoneInfo) -> date:
    """The same of epoch seconds by the clocks of `zone`, also in the nights in which they change."""
    return _evening_of_quarter(int(epoch_s) // QUARTER_S, zone)


@lru_cache(maxsize=1024)
def _evening_of_quarter(quarter: int, zone: ZoneInfo) -> date:
    return evening_of(datetime.fromtimestamp(quarter * QUARTER_S, zone))


def night_ends_s(at_s: int, zone: ZoneInfo) -> int:
    """When that evening is over, in epoch seconds."""
    return at_clock(days_after(evening(at_s, zone), 1), time(NIGHT_ENDS_H), zone)


def has_left(at_s: int, now_s: int) -> bool:
    """Whether what leaves then has left, by clocks without seconds: what leaves in this minute may be caught yet. Both
    of one day, or both epoch seconds."""
    return at_s // MINUTE_S < now_s // MINUTE_S


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def midnight(day: date, zone: ZoneInfo) -> int:
    """Epoch seconds of 0:00 on the clocks of `zone`; differs from `service_day_start` when the clocks change."""
    return at_clock(day, time(), zone)


class Deadline:
    """Asked before each step that may be left out. was_met: whether none was, and none was ended."""

    def __init__(self, within_s: float = math.inf) -> None:
        self._until_ns = min(time_module.monotonic_ns() + within_s * SECOND_NS, FOR_EVER_NS)
        self.was_met = True

    def is_past(self) -> bool:
        """The step is left out where it is."""
        self.was_met = self.was_met and time_module.monotonic_ns() < self._until_ns
        return not self.was_met

    def step_ns(self) -> int:
        """When a step that begins now is ended, of time.monotonic_ns(): what is begun all the same has a moment."""
        return int(max(self._until_ns, min(time_module.monotonic_ns() + STEP_NS, FOR_EVER_NS)))

    def note_end(self, step_ns: int) -> None:
        """Of such a step: it may have been ended."""
        self.was_met = self.was_met and time_module.monotonic_ns() < step_ns


def is_over(then_s: float, lasts_s: float, at_s: float) -> bool:
    """Whether what began then and lasts so long is over. What began after now, by more than clocks of several machines
    differ, was noted while a clock was ahead: it would last until that day, and is over."""
    return at_s - then_s >= lasts_s or then_s > at_s + SKEW_S


def now_s() -> float:
    """Epoch seconds of the clock that every command and the service go by: the machine's, unless HENT_NOW sets it."""
    return _ahead_s() + time_module.time()


def now_said() -> str:
    """HENT_NOW as it stands in the environment; empty where the clock is the machine's."""
    return os.environ.get(NOW, "")


@cache
def _ahead_s() -> float:
    """From the machine's clock to the one that HENT_NOW set when it was first asked; children of a fork go on with it.

    Raises InvalidConfig.
    """
    said = now_said()
    if not said:
        return 0.0
    try:
        begin_s = epoch_of(said)
    except (ValueError, OverflowError) as error:
        raise InvalidConfig(NOW, "is no ISO 8601 time, as in 2026-03-03T07:00:00+01:00") from error
    if not FIRST_YEAR <= instant(begin_s).year <= LAST_YEAR:
        raise InvalidConfig(NOW, f"must lie between the years {FIRST_YEAR} and {LAST_YEAR}")
    return begin_s - time_module.time()


def epoch_of(said: str) -> int:
    """Epoch seconds of an ISO 8601 time; without an offset it is UTC. Raises ValueError."""
    moment = datetime.fromisoformat(said)
    return int((moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp())
