"""A booking keeps the time that it was asked for at, and how far that may bend: later times are compared with it."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("bookings", Column("promised_at", BigInteger, nullable=False, server_default="0"))
    op.add_column("bookings", Column("promised_within_s", Integer, nullable=False, server_default="0"))
    op.execute(
        "UPDATE bookings SET promised_at = pickup_at, promised_within_s = "
        "COALESCE((SELECT flexible_s FROM offers WHERE offers.id = bookings.offer), 0)"
    )


def downgrade() -> None:
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("promised_at")
        bookings.drop_column("promised_within_s")
