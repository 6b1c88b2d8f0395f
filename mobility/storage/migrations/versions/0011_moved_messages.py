"""To which hour or quay operators have moved a trip or a stop."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    op.add_column("operator_messages", sa.Column("clock", sa.String(5), nullable=False, server_default=""))
    op.add_column("operator_messages", sa.Column("to_stop", sa.String(300), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("operator_messages", "to_stop")
    op.drop_column("operator_messages", "clock")
