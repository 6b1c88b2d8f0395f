"""How often trips are looked for, by commune and hour."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "trip_counts",
        sa.Column("hour", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("commune", sa.String(64), nullable=False),
        sa.Column("trip_end", sa.String(4), nullable=False),
        sa.Column("askers", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hour", "commune", "trip_end", name=op.f("pk_trip_counts")),
    )


def downgrade() -> None:
    op.drop_table("trip_counts")
