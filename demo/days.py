"""Which days each service runs: a window of 55 weeks round today, French public holidays, school holidays of zone B.

Public holidays: code du travail, article L3133-1; Easter by the anonymous Gregorian computus (Meeus).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from demo.records import Holidays, Service

WEEKS = 55
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Window:
    """The days that the feed covers, both included."""

    first: date
    last: date

    def days(self) -> Iterator[date]:
        """Every day of the window."""
        return (self.first + timedelta(n) for n in range((self.last - self.first).days + 1))


def window(today: date) -> Window:
    """From the Monday two weeks before today's week for 55 weeks: the same for every day of one week."""
    first = today - timedelta(today.weekday() + 14)
    return Window(first, first + timedelta(7 * WEEKS - 1))


def service_days(service: Service, covered: Window, school_holidays: Iterable[Holidays]) -> list[date]:
    """The days of the window on which the service runs."""
    public = set().union(*(public_holidays(year) for year in range(covered.first.year, covered.last.year + 1)))
    off = set(_days_off(covered, tuple(school_holidays))) if service.school == "only" else set()
    return [day for day in covered.days() if day not in off and _runs(service, day, day in public)]


def _runs(service: Service, day: date, is_public_holiday: bool) -> bool:
    if service.season == "summer" and day.month not in (7, 8):
        return False
    if is_public_holiday and service.public_holidays != "any":
        return service.public_holidays == "also"
    return service.weekdays[day.weekday()]


def public_holidays(year: int) -> set[date]:
    """The eleven public holidays of mainland France."""
    fixed = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
    return {date(year, month, day) for month, day in fixed} | {easter(year) + timedelta(n) for n in (1, 39, 50)}


def easter(year: int) -> date:
    """Easter Sunday. Source: J. Meeus, Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return date(year, month, day + 1)


def _days_off(covered: Window, published: tuple[Holidays, ...]) -> Iterator[date]:
    for school_year in range(covered.first.year - 1, covered.last.year + 1):
        known = [holidays for holidays in published if _school_year(holidays.first_day) == school_year]
        for holidays in known or usual_holidays(school_year):
            yield from Window(holidays.first_day, holidays.last_day).days()


def _school_year(day: date) -> int:
    return day.year if day.month >= 9 else day.year - 1


def usual_holidays(school_year: int) -> list[Holidays]:
    """School holidays as they usually fall in zone B, for years whose calendar is not in the table."""
    winter = _saturday_from(date(school_year + 1, 2, 8))
    ascension = easter(school_year + 1) + timedelta(39)
    return [
        _fortnight("Vacances de la Toussaint", _saturday_from(date(school_year, 10, 17))),
        _fortnight("Vacances de Noël", _saturday_from(date(school_year, 12, 18))),
        _fortnight("Vacances d'hiver", winter),
        _fortnight("Vacances de printemps", winter + timedelta(weeks=8)),
        Holidays("Pont de l'Ascension", ascension, ascension + timedelta(3)),
        Holidays("Vacances d'été", _saturday_from(date(school_year + 1, 7, 1)), date(school_year + 1, 8, 31)),
    ]


def _fortnight(name: str, saturday: date) -> Holidays:
    return Holidays(name, saturday, saturday + timedelta(15))


def _saturday_from(day: date) -> date:
    return day + timedelta((SATURDAY - day.weekday()) % 7)


def gtfs_day(day: date) -> str:
    """As the feed writes it: 20261123."""
    return day.strftime("%Y%m%d")
