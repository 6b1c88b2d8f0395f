"""The walks between two stops that transfers.txt sets or forbids: they hold for who begins or ends at a stop, too."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]


def _none() -> Int32s:
    return np.empty(0, np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class RuledWalks:
    """Columns, one row a pair of stops, sorted by where it starts. duration_s: -1 where nobody may walk."""

    start: Int32s = field(default_factory=_none)
    end: Int32s = field(default_factory=_none)
    duration_s: Int32s = field(default_factory=_none)
    distance_m: Int32s = field(default_factory=_none)

    def __len__(self) -> int:
        return len(self.start)


NO_RULED_WALKS = RuledWalks()
