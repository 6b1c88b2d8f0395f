"""What a golden query asks, and what came of it; golden.py asks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class GoldenQuery:
    """origin, destination: a stop's id, `lat,lon` or a place's name. weekday: one of WEEKDAYS, "" for any day.

    Answered is a query with an itinerary that leaves within two hours of `at`.
    """

    origin: str
    destination: str
    at: time
    weekday: str = ""

    def __str__(self) -> str:
        return f"{self.origin} > {self.destination} at {f'{self.weekday} {self.at:%H:%M}'.strip()}"


@dataclass(frozen=True, slots=True)
class GoldenAnswer:
    """itinerary: the first one in one line, by the clock; fault: why there is none. One of them is ""."""

    itinerary: str = ""
    fault: str = ""

    def __str__(self) -> str:
        return self.itinerary or self.fault
