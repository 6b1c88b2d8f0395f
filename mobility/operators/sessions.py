"""An operator who has signed in on the page: a session of a few hours, begun with their token, of which the browser
holds another secret. It ends with the token: revoked, run out, or made anew."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from mobility.errors import TokenNeeded
from mobility.operators.tables import OPERATOR_SESSIONS, OPERATORS
from mobility.operators.tokens import Operator, Operators, hashed
from mobility.privacy.periods import OPERATOR_SESSION_S
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store

S = OPERATOR_SESSIONS.c


@dataclass(frozen=True, slots=True)
class OperatorSessions:
    """All methods raise StorageUnavailable where the database does not answer. now: epoch seconds."""

    store: Store

    def begin(self, token: str, now: int) -> str:
        """The secret of the session, which nobody can read again. Raises TokenNeeded."""
        who, secret = Operators(self.store).of(token, now), secrets.token_urlsafe(32)
        row = {"secret_hash": hashed(secret), "operator": who.name, "token_hash": hashed(token)}
        ends_at = min(now + OPERATOR_SESSION_S, who.expires_at)
        with self.store.writing() as connection:
            connection.execute(OPERATOR_SESSIONS.insert().values(**row, ends_at=ends_at))
        return secret

    def of(self, secret: str, now: int) -> Operator:
        """Raises TokenNeeded."""
        ours = (S.secret_hash == hashed(secret)) & (S.ends_at > now)
        same = (OPERATORS.c.name == S.operator) & (OPERATORS.c.token_hash == S.token_hash)
        with self.store.reading() as connection:
            row = connection.execute(select(OPERATORS).join(OPERATOR_SESSIONS, same).where(ours)).first()
        found = Operator.of_row(row) if row else None
        if found is None or not found.is_in_force(now):
            raise TokenNeeded
        return found

    def end(self, secret: str) -> None:
        with self.store.writing() as connection:
            connection.execute(delete(OPERATOR_SESSIONS).where(S.secret_hash == hashed(secret)))


def rule() -> RetentionRule:
    return RetentionRule("sessions of operators", (OPERATOR_SESSIONS,), _forget)


def _forget(connection: Connection, now: int) -> int:
    return connection.execute(delete(OPERATOR_SESSIONS).where(S.ends_at <= now)).rowcount
