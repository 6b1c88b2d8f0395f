"""The registry's tables: accounts, how they sign in, offers, and the revision that every change of an offer raises.

What is personal and must be given back is sealed (mobility/carpool/sealing.py); what must only be recognised is a keyed
hash. Places are meeting points or blurred (mobility/carpool/ends.py), never those that a driver named.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, ForeignKey, Integer, String, Table, Text

from mobility.storage.metadata import METADATA


def account_key(name: str) -> Column[str]:
    return Column(name, String(32), ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False, index=True)


ACCOUNTS = Table(
    "accounts",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("alias", String(40), nullable=False),
    Column("email_hash", String(64), nullable=False, unique=True),
    Column("email_sealed", Text, nullable=False),
    Column("phone_sealed", Text),
    Column("language", String(3), nullable=False),
    Column("adult_declared_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False, index=True),
    Column("notices", Integer, nullable=False, server_default="0"),
    Column("noticed_at", BigInteger),
)

SIGN_INS = Table(
    "sign_ins",
    METADATA,
    Column("token_hash", String(64), primary_key=True),
    Column("email_hash", String(64), nullable=False),
    Column("email_sealed", Text, nullable=False),
    Column("language", String(3), nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

SESSIONS = Table(
    "sessions",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    account_key("account"),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False, index=True),
)

BUCKETS = Table(
    "buckets",
    METADATA,
    Column("subject_hash", String(64), primary_key=True),
    Column("tokens", Float, nullable=False),
    Column("filled_at", BigInteger, nullable=False, index=True),
)

OFFERS = Table(
    "offers",
    METADATA,
    Column("id", String(32), primary_key=True),
    account_key("driver"),
    Column("start_id", String(200), nullable=False),
    Column("start_name", Text, nullable=False),
    Column("start_lat", Float, nullable=False),
    Column("start_lon", Float, nullable=False),
    Column("start_kind", String(20), nullable=False),
    Column("end_id", String(200), nullable=False),
    Column("end_name", Text, nullable=False),
    Column("end_lat", Float, nullable=False),
    Column("end_lon", Float, nullable=False),
    Column("end_kind", String(20), nullable=False),
    Column("schedule", Text, nullable=False),
    Column("departure", String(8), nullable=False),
    Column("flexible_s", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("longest_detour_s", Integer, nullable=False),
    Column("price_cents", Integer, nullable=False),
    Column("drive_s", Integer, nullable=False),
    Column("drive_m", Integer, nullable=False),
    Column("estimated", Boolean, nullable=False),
    Column("waypoints", Text, nullable=False),
    Column("line", Text, nullable=False, server_default=""),
    Column("comfort", Text, nullable=False),
    Column("languages", Text, nullable=False),
    Column("status", String(12), nullable=False),
    Column("returns", String(32)),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("over_at", BigInteger, nullable=False, index=True),
    Column("withdrawn_at", BigInteger),
    Column("reminded_at", BigInteger),
)

ERASED_OFFERS = Table(
    "erased_offers",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("revision", BigInteger, nullable=False, index=True),
    Column("erased_at", BigInteger, nullable=False),
)

REVISIONS = Table(
    "revisions",
    METADATA,
    Column("name", String(20), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
