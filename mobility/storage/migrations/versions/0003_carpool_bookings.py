"""Bookings, messages, letters to be sent, partners, and what passengers look for."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_table(
        "bookings",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("offer", sa.String(64), nullable=False),
        sa.Column("driver", sa.String(64), nullable=False),
        sa.Column("passenger", sa.String(64), nullable=True),
        sa.Column("partner", sa.String(36), nullable=True),
        sa.Column("partner_user", sa.String(255), nullable=True),
        sa.Column("partner_operator", sa.String(255), nullable=True),
        sa.Column("partner_alias", sa.String(255), nullable=True),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("pickup", sa.Integer(), nullable=False),
        sa.Column("drop_off", sa.Integer(), nullable=False),
        sa.Column("pickup_id", sa.String(255), nullable=False),
        sa.Column("pickup_name", sa.String(255), nullable=False),
        sa.Column("pickup_lat", sa.Float(), nullable=False),
        sa.Column("pickup_lon", sa.Float(), nullable=False),
        sa.Column("pickup_kind", sa.String(16), nullable=False),
        sa.Column("drop_id", sa.String(255), nullable=False),
        sa.Column("drop_name", sa.String(255), nullable=False),
        sa.Column("drop_lat", sa.Float(), nullable=False),
        sa.Column("drop_lon", sa.Float(), nullable=False),
        sa.Column("drop_kind", sa.String(16), nullable=False),
        sa.Column("pickup_at", sa.BigInteger(), nullable=False),
        sa.Column("arrives_at", sa.BigInteger(), nullable=False),
        sa.Column("distance_m", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("agreed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_bookings"),
    )
    op.create_index("ix_bookings_driver", "bookings", ["driver"])
    op.create_index("ix_bookings_offer_day", "bookings", ["offer", "day"])
    op.create_index("ix_bookings_passenger", "bookings", ["passenger"])
    op.create_index("ix_bookings_status", "bookings", ["status"])
    op.create_table(
        "messages",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("booking", sa.String(36), nullable=True),
        sa.Column("offer", sa.String(64), nullable=True),
        sa.Column("to_account", sa.String(64), nullable=True),
        sa.Column("from_account", sa.String(64), nullable=True),
        sa.Column("from_alias", sa.String(255), nullable=False),
        sa.Column("from_operator", sa.String(255), nullable=False),
        sa.Column("text", sa.String(500), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_messages"),
    )
    op.create_index("ix_messages_at", "messages", ["at"])
    op.create_index("ix_messages_booking", "messages", ["booking"])
    op.create_table(
        "letters",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("news", sa.String(16), nullable=False),
        sa.Column("booking", sa.String(36), nullable=True),
        sa.Column("message", sa.String(36), nullable=True),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letters"),
    )
    op.create_index("ix_letters_due_at", "letters", ["due_at"])
    op.create_table(
        "booking_counts",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("status", sa.String(16), nullable=False),
        sa.Column("bookings", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "status", name="pk_booking_counts"),
    )
    op.create_table(
        "partners",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_partners"),
        sa.UniqueConstraint("key_hash", name="uq_partners_key_hash"),
    )
    op.create_table(
        "outside_bookings",
        sa.Column("partner", sa.String(36), nullable=False),
        sa.Column("id", sa.String(255), nullable=False),
        sa.Column("account", sa.String(64), nullable=True),
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("other_alias", sa.String(255), nullable=False),
        sa.Column("other_operator", sa.String(255), nullable=False),
        sa.Column("pickup_at", sa.BigInteger(), nullable=False),
        sa.Column("pickup_lat", sa.Float(), nullable=False),
        sa.Column("pickup_lon", sa.Float(), nullable=False),
        sa.Column("drop_lat", sa.Float(), nullable=False),
        sa.Column("drop_lon", sa.Float(), nullable=False),
        sa.Column("status", sa.String(32), nullable=False),
        sa.Column("web_url", sa.String(2000), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("partner", "id", name="pk_outside_bookings"),
    )
    op.create_index("ix_outside_bookings_account", "outside_bookings", ["account"])
    op.create_table(
        "wanted_rides",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("account", sa.String(64), nullable=False),
        sa.Column("from_id", sa.String(255), nullable=False),
        sa.Column("from_name", sa.String(255), nullable=False),
        sa.Column("from_lat", sa.Float(), nullable=False),
        sa.Column("from_lon", sa.Float(), nullable=False),
        sa.Column("from_kind", sa.String(16), nullable=False),
        sa.Column("to_id", sa.String(255), nullable=False),
        sa.Column("to_name", sa.String(255), nullable=False),
        sa.Column("to_lat", sa.Float(), nullable=False),
        sa.Column("to_lon", sa.Float(), nullable=False),
        sa.Column("to_kind", sa.String(16), nullable=False),
        sa.Column("weekdays", sa.String(7), nullable=False),
        sa.Column("first_day", sa.String(10), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("departure", sa.String(8), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("drive_s", sa.Integer(), nullable=False),
        sa.Column("distance_m", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wanted_rides"),
    )
    op.create_index("ix_wanted_rides_account", "wanted_rides", ["account"])
    op.create_index("ix_wanted_rides_last_day", "wanted_rides", ["last_day"])


def downgrade() -> None:
    for table in ("wanted_rides", "outside_bookings", "partners", "booking_counts", "letters", "messages", "bookings"):
        op.drop_table(table)
