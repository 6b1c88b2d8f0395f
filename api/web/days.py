"""Days as people write them: babel's patterns, with the first of a month as it is written where that is no plain 1."""

from __future__ import annotations

import re
from datetime import date, datetime

from babel import Locale
from babel.dates import format_date
from flask_babel import get_locale, to_user_timezone

from mobility.clock import hour_and_minute, instant, now_s

FIRST = {"fr": "1er", "br": "1añ"}
"""By language."""
DAY = re.compile(r"\bd\b")


def written(day: date, pattern: str, locale: Locale | str | None = None) -> str:
    """`mardi 1er décembre` for `EEEE d MMMM`. pattern: or the name of one, `full`. locale: absent: the request's."""
    known = Locale.parse(locale or get_locale())
    if pattern in known.date_formats:
        pattern = known.date_formats[pattern].pattern
    first = FIRST.get(known.language)
    if first and day.day == 1:
        pattern = DAY.sub(f"'{first}'", pattern)
    return str(format_date(day, pattern, known))


def spoken_day(day: date, today: date | None = None, locale: Locale | str | None = None) -> str:
    """`lundi 30 novembre`, of another year than that of today with the year. today: absent: by the clock that all go
    by. locale: absent: the request's."""
    of_this_year = day.year == (today or instant(int(now_s())).date()).year
    return written(day, "EEEE d MMMM" if of_this_year else "EEEE d MMMM yyyy", locale)


def written_moment(at: datetime) -> str:
    """`1er déc. 2026, 8:05`, by the clock of the territory."""
    local = to_user_timezone(at)
    return f"{written(local.date(), 'd MMM yyyy')}, {hour_and_minute(local)}"


def iso_written(day: str | None, locale: Locale | str | None = None) -> str:
    """Of a day as JSON tells it; a dash where there is none. locale: absent: the request's."""
    return written(date.fromisoformat(day), "d MMM yyyy", locale) if day else "–"
