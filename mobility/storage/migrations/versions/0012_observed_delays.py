"""How late vehicles were, by line, stop, hour and kind of day."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    op.create_table(
        "observed_delays",
        sa.Column("month", sa.String(7), nullable=False),
        sa.Column("line", sa.String(300), nullable=False),
        sa.Column("stop", sa.String(300), nullable=False),
        sa.Column("hour", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("early", sa.Integer(), nullable=False),
        sa.Column("late", sa.Integer(), nullable=False),
        sa.Column("very_late", sa.Integer(), nullable=False),
        sa.Column("cancelled", sa.Integer(), nullable=False),
        sa.Column("delay_s", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("month", "line", "stop", "hour", "kind", name="pk_observed_delays"),
    )


def downgrade() -> None:
    op.drop_table("observed_delays")
