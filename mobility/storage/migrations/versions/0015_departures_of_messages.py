"""When the trip leaves that a message is about: by then it is decided whether it does."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    op.add_column("operator_messages", sa.Column("departs_at", sa.BigInteger, nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("operator_messages", "departs_at")
