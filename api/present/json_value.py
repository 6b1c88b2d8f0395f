"""What JSON is made of, for who presents no network."""

from __future__ import annotations

from datetime import date
from typing import Any

Json = dict[str, Any]


def iso_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
