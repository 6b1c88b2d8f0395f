"""Names of communes on a drawn map: the largest first, none over another, none over a stop where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TypeAlias

import numpy as np

from api.pages.sheet import Floats, Sheet
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace

Place: TypeAlias = tuple[float, float]
"""Units of the sheet."""
LETTER = 9.8
"""Units across a letter; on narrow pages letters are drawn larger."""
LARGER = 1.7
ABOVE, BELOW, RAISED = 13.0, 4.0, 11.0
"""Units of letters over and under the line that they stand on, which is drawn that much above its place (map.css)."""
APART = 44.0
"""Units between the lines of two names."""
DOT = 8.0
"""Units from the middle of a stop to its edge, with some air."""
STEPS = ((0, 0), (0, -1), (0, 1), (0.5, 0), (-0.5, 0), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1))
"""Where a name may stand instead: parts of its own width across, heights of a line down."""
OFF_FOR_A_DOT = 50.0
"""Units that a name stands off its place rather than under a dot."""


@dataclass(frozen=True, slots=True)
class TownName:
    """is_small: there is no room for it on a narrow page."""

    x: float
    y: float
    name: str
    is_small: bool = False

    def half(self, larger: float) -> float:
        return len(self.name) * LETTER * larger / 2

    def covered(self, dots: Floats, larger: float) -> int:
        """Dots under its letters. dots: (n, 2)."""
        across, down = np.abs(dots[:, 0] - self.x), dots[:, 1] - (self.y - RAISED)
        high, low = -ABOVE * larger - DOT, BELOW * larger + DOT
        return int(((across < self.half(larger) + DOT) & (down > high) & (down < low)).sum())

    def off(self, place: Place) -> float:
        return hypot(self.x - place[0], self.y - place[1])

    def is_apart(self, other: TownName, larger: float) -> bool:
        across = self.half(larger) + other.half(larger)
        return abs(self.x - other.x) > across or abs(self.y - other.y) > APART * larger / 2


@dataclass
class _Names:
    """size: of the sheet. places: of all towns. taken: names that stand already."""

    size: tuple[float, float]
    dots: Floats
    places: Sequence[Place]
    taken: list[TownName] = field(default_factory=list)

    def add(self, name: str, place: Place) -> None:
        """Where letters are large, on a wide page only, or nowhere."""
        for larger in (LARGER, 1.0):
            free = [one for one in _near(name, place, larger) if self._fits(one, place, larger)]
            if free:
                self.taken.append(min(free, key=lambda one: self._trouble(one, place, larger)))
                return

    def _fits(self, one: TownName, place: Place, larger: float) -> bool:
        """On the sheet, apart from other names, and nearer to its own place than to any other."""
        half, (width, height) = one.half(larger), self.size
        inside = half < one.x < width - half and APART * larger / 2 < one.y < height - APART / 2
        beside = [other for other in self.taken if one.is_small or not other.is_small]
        own = one.off(place)
        return (
            inside
            and all(one.is_apart(other, larger) for other in beside)
            and all(one.off(other) >= own for other in self.places)
        )

    def _trouble(self, one: TownName, place: Place, larger: float) -> float:
        return one.covered(self.dots, larger) * OFF_FOR_A_DOT + one.off(place)


def town_names(network: Network, sheet: Sheet, dots: Iterable[Place]) -> Iterator[TownName]:
    """dots: of all that is marked on the sheet."""
    towns = sorted((one for one in network.places if one.kind == "commune"), key=_people, reverse=True)
    if not towns:
        return iter(())
    lat, lon = (np.array([getattr(one, axis) for one in towns]) for axis in ("lat", "lon"))
    places: list[Place] = [(x, y) for x, y in sheet.at(lat, lon).round(1).tolist()]
    names = _Names(sheet.size, np.array(list(dots), float).reshape(-1, 2), places)
    width, height = sheet.size
    for town, place in zip(towns, places, strict=True):
        if 0 < place[0] < width and 0 < place[1] < height:
            names.add(town.name, place)
    return iter(names.taken)


def _near(name: str, place: Place, larger: float) -> Iterator[TownName]:
    here = TownName(*place, name, is_small=larger == 1.0)
    wide, high = 2 * (here.half(larger) + DOT), (ABOVE + BELOW) * larger + DOT
    for across, down in STEPS:
        yield replace(here, x=round(here.x + across * wide, 1), y=round(here.y + down * high, 1))


def _people(place: TerritoryPlace) -> int:
    """0 where nobody has counted."""
    counted = place.properties.get("population", "")
    return int(counted) if counted.isdecimal() else 0
