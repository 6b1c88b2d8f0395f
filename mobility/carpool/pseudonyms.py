"""What people are called where everybody may look: another name each day, so that nobody's days can be put together.

The account's id, enciphered with a key of the day. Who books within a few days is still understood; nobody else can
tell from a name whose it is.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, select

from mobility.carpool.offer import AccountId
from mobility.carpool.sealing import Sealing
from mobility.carpool.tables import ACCOUNTS
from mobility.clock import days_after

UNDERSTOOD_DAYS = 3
"""Today and the days before: a journey that was found the day before yesterday can be booked."""


@dataclass(frozen=True, slots=True)
class Pseudonyms:
    """today: on the clocks of the territory."""

    sealing: Sealing
    today: date

    def of(self, account: AccountId) -> str:
        return self._on(self.today, account)

    def means(self, name: str, account: AccountId) -> bool:
        """Whether a name that was shown of late, or the account's own id, is that account."""
        return name == account or any(name == self._on(day, account) for day in self._days())

    def find(self, connection: Connection, name: str) -> AccountId:
        """Whose name it is; the name itself where it is nobody's."""
        meant = [name]
        for day in self._days():
            with suppress(ValueError):
                meant.append(self.sealing.undisguise(_kind(day), name))
        known = connection.scalar(select(ACCOUNTS.c.id).where(ACCOUNTS.c.id.in_(meant)))
        return AccountId(known or name)

    def _days(self) -> list[date]:
        return [days_after(self.today, -back) for back in range(UNDERSTOOD_DAYS)]

    def _on(self, day: date, account: AccountId) -> str:
        return self.sealing.disguise(_kind(day), account)


def _kind(day: date) -> str:
    return f"pseudonym on {day}"
