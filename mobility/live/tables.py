"""What operators type about trips, lines and stops, and how late vehicles were. No traveller stands in it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from mobility.storage.metadata import METADATA

OPERATOR_MESSAGES = Table(
    "operator_messages",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("effect", String(16), nullable=False),
    Column("cause", String(16), nullable=False),
    Column("from_at", BigInteger, nullable=False),
    Column("until_at", BigInteger, nullable=False),
    Column("trip", String(300), nullable=False),
    Column("day", String(10), nullable=False),
    Column("line", String(300), nullable=False),
    Column("stop", String(300), nullable=False),
    Column("clock", String(5), nullable=False, server_default=""),
    Column("to_stop", String(300), nullable=False, server_default=""),
    Column("departs_at", BigInteger, nullable=False, server_default="0"),
    Column("text", Text, nullable=False),
    Column("operator", String(100), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Index(None, "until_at"),
)
"""departs_at: of the trip, by plan, 0 where none is named. text: as typed, in no language that is known. ended_at: when
it was taken back, 0 before."""

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
