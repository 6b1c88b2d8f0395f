"""Where a feed's real time is published."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

KINDS = ("trip_updates", "alerts", "positions")
SCHEMES = ("http", "https")


def is_address(place: str) -> bool:
    return urlsplit(place).scheme in SCHEMES


@dataclass(frozen=True, slots=True)
class RealtimeSource:
    """Of one feed; an address or path for each kind, "" none: one may hold all. Seconds between two looks, and after
    which trip updates and positions are too old to be told. hosts: to which addresses may be redirected."""

    feed: str
    trip_updates: str = ""
    alerts: str = ""
    positions: str = ""
    every_s: int = 30
    alerts_every_s: int = 60
    stale_s: int = 300
    licence: str = ""
    hosts: tuple[str, ...] = ()

    def every(self, kinds: tuple[str, ...]) -> int:
        return self.alerts_every_s if kinds == ("alerts",) else self.every_s

    def places(self) -> dict[str, tuple[str, ...]]:
        """The kinds that each place has."""
        found: dict[str, tuple[str, ...]] = {}
        for kind in KINDS:
            if place := str(getattr(self, kind)):
                found[place] = (*found.get(place, ()), kind)
        return found
