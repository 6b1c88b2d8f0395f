"""The note that somebody erased an account is made no more: personal tables are written anew each hour."""

from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.execute("DELETE FROM timers WHERE name = 'gaps of erased accounts'")


def downgrade() -> None:
    """Nothing to bring back."""
