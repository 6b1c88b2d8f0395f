"""What a trip emits: CO2e, NOx and PM10 of each leg while the vehicle runs, with source and date of each factor.

Building vehicles and roads is not counted. Where there is no factor, there is no number: a guess would look like
knowledge. The table of factors is the caller's (api/config/impact.toml, config.toml); docs/impact.md is the method
for people.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

CAR = "CAR"


@dataclass(frozen=True, slots=True)
class Factor:
    """For one person and one kilometre: grams of CO2e, milligrams of NOx and PM10; None: unknown. source: where it has
    one of its own."""

    co2e_g: float | None = None
    nox_mg: float | None = None
    pm10_mg: float | None = None
    source: str = ""


UNKNOWN = Factor()


class Impact(NamedTuple):
    """Rounded to whole grams and milligrams; None where the factor of any part is unknown."""

    co2e_g: int | None
    nox_mg: int | None
    pm10_mg: int | None


NOTHING = Impact(0, 0, 0)
UNKNOWN_IMPACT = Impact(None, None, None)


@dataclass(frozen=True, slots=True)
class Factors:
    """by_mode: names of MODES, WALK, BIKE and CAR (of the whole car, not of a person in it). source: of all of them but
    those that name their own."""

    by_mode: Mapping[str, Factor] = field(default_factory=dict)
    source: str = ""

    def of(self, mode: str) -> Factor:
        return self.by_mode.get(mode, UNKNOWN)

    def sources(self, modes: Iterable[str]) -> tuple[str, ...]:
        """What the numbers of these modes come from, each once."""
        return tuple(dict.fromkeys([self.source, *(own for mode in modes if (own := self.of(mode).source))]))


def impact(factors: Factors, mode: str, metres: float) -> Impact:
    """Of one leg."""
    factor = factors.of(mode)
    return Impact(_of(factor.co2e_g, metres), _of(factor.nox_mg, metres), _of(factor.pm10_mg, metres))


def _of(per_km: float | None, metres: float) -> int | None:
    return None if per_km is None else round(per_km * metres / 1000)


def together(parts: Iterable[Impact]) -> Impact:
    """Of all legs: unknown where that of one is."""
    co2e_g, nox_mg, pm10_mg = zip(*parts, strict=True)
    return Impact(_sum(co2e_g), _sum(nox_mg), _sum(pm10_mg))


def _sum(numbers: tuple[int | None, ...]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def by_car(factors: Factors, metres: float, party: int) -> Impact:
    """A person's share of the car that the party would take."""
    return impact(factors, CAR, metres / max(1, party))
