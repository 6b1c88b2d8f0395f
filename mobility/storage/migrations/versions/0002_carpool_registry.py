"""Accounts, how they sign in, and the offers of drivers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("alias", sa.String(40), nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("email_sealed", sa.Text(), nullable=False),
        sa.Column("phone_sealed", sa.Text(), nullable=True),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("adult_declared_at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("notices", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("noticed_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_accounts")),
        sa.UniqueConstraint("email_hash", name=op.f("uq_accounts_email_hash")),
    )
    op.create_index(op.f("ix_accounts_seen_at"), "accounts", ["seen_at"])
    op.create_table(
        "sign_ins",
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("email_hash", sa.String(64), nullable=False),
        sa.Column("email_sealed", sa.Text(), nullable=False),
        sa.Column("language", sa.String(3), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_sign_ins")),
    )
    op.create_index(op.f("ix_sign_ins_expires_at"), "sign_ins", ["expires_at"])
    op.create_table(
        "sessions",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("account", sa.String(32), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account"], ["accounts.id"], name=op.f("fk_sessions_account_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_sessions_token_hash")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"])
    op.create_table(
        "buckets",
        sa.Column("subject_hash", sa.String(64), nullable=False),
        sa.Column("tokens", sa.Float(), nullable=False),
        sa.Column("filled_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("subject_hash", name=op.f("pk_buckets")),
    )
    op.create_index(op.f("ix_buckets_filled_at"), "buckets", ["filled_at"])
    op.create_table(
        "offers",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("driver", sa.String(32), nullable=False),
        sa.Column("start_id", sa.String(200), nullable=False),
        sa.Column("start_name", sa.Text(), nullable=False),
        sa.Column("start_lat", sa.Float(), nullable=False),
        sa.Column("start_lon", sa.Float(), nullable=False),
        sa.Column("start_kind", sa.String(20), nullable=False),
        sa.Column("end_id", sa.String(200), nullable=False),
        sa.Column("end_name", sa.Text(), nullable=False),
        sa.Column("end_lat", sa.Float(), nullable=False),
        sa.Column("end_lon", sa.Float(), nullable=False),
        sa.Column("end_kind", sa.String(20), nullable=False),
        sa.Column("schedule", sa.Text(), nullable=False),
        sa.Column("departure", sa.String(8), nullable=False),
        sa.Column("flexible_s", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("longest_detour_s", sa.Integer(), nullable=False),
        sa.Column("price_cents", sa.Integer(), nullable=False),
        sa.Column("drive_s", sa.Integer(), nullable=False),
        sa.Column("drive_m", sa.Integer(), nullable=False),
        sa.Column("estimated", sa.Boolean(), nullable=False),
        sa.Column("waypoints", sa.Text(), nullable=False),
        sa.Column("comfort", sa.Text(), nullable=False),
        sa.Column("languages", sa.Text(), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("returns", sa.String(32), nullable=True),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("over_at", sa.BigInteger(), nullable=False),
        sa.Column("withdrawn_at", sa.BigInteger(), nullable=True),
        sa.Column("reminded_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["driver"], ["accounts.id"], name=op.f("fk_offers_driver_accounts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
    )
    op.create_index(op.f("ix_offers_driver"), "offers", ["driver"])
    op.create_index(op.f("ix_offers_revision"), "offers", ["revision"])
    op.create_index(op.f("ix_offers_over_at"), "offers", ["over_at"])
    op.create_table(
        "erased_offers",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("erased_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erased_offers")),
    )
    op.create_index(op.f("ix_erased_offers_revision"), "erased_offers", ["revision"])
    op.create_table(
        "revisions",
        sa.Column("name", sa.String(20), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_revisions")),
    )
    op.execute("INSERT INTO revisions (name, value) VALUES ('offers', 0)")


def downgrade() -> None:
    op.drop_table("revisions")
    op.drop_table("erased_offers")
    op.drop_table("offers")
    op.drop_table("buckets")
    op.drop_table("sessions")
    op.drop_table("sign_ins")
    op.drop_table("accounts")
