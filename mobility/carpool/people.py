"""Who is behind an account, for those who do not know them: an alias."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from mobility.carpool.offer import AccountId
from mobility.carpool.tables import ACCOUNTS

MANY = 500


def aliases_of(connection: Connection, accounts: Collection[AccountId]) -> dict[AccountId, str]:
    """Of those that still exist."""
    ids, found = sorted(set(accounts)), dict[AccountId, str]()
    for start in range(0, len(ids), MANY):
        wanted = select(ACCOUNTS.c.id, ACCOUNTS.c.alias).where(ACCOUNTS.c.id.in_(ids[start : start + MANY]))
        found |= {AccountId(row.id): row.alias for row in connection.execute(wanted)}
    return found
