"""How late vehicles were, as numbers of a month that are added up: by line, stop, hour and kind of day. Nobody, no
vehicle and no single run stands in it; it is kept so that punctuality can be published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import Connection, delete, select, text

from mobility.live.tables import OBSERVED_DELAYS
from mobility.privacy.periods import DELAYS_MONTHS
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store
from mobility.storage.timers import claim

EARLY_S, LATE_S, VERY_LATE_S = -60, 300, 900
"""Earlier, and later, than these is counted apart: five and fifteen minutes, as the French AQST publishes."""
TIMER, TURN_S = "observed delays", 240
NUMBERS = ("calls", "early", "late", "very_late", "cancelled", "delay_s")
ADD = f"""
INSERT INTO observed_delays (month, line, stop, hour, kind, {", ".join(NUMBERS)})
VALUES (:month, :line, :stop, :hour, :kind, {", ".join(f":{name}" for name in NUMBERS)})
ON CONFLICT (month, line, stop, hour, kind) DO UPDATE SET
{", ".join(f"{name} = observed_delays.{name} + excluded.{name}" for name in NUMBERS)}
"""  # noqa: S608
D = OBSERVED_DELAYS.c


class DayKind(StrEnum):
    WEEKDAY = "weekday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"


def kind_of(day: date) -> DayKind:
    return {5: DayKind.SATURDAY, 6: DayKind.SUNDAY}.get(day.weekday(), DayKind.WEEKDAY)


class DelayKey(NamedTuple):
    """month: 2026-11, of the service day. hour: of the service day as planned, 25 after midnight."""

    month: str
    line: str
    stop: str
    hour: int
    kind: DayKind


@dataclass(frozen=True, slots=True)
class DelayCount:
    """calls: that were made; of them early, more than 5 and more than 15 minutes late. delay_s: of all of them
    together. cancelled: calls that were not made."""

    key: DelayKey
    calls: int = 0
    early: int = 0
    late: int = 0
    very_late: int = 0
    cancelled: int = 0
    delay_s: int = 0

    def with_call(self, late_s: int | None) -> DelayCount:
        """late_s: None where it was cancelled."""
        if late_s is None:
            return replace(self, cancelled=self.cancelled + 1)
        return replace(
            self,
            calls=self.calls + 1,
            early=self.early + (late_s < EARLY_S),
            late=self.late + (late_s > LATE_S),
            very_late=self.very_late + (late_s > VERY_LATE_S),
            delay_s=self.delay_s + late_s,
        )


def keep_delays(store: Store, counts: Sequence[DelayCount], now_s: int) -> bool:
    """Whether they were kept: of machines that share a database one counts at a time. Raises StorageUnavailable."""
    if not claim(store, TIMER, now_s, TURN_S):
        return False
    with store.writing() as connection:
        add_delays(connection, counts)
    return True


def add_delays(connection: Connection, counts: Sequence[DelayCount]) -> None:
    for one in counts:
        numbers = {name: getattr(one, name) for name in NUMBERS}
        connection.execute(text(ADD), one.key._asdict() | {"kind": one.key.kind.value} | numbers)


def delays(connection: Connection) -> list[DelayCount]:
    """All that are kept."""
    wanted = select(OBSERVED_DELAYS).order_by(D.month, D.line, D.stop, D.hour, D.kind)
    return [
        DelayCount(
            DelayKey(row.month, row.line, row.stop, row.hour, DayKind(row.kind)),
            *(getattr(row, name) for name in NUMBERS),
        )
        for row in connection.execute(wanted)
    ]


def rule() -> RetentionRule:
    """A month goes when its first day is 13 months ago."""

    def old(connection: Connection, now: int) -> int:
        at = datetime.fromtimestamp(now, UTC)
        months = 12 * at.year + at.month - 1 - DELAYS_MONTHS
        last = f"{months // 12:04}-{months % 12 + 1:02}"
        return connection.execute(delete(OBSERVED_DELAYS).where(last >= D.month)).rowcount

    return RetentionRule("observed delays", (OBSERVED_DELAYS,), old)
