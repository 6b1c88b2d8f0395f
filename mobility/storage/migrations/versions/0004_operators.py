"""Operators with their tokens, the log of what they did, which nobody can change."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

A_YEAR_S = 365 * 86_400
SQLITE = """
CREATE TRIGGER {name} BEFORE {verb} ON operator_actions
{when} BEGIN SELECT RAISE(ABORT, 'the log of actions is append-only'); END
"""
YOUNG_IN_SQLITE = f"WHEN OLD.at > CAST(strftime('%s', 'now') AS INTEGER) - {A_YEAR_S}"
POSTGRESQL = f"""
CREATE FUNCTION keep_operator_actions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND OLD.at <= extract(epoch FROM now()) - {A_YEAR_S} THEN RETURN OLD; END IF;
  RAISE EXCEPTION 'the log of actions is append-only';
END $$
"""
GUARD = """
CREATE TRIGGER keep_operator_actions BEFORE UPDATE OR DELETE ON operator_actions
FOR EACH ROW EXECUTE FUNCTION keep_operator_actions()
"""


def upgrade() -> None:
    op.create_table(
        "operators",
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_operators"),
        sa.UniqueConstraint("token_hash", name="uq_operators_token_hash"),
    )
    op.create_table(
        "operator_actions",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("operator", sa.String(100), nullable=False),
        sa.Column("verb", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(100), nullable=False),
        sa.Column("version", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_operator_actions"),
    )
    op.create_index("ix_operator_actions_at", "operator_actions", ["at"])
    _guard()


def _guard() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE.format(name="no_change_of_operator_actions", verb="UPDATE", when=""))
        op.execute(SQLITE.format(name="no_loss_of_operator_actions", verb="DELETE", when=YOUNG_IN_SQLITE))
    else:
        op.execute(POSTGRESQL)
        op.execute(GUARD)


def downgrade() -> None:
    for table in ("operator_actions", "operators"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION keep_operator_actions")
