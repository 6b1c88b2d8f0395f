"""Of a booking that came to nothing: which side ended it, as far as that can be known of those made before."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.add_column("bookings", sa.Column("ended_by", sa.String(16), nullable=False, server_default=""))
    bookings = sa.table("bookings", *map(sa.column, ("ended_by", "status", "given_up_at")))
    known = {"driver": bookings.c.status == "refused", "clock": bookings.c.status == "expired"}
    known["passenger"] = (bookings.c.status == "cancelled") & (bookings.c.given_up_at > 0)
    for side, of_theirs in known.items():
        op.execute(sa.update(bookings).where(of_theirs).values(ended_by=side))


def downgrade() -> None:
    with op.batch_alter_table("bookings") as bookings:
        bookings.drop_column("ended_by")
