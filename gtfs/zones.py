"""Names of time zones."""

from __future__ import annotations

import zoneinfo
from functools import cache, lru_cache


@lru_cache(maxsize=64)
def is_timezone(name: str) -> bool:
    try:
        zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def zone_in_any_case(name: str) -> str:
    """The zone that is so called but for capitals, "" without: `europe/paris` is Europe/Paris."""
    return _zones().get(name.lower(), "")


@cache
def _zones() -> dict[str, str]:
    return {name.lower(): name for name in zoneinfo.available_timezones()}
