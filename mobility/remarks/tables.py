"""What people say is wrong, and how often. Who said it stands in no table."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from mobility.storage.metadata import METADATA

REMARKS = Table(
    "remarks",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(16), nullable=False, unique=True),
    Column("code_hash", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("about", String(8), nullable=False),
    Column("subject", String(300), nullable=False),
    Column("name", String(300), nullable=False),
    Column("trip", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("forwarded_at", BigInteger, nullable=False),
    Column("alias_at", BigInteger, nullable=False),
    Column("message_at", BigInteger, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_at", BigInteger, nullable=False),
    Column("closed_at", BigInteger, nullable=False),
    Column("ending", String(16), nullable=False),
    Index(None, "at"),
)
"""code_hash: keyed, of the code that its writer holds. text, trip: masked. Times are 0 for not yet."""

REMARK_COUNTS = Table(
    "remark_counts",
    METADATA,
    Column("month", String(7), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("about", String(8), primary_key=True),
    Column("remarks", Integer, nullable=False),
)
"""Of those that an operator has looked at: no stop, no line, no text."""
