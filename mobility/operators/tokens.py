"""Operators and their tokens: a name, a role, a day on which it ends. A token is shown once and stored as a hash."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from sqlalchemy import Row, select, update

from mobility.clock import DAY_S
from mobility.errors import NotFound, TokenNeeded, WrongState
from mobility.operators.tables import OPERATORS
from mobility.storage.store import Store

O = OPERATORS.c  # noqa: E741
PREFIX = "hent_"
"""By which a token that was committed or pasted somewhere is recognised."""


class Role(IntEnum):
    """Each may what those before may: look at feeds, reports, jobs; begin jobs; remove a feed and see who did what."""

    READ = 1
    LOAD = 2
    ADMIN = 3


@dataclass(frozen=True, slots=True)
class Operator:
    """Times in epoch seconds; revoked_at: 0 for never."""

    name: str
    role: Role
    created_at: int
    expires_at: int
    revoked_at: int = 0

    @classmethod
    def of_row(cls, row: Row[Any]) -> Operator:
        return cls(row.name, Role[row.role], row.created_at, row.expires_at, row.revoked_at)

    def is_in_force(self, now: int) -> bool:
        return not self.revoked_at and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Operators:
    """All methods raise StorageUnavailable where the database does not answer. now: epoch seconds."""

    store: Store

    def add(self, name: str, role: Role, days: int, now: int) -> str:
        """The token, which nobody can read again. A name whose token ended gets a new one.

        Raises WrongState where the name has a token in force.
        """
        token = PREFIX + secrets.token_urlsafe(32)
        values = {"role": role.name, "token_hash": hashed(token), "created_at": now, "revoked_at": 0}
        values["expires_at"] = now + days * DAY_S
        with self.store.writing() as connection:
            row = connection.execute(select(OPERATORS).where(O.name == name).with_for_update()).first()
            if row is None:
                connection.execute(OPERATORS.insert().values(name=name, **values))
            elif Operator.of_row(row).is_in_force(now):
                raise WrongState("operator", "in force")
            else:
                connection.execute(update(OPERATORS).where(O.name == name).values(**values))
        return token

    def revoke(self, name: str, now: int) -> None:
        """Raises NotFound where nobody of that name has a token in force."""
        known = (O.name == name) & (O.revoked_at == 0) & (O.expires_at > now)
        with self.store.writing() as connection:
            if not connection.execute(update(OPERATORS).where(known).values(revoked_at=now)).rowcount:
                raise NotFound("operator with a token in force", "NAME")

    def everybody(self) -> tuple[Operator, ...]:
        with self.store.reading() as connection:
            return tuple(map(Operator.of_row, connection.execute(select(OPERATORS).order_by(O.name))))

    def of(self, token: str, now: int) -> Operator:
        """Raises TokenNeeded, after the same work for every kind of wrong token."""
        given = hashed(token)
        with self.store.reading() as connection:
            row = connection.execute(select(OPERATORS).where(O.token_hash == given)).first()
        found = Operator.of_row(row) if row else NOBODY
        same = hmac.compare_digest(given, row.token_hash if row else hashed(""))
        if not (same and found.is_in_force(now)):
            raise TokenNeeded
        return found


NOBODY = Operator("", Role.READ, 0, 0)


def hashed(token: str) -> str:
    """How a token is stored: it is 256 random bits, so that no key and no slow hash is needed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
