"""The table of what is counted."""

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
