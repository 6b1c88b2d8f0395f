"""Ways between one place and the stops near it, as columns: what is searched from, and told from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.timetable import Int32s
from mobility.network.ways import StreetWay


class Way(NamedTuple):
    """A way under one's own steam. estimated: not known on streets; drawn: only of direct ways."""

    duration_s: int
    distance_m: int
    estimated: bool = True
    drawn: StreetWay | None = None

    def without(self, stay_s: int) -> Way:
        return self._replace(duration_s=self.duration_s - stay_s)


@dataclass(frozen=True, slots=True, eq=False)
class Parked:
    """Of each way its car park (row of places), the drive to it and the walk from it."""

    places: tuple[TerritoryPlace, ...]
    park: Int32s
    drive_s: Int32s
    drive_m: Int32s
    walk_s: Int32s
    walk_m: Int32s

    def of(self, row: NDArray[np.int64]) -> Parked:
        columns = self.park, self.drive_s, self.drive_m, self.walk_s, self.walk_m
        return Parked(self.places, *(column[row] for column in columns))


@dataclass(frozen=True, eq=False)
class Ways:
    """The way between a place and each stop node near it: columns, of which a Way is made where one is looked at.

    mode: as in Walking. stay_s: of the seconds, those for leaving the vehicle behind. early_s: and those that one is
    there before the boat; None where no boat is waited for so.
    """

    node: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: NDArray[np.bool_]
    mode: str = "WALK"
    stay_s: int = 0
    parked: Parked | None = None
    early_s: Int32s | None = None

    def __len__(self) -> int:
        return len(self.node)

    def __contains__(self, node: int) -> bool:
        return node in self._rows

    def __getitem__(self, node: int) -> Way:
        """Raises KeyError."""
        row = self._rows[node]
        return Way(int(self.seconds[row]) - self.early(node), int(self.metres[row]), bool(self.estimated[row]))

    def early(self, node: int) -> int:
        """Seconds at the stop before one gets in. Raises KeyError."""
        return 0 if self.early_s is None else int(self.early_s[self._rows[node]])

    def parts(self, node: int) -> tuple[TerritoryPlace, Way, Way]:
        """The car park on the way to a node, the drive to it and the walk from it. Raises KeyError."""
        row, parked = self._rows[node], self.parked
        assert parked is not None
        guess = bool(self.estimated[row])
        drive = Way(int(parked.drive_s[row]), int(parked.drive_m[row]), guess)
        return parked.places[int(parked.park[row])], drive, Way(int(parked.walk_s[row]), int(parked.walk_m[row]), guess)

    @property
    def walked_s(self) -> Int32s:
        """Of each way alone, without the time that one is early at a boat."""
        return self.seconds if self.early_s is None else self.seconds - self.early_s

    @cached_property
    def _rows(self) -> dict[int, int]:
        return {node: row for row, node in enumerate(self.node.tolist())}


def of_all_nodes(network: Network, found: Ways) -> Ways:
    """What leads to a stop leads to all nodes split off it."""
    if not network.has_split_stops:
        return found
    nodes = [network.nodes(stop) for stop in found.node.tolist()]
    row = np.repeat(np.arange(len(nodes)), [len(some) for some in nodes])
    node = np.array([node for some in nodes for node in some], np.int32)
    parked = found.parked.of(row) if found.parked else None
    return Ways(node, found.seconds[row], found.metres[row], found.estimated[row], found.mode, found.stay_s, parked)
