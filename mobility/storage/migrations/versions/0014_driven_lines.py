"""The road that a driver drives, from the first place where people get in to the last where they get out."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("offers", sa.Column("line", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("offers", "line")
