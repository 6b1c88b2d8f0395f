"""What operators type about trips, lines and stops. No traveller stands in it."""

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
    Column("text", Text, nullable=False),
    Column("operator", String(100), nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("ended_at", BigInteger, nullable=False),
    Index(None, "until_at"),
)
"""text: as typed, in no language that is known. ended_at: when it was taken back, 0 before."""
