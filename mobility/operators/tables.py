"""Who may change timetables, and what was done. No address of anybody is stored."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from mobility.storage.metadata import METADATA

OPERATORS = Table(
    "operators",
    METADATA,
    Column("name", String(100), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger, nullable=False),
)
"""revoked_at: 0 while the token is in force. While a name stands in the log it is nobody else's."""

ACTIONS = Table(
    "operator_actions",
    METADATA,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("operator", String(100), nullable=False),
    Column("verb", String(32), nullable=False),
    Column("subject", String(100), nullable=False),
    Column("version", String(64), nullable=False),
    Column("outcome", String(32), nullable=False),
    Index(None, "at"),
)
"""Triggers of the migration refuse that a line is changed, or removed before its time (mobility/privacy/periods.py)."""

OPERATOR_SESSIONS = Table(
    "operator_sessions",
    METADATA,
    Column("secret_hash", String(64), primary_key=True),
    Column("operator", String(100), nullable=False),
    Column("token_hash", String(64), nullable=False),
    Column("ends_at", BigInteger, nullable=False),
)
"""token_hash: of the token that it was begun with; a new token of the same name ends it."""
