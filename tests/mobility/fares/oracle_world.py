"""What the oracle of fares is given and what it finds, in the words of the feed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

Row = Mapping[str, str]
Tables = Mapping[str, Sequence[Row]]

Cost = tuple[int, int]
"""Rides without a price, and cents."""


@dataclass(frozen=True)
class Ridden:
    """One ride, in the words of the feed. clocks: calendar day and seconds at departure and arrival."""

    route: str
    agency: str
    stops: tuple[str, ...]
    departs: int
    arrives: int
    clocks: tuple[tuple[date, int], tuple[date, int]]
    seated: bool = False


@dataclass(frozen=True)
class Place:
    zone: str
    station: str = ""


@dataclass(frozen=True)
class World:
    places: Mapping[str, Place]
    tables: Tables
    running: Mapping[str, frozenset[int]]
    """Weekdays of each service."""

    def rows(self, name: str) -> Sequence[Row]:
        return self.tables.get(name, ())


@dataclass(frozen=True)
class Found:
    unknown: int
    least: int
    most: int


def cents(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    whole, _, part = text.lstrip("-").partition(".")
    return sign * (int(whole or 0) * 100 + int(part.ljust(2, "0")))


# version 1
