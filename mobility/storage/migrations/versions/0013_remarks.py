"""What people say is wrong, and how many of them an operator has looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_table(
        "remarks",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("id", sa.String(16), nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(8), nullable=False),
        sa.Column("subject", sa.String(300), nullable=False),
        sa.Column("name", sa.String(300), nullable=False),
        sa.Column("trip", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("seen_at", sa.BigInteger(), nullable=False),
        sa.Column("forwarded_at", sa.BigInteger(), nullable=False),
        sa.Column("alias_at", sa.BigInteger(), nullable=False),
        sa.Column("message_at", sa.BigInteger(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.BigInteger(), nullable=False),
        sa.Column("closed_at", sa.BigInteger(), nullable=False),
        sa.Column("ending", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_remarks"),
        sa.UniqueConstraint("id", name="uq_remarks_id"),
        sa.UniqueConstraint("code_hash", name="uq_remarks_code_hash"),
    )
    op.create_index("ix_remarks_at", "remarks", ["at"])
    op.create_table(
        "remark_counts",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("about", sa.String(8), nullable=False),
        sa.Column("remarks", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("month", "kind", "about", name="pk_remark_counts"),
    )


def downgrade() -> None:
    op.drop_table("remark_counts")
    op.drop_table("remarks")
