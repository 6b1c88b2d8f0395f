"""The tables of what is counted."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Integer, String, Table

from mobility.storage.metadata import METADATA

TRIP_COUNTS = Table(
    "trip_counts",
    METADATA,
    Column("hour", BigInteger, primary_key=True, autoincrement=False),
    Column("commune", String(64), primary_key=True),
    Column("trip_end", String(4), primary_key=True),
    Column("askers", Integer, nullable=False),
)
OBSERVED_DELAYS = Table(
    "observed_delays",
    METADATA,
    Column("month", String(7), primary_key=True),
    Column("line", String(300), primary_key=True),
    Column("stop", String(300), primary_key=True),
    Column("hour", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(8), primary_key=True),
    Column("calls", Integer, nullable=False),
    Column("early", Integer, nullable=False),
    Column("late", Integer, nullable=False),
    Column("very_late", Integer, nullable=False),
    Column("cancelled", Integer, nullable=False),
    Column("delay_s", BigInteger, nullable=False),
)
