"""Names of communes on a drawn map: the largest first, none over another, none over a stop where there is room."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from math import hypot
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

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
APART = 40.0
"""Units between the lines of two names."""
DOT = 8.0
"""Units from the middle of a stop to its edge, with some air."""
EDGE = 8.0
"""Units between the letters and the edge of the sheet, for the light round them."""
STEPS = ((0, 0), (0, -1), (0, 1), (0.5, 0), (-0.5, 0), (0.5, -1), (-0.5, -1), (0.5, 1), (-0.5, 1))
"""Where a name may stand instead: parts of its own width across, heights of a line down."""
FINE_STEPS = tuple((across / 4, down / 4) for across in (0, 1, -1, 2, -2) for down in (0, -1, 1, -2, 2, -4, 4))
"""Where it may stand where names are close."""
OFF_FOR_A_DOT = 50.0
"""Units that a name stands off its place rather than under a dot."""
WORTH_A_NAME = 50.0
"""Units that another name goes off its place, so that a smaller town has room for its own."""


@dataclass(frozen=True, slots=True)
class TownName:
    """is_small: there is no room for it on a narrow page."""

    x: float
    y: float
    name: str
    is_small: bool = False

    @property
    def larger(self) -> float:
        return 1.0 if self.is_small else LARGER

    def half(self, larger: float) -> float:
        return len(self.name) * LETTER * larger / 2

    def covers(self, dots: Floats, larger: float, apart: float = DOT) -> NDArray[np.bool_]:
        """Which dots are under its letters, or nearer to them than that. dots: (n, 2)."""
        across, down = np.abs(dots[:, 0] - self.x), dots[:, 1] - (self.y - RAISED)
        high, low = -ABOVE * larger - apart, BELOW * larger + apart
        return (across < self.half(larger) + apart) & (down > high) & (down < low)

    def off(self, place: Place) -> float:
        return hypot(self.x - place[0], self.y - place[1])

    def is_apart(self, other: TownName, larger: float) -> bool:
        across = self.half(larger) + other.half(larger)
        return abs(self.x - other.x) > across or abs(self.y - other.y) > APART * larger / 2


StandingName: TypeAlias = tuple[TownName, Place]


@dataclass
class _Names:
    """size: of the sheet. places: of all towns. makes_room: where there is none, another one may go aside. taken: those
    that stand already, with the place of each."""

    size: tuple[float, float]
    dots: Floats
    places: Sequence[Place]
    makes_room: bool = False
    taken: list[StandingName] = field(default_factory=list)

    def add(self, name: str, place: Place) -> None:
        """Where letters are large, else where another name makes room for it, else on a wide page only, or nowhere."""
        for larger in (LARGER, 1.0):
            if found := self._best(_near(name, place, larger, STEPS), place, self.taken):
                self.taken.append((found, place))
                return
            if larger == LARGER and self.makes_room and (made := self._with_room(name, place)):
                self.taken = made
                return

    def _best(self, stands: Iterable[TownName], place: Place, taken: Sequence[StandingName]) -> TownName | None:
        """Apart from the others, over as few dots as can be."""
        free = (one for one in stands if self._fits(one, place) and not _blocking(one, taken))
        return min(free, key=lambda one: self._trouble(one, place), default=None)

    def _with_room(self, name: str, place: Place) -> list[StandingName] | None:
        """All names with this one, for which another one goes aside; None where none can without losing more than that
        is worth."""
        stands = (one for one in _near(name, place, LARGER, FINE_STEPS) if self._fits(one, place))
        found = [made for one in stands if (made := self._without_others((one, place))) is not None]
        return min(found, key=self._all_trouble, default=None)

    def _without_others(self, new: StandingName) -> list[StandingName] | None:
        """All names with this one, those that it would lie on at another stand; one of them at the most."""
        blocking = _blocking(new[0], self.taken)
        names = [*(one for one in self.taken if one not in blocking), new]
        if len(blocking) > 1 or any(one.is_small for one, _ in blocking):
            return None
        for one, place in blocking:
            moved = self._best(_near(one.name, place, LARGER, FINE_STEPS), place, names)
            if moved is None or self._trouble(moved, place) > self._trouble(one, place) + WORTH_A_NAME:
                return None
            names.append((moved, place))
        return names

    def _all_trouble(self, names: Sequence[StandingName]) -> float:
        return sum(self._trouble(one, place) for one, place in names)

    def _fits(self, one: TownName, place: Place) -> bool:
        """On the sheet, and nearer to its own place than to any other."""
        larger, (width, height) = one.larger, self.size
        half, own = one.half(larger), one.off(place)
        inside = half + EDGE < one.x < width - half - EDGE and APART * larger / 2 < one.y < height - APART / 2
        return inside and all(one.off(other) >= own for other in self.places)

    def _trouble(self, one: TownName, place: Place) -> float:
        return int(one.covers(self.dots, one.larger).sum()) * OFF_FOR_A_DOT + one.off(place)


def _blocking(one: TownName, taken: Iterable[StandingName]) -> list[StandingName]:
    """Names that it would lie on. On a narrow page small ones are not there."""
    return [other for other in taken if not one.is_apart(other[0], min(one.larger, other[0].larger))]


def town_names(network: Network, sheet: Sheet, dots: Iterable[Place], makes_room: bool = False) -> Iterator[TownName]:
    """dots: of all that is marked on the sheet. makes_room: takes ten milliseconds for a territory, for what is drawn
    once."""
    towns = sorted((one for one in network.places if one.kind == "commune"), key=_people, reverse=True)
    if not towns:
        return iter(())
    lat, lon = (np.array([getattr(one, axis) for one in towns]) for axis in ("lat", "lon"))
    places: list[Place] = [(x, y) for x, y in sheet.at(lat, lon).round(1).tolist()]
    names = _Names(sheet.size, np.array(list(dots), float).reshape(-1, 2), places, makes_room)
    width, height = sheet.size
    for town, place in zip(towns, places, strict=True):
        if 0 < place[0] < width and 0 < place[1] < height:
            names.add(town.name, place)
    return (name for name, _ in names.taken)


def _near(name: str, place: Place, larger: float, steps: Iterable[Place]) -> Iterator[TownName]:
    here = TownName(*place, name, is_small=larger == 1.0)
    wide, high = 2 * (here.half(larger) + DOT), (ABOVE + BELOW) * larger + DOT
    for across, down in steps:
        yield replace(here, x=round(here.x + across * wide, 1), y=round(here.y + down * high, 1))


def _people(place: TerritoryPlace) -> int:
    """0 where nobody has counted."""
    counted = place.properties.get("population", "")
    return int(counted) if counted.isdecimal() else 0
