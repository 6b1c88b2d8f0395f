"""Tables of what two people agree on: bookings, messages, the letters still to be sent, and the partners' keys."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Float, Index, Integer, String, Table, UniqueConstraint

from mobility.storage.metadata import METADATA

BOOKINGS = Table(
    "bookings",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("offer", String(64), nullable=False),
    Column("driver", String(64), nullable=False),
    Column("passenger", String(64)),
    Column("partner", String(36)),
    Column("partner_user", String(255)),
    Column("partner_operator", String(255)),
    Column("partner_alias", String(255)),
    Column("day", String(10), nullable=False),
    Column("pickup", Integer, nullable=False),
    Column("drop_off", Integer, nullable=False),
    Column("pickup_id", String(255), nullable=False),
    Column("pickup_name", String(255), nullable=False),
    Column("pickup_lat", Float, nullable=False),
    Column("pickup_lon", Float, nullable=False),
    Column("pickup_kind", String(16), nullable=False),
    Column("drop_id", String(255), nullable=False),
    Column("drop_name", String(255), nullable=False),
    Column("drop_lat", Float, nullable=False),
    Column("drop_lon", Float, nullable=False),
    Column("drop_kind", String(16), nullable=False),
    Column("pickup_at", BigInteger, nullable=False),
    Column("arrives_at", BigInteger, nullable=False),
    Column("distance_m", Integer, nullable=False),
    Column("price_cents", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("asked_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("agreed_at", BigInteger, nullable=False),
    Index("ix_bookings_offer_day", "offer", "day"),
    Index("ix_bookings_driver", "driver"),
    Index("ix_bookings_passenger", "passenger"),
    Index("ix_bookings_status", "status"),
)

MESSAGES = Table(
    "messages",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("booking", String(36)),
    Column("offer", String(64)),
    Column("to_account", String(64)),
    Column("from_account", String(64)),
    Column("from_alias", String(255), nullable=False),
    Column("from_operator", String(255), nullable=False),
    Column("text", String(500), nullable=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_messages_booking", "booking"),
    Index("ix_messages_at", "at"),
)

LETTERS = Table(
    "letters",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("news", String(16), nullable=False),
    Column("booking", String(36)),
    Column("message", String(36)),
    Column("at", BigInteger, nullable=False),
    Column("due_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("ix_letters_due_at", "due_at"),
)

BOOKING_COUNTS = Table(
    "booking_counts",
    METADATA,
    Column("month", String(7), primary_key=True),
    Column("status", String(16), primary_key=True),
    Column("bookings", Integer, nullable=False),
    Column("seats", Integer, nullable=False),
)

PARTNERS = Table(
    "partners",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("name", String(100), nullable=False),
    Column("key_hash", String(64), nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("revoked_at", BigInteger, nullable=False),
    UniqueConstraint("key_hash"),
)

OUTSIDE_BOOKINGS = Table(
    "outside_bookings",
    METADATA,
    Column("partner", String(36), primary_key=True),
    Column("id", String(255), primary_key=True),
    Column("account", String(64)),
    Column("subject_hash", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("other_alias", String(255), nullable=False),
    Column("other_operator", String(255), nullable=False),
    Column("pickup_at", BigInteger, nullable=False),
    Column("pickup_lat", Float, nullable=False),
    Column("pickup_lon", Float, nullable=False),
    Column("drop_lat", Float, nullable=False),
    Column("drop_lon", Float, nullable=False),
    Column("status", String(32), nullable=False),
    Column("web_url", String(2000), nullable=False),
    Column("changed_at", BigInteger, nullable=False),
    Index("ix_outside_bookings_account", "account"),
)

WANTED = Table(
    "wanted_rides",
    METADATA,
    Column("id", String(36), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("from_id", String(255), nullable=False),
    Column("from_name", String(255), nullable=False),
    Column("from_lat", Float, nullable=False),
    Column("from_lon", Float, nullable=False),
    Column("from_kind", String(16), nullable=False),
    Column("to_id", String(255), nullable=False),
    Column("to_name", String(255), nullable=False),
    Column("to_lat", Float, nullable=False),
    Column("to_lon", Float, nullable=False),
    Column("to_kind", String(16), nullable=False),
    Column("weekdays", String(7), nullable=False),
    Column("first_day", String(10), nullable=False),
    Column("last_day", String(10), nullable=False),
    Column("departure", String(8), nullable=False),
    Column("seats", Integer, nullable=False),
    Column("drive_s", Integer, nullable=False),
    Column("distance_m", Integer, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Index("ix_wanted_rides_account", "account"),
    Index("ix_wanted_rides_last_day", "last_day"),
)
