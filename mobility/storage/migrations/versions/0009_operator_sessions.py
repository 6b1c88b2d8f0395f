"""Sessions of operators on the page: a hash of what the browser holds, of whom, until when."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.create_table(
        "operator_sessions",
        sa.Column("secret_hash", sa.String(64), nullable=False),
        sa.Column("operator", sa.String(100), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_operator_sessions"),
    )


def downgrade() -> None:
    op.drop_table("operator_sessions")
