"""Of a booking that its offer has ended: what became of the offer. Of those made before it is not known."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    op.add_column("bookings", sa.Column("ended_because", sa.String(16), nullable=False, server_default=""))


def downgrade() -> None:
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("ended_because")
