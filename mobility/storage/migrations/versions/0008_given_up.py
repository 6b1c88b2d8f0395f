"""Of an ask: when its passenger gave it up before an answer, so that asking again and again mails nobody each time."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.add_column("bookings", Column("given_up_at", BigInteger, nullable=False, server_default="0"))
    op.add_column("bookings", Column("asked_again", Integer, nullable=False, server_default="0"))


def downgrade() -> None:
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("given_up_at")
        bookings.drop_column("asked_again")
