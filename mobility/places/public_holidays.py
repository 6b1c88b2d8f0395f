"""Public holidays of the land whose clocks a place goes by: the fixed ones of France and those that follow Easter.

Code du travail, article L3133-1; those of Alsace and Moselle alone are left out. Of other lands none is known.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FRANCE = "Europe/Paris"
FIXED = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
"""Month and day."""
AFTER_EASTER = (1, 39, 50)
"""Days from Easter Sunday to Easter Monday, Ascension and Whit Monday."""


def is_public_holiday(at: datetime) -> bool:
    """at: by the clocks of the place, which tell its land."""
    return isinstance(at.tzinfo, ZoneInfo) and is_holiday_where(at.tzinfo, at.date())


def is_holiday_where(zone: ZoneInfo, day: date) -> bool:
    """zone: of the clocks of the place."""
    return zone.key == FRANCE and day in _french(day.year)


@lru_cache(maxsize=16)
def _french(year: int) -> frozenset[date]:
    easter = easter_sunday(year)
    moving = (easter + timedelta(days=days) for days in AFTER_EASTER)
    return frozenset((*(date(year, month, day) for month, day in FIXED), *moving))


def easter_sunday(year: int) -> date:
    """Gregorian; Gauss's rule with the corrections of Lichtenberg (1997)."""
    century = year // 100
    moon = 15 + (3 * century + 3) // 4 - (8 * century + 13) // 25
    sun = 2 - (3 * century + 3) // 4
    age = (19 * (year % 19) + moon) % 30
    full_moon = 21 + age - (age + year % 19 // 11) // 29
    first_sunday = 7 - (year + year // 4 + sun) % 7
    return date(year, 3, 1) + timedelta(days=full_moon + 7 - (full_moon - first_sunday) % 7 - 1)
