"""School holidays of the territory's zone, from a file with the columns name, first_day, last_day (both included)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from mobility.clock import days_after
from mobility.errors import ConfigFault, InvalidConfig

KEY = "carpool.school_holidays"


def read_school_holidays(file: Path) -> frozenset[date]:
    """Every day of them. Raises InvalidConfig, which names the line."""
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidConfig(KEY, f"{file.name} cannot be read as UTF-8 text", ConfigFault.BAD_FILE) from error
    rows = csv.DictReader(text.splitlines())
    return frozenset(day for row in rows for day in _days(row, f"{file.name}, line {rows.line_num}"))


def _days(row: dict[str, str], where: str) -> Iterator[date]:
    try:
        first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidConfig(KEY, f"{where}: first_day and last_day are dates, YYYY-MM-DD") from error
    if last < first or (last - first).days > 366:
        raise InvalidConfig(KEY, f"{where}: last_day lies before first_day, or years after it")
    while first <= last:
        yield first
        first = days_after(first, 1)
