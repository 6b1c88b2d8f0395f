"""Where land ends: coastline, and the banks of lakes and rivers that are drawn as areas."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Int32s = NDArray[np.int32]
Int64s = NDArray[np.int64]
UInt8s = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, eq=False)
class Shores:
    """Shore s has the points first[s] .. first[s + 1], in 1e-7 degrees. is_coast: 1 where the sea lies to its right."""

    first: Int64s = field(default_factory=lambda: np.zeros(1, np.int64))
    lat: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    lon: Int32s = field(default_factory=lambda: np.empty(0, np.int32))
    is_coast: UInt8s = field(default_factory=lambda: np.empty(0, np.uint8))


NO_SHORES = Shores()
