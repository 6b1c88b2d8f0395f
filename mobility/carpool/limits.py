"""How often somebody may ask: a bucket of tokens for each, filled up evenly, kept in the database for all workers.

Whose bucket it is stands there as a keyed hash whose key changes every day; no address can be read from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from math import ceil

from sqlalchemy import select, text, update

from mobility.carpool.sealing import Sealing
from mobility.carpool.tables import BUCKETS
from mobility.clock import DAY_S, SKEW_S
from mobility.errors import TooMany
from mobility.storage.store import Store


@dataclass(frozen=True, slots=True)
class Limit:
    """`most` at once, and as many again within per_s seconds."""

    name: str
    most: int
    per_s: int


@dataclass(frozen=True, slots=True)
class Limits:
    store: Store
    sealing: Sealing

    def look(self, limit: Limit, subject: str, now: int) -> None:
        """Takes nothing. Raises TooMany where nothing is left to take."""
        key = self.sealing.mark(f"{limit.name} on day {now // DAY_S}", subject)
        with self.store.reading() as connection:
            bucket = select(BUCKETS.c.tokens, BUCKETS.c.filled_at).where(BUCKETS.c.subject_hash == key)
            had, filled_at = connection.execute(bucket).one_or_none() or (limit.most, now)
        _left(limit, had, now - filled_at)

    def take(self, limit: Limit, subject: str, now: int) -> None:
        """One token of the subject's (an address, an account). Raises TooMany."""
        key = self.sealing.mark(f"{limit.name} on day {now // DAY_S}", subject)
        with self.store.writing() as connection:
            full = {"key": key, "most": limit.most, "now": now}
            connection.execute(text(ADD), full)
            bucket = select(BUCKETS.c.tokens, BUCKETS.c.filled_at).where(BUCKETS.c.subject_hash == key)
            had, filled_at = connection.execute(bucket.with_for_update()).one()
            tokens = _left(limit, had, now - filled_at)
            taken = update(BUCKETS).where(BUCKETS.c.subject_hash == key).values(tokens=tokens - 1, filled_at=now)
            connection.execute(taken)


def _left(limit: Limit, had: float, after_s: int) -> float:
    """Raises TooMany where it is less than one. A bucket that was filled by a clock which was ahead is a full one."""
    after_s = limit.per_s if after_s < -SKEW_S else max(after_s, 0)
    tokens = min(limit.most, had + after_s * limit.most / limit.per_s)
    if tokens < 1:
        raise TooMany(ceil((1 - tokens) * limit.per_s / limit.most))
    return tokens


ADD = """
INSERT INTO buckets (subject_hash, tokens, filled_at) VALUES (:key, :most, :now)
ON CONFLICT (subject_hash) DO NOTHING
"""


def neighbourhood(address: str) -> str:
    """An IPv6 user has 2^64 addresses, so that all of them count as one; "" where it is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return address if known.version == 4 else str(ip_network((address, 64), strict=False))
