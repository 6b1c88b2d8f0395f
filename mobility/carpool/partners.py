"""Other operators that may book here: a name and the hash of a key that is shown once."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, select, update

from mobility.carpool.booking import PartnerId
from mobility.carpool.booking_tables import PARTNERS
from mobility.errors import InvalidQuery, NotFound, WrongState
from mobility.value_faults import ValueFault

P = PARTNERS.c
LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Partner:
    """revoked_at: epoch seconds; 0: never."""

    id: PartnerId
    name: str
    created_at: int
    revoked_at: int


def add_partner(connection: Connection, name: str, now: int) -> str:
    """The key, which is kept nowhere. Raises InvalidQuery; WrongState where a partner of that name is in force."""
    if not name.strip() or len(name) > LONGEST_NAME:
        raise InvalidQuery("name", ValueFault.EMPTY_OR_LONG, most=LONGEST_NAME)
    if _in_force(connection, name):
        raise WrongState("partner", "in force")
    key = secrets.token_urlsafe(32)
    values = {"id": str(uuid4()), "name": name, "key_hash": _hashed(key), "created_at": now, "revoked_at": 0}
    connection.execute(PARTNERS.insert().values(**values))
    return key


def find_partner(connection: Connection, key: str) -> Partner | None:
    """By the key as it was sent. Guessing gains nothing from timing: what is compared is a hash of 256 random bits."""
    row = connection.execute(select(PARTNERS).where(P.key_hash == _hashed(key), P.revoked_at == 0)).first()
    return _partner(row) if row else None


def partners(connection: Connection) -> tuple[Partner, ...]:
    return tuple(map(_partner, connection.execute(select(PARTNERS).order_by(P.created_at, P.name))))


def revoke_partner(connection: Connection, name: str, now: int) -> None:
    """Raises NotFound."""
    if not _in_force(connection, name):
        raise NotFound("partner", "name")
    connection.execute(update(PARTNERS).where(P.name == name, P.revoked_at == 0).values(revoked_at=now))


def _in_force(connection: Connection, name: str) -> bool:
    return connection.execute(select(P.id).where(P.name == name, P.revoked_at == 0)).first() is not None


def _hashed(key: str) -> str:
    return hashlib.sha256(key.encode("utf-8", "replace")).hexdigest()


def _partner(row: Row[Any]) -> Partner:
    return Partner(PartnerId(row.id), row.name, row.created_at, row.revoked_at)
