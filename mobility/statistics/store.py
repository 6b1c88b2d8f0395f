"""The numbers that are kept and published: none of them is below LEAST_ASKERS, none tells of a single request."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, select, text

from mobility.privacy.periods import STATISTICS_S
from mobility.statistics.counts import CountedEnd, HourCount
from mobility.statistics.tables import TRIP_COUNTS
from mobility.storage.retention import RetentionRule

ADD = """
INSERT INTO trip_counts (hour, commune, trip_end, askers) VALUES (:hour, :commune, :end, :askers)
ON CONFLICT (hour, commune, trip_end) DO UPDATE SET askers = trip_counts.askers + excluded.askers
"""
"""Machines that share a database each add what they have counted."""
T = TRIP_COUNTS.c


def add_counts(connection: Connection, counts: Sequence[HourCount]) -> None:
    for one in counts:
        known = {"hour": one.hour, "commune": one.commune, "end": one.end.value, "askers": one.askers}
        connection.execute(text(ADD), known)


def counts_between(connection: Connection, first: int, until: int) -> list[HourCount]:
    """Of hours that begin from first on and before until, epoch seconds."""
    wanted = select(TRIP_COUNTS).where(first <= T.hour, T.hour < until).order_by(T.hour, T.commune, T.trip_end)
    return [
        HourCount(row.hour, row.commune, CountedEnd(row.trip_end), row.askers) for row in connection.execute(wanted)
    ]


def rule() -> RetentionRule:
    def old(connection: Connection, now: int) -> int:
        return connection.execute(delete(TRIP_COUNTS).where(T.hour <= now - STATISTICS_S)).rowcount

    return RetentionRule("trip counts", (TRIP_COUNTS,), old)
