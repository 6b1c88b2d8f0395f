"""Names of stops in other languages than that of their feed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StopName:
    """stop: row of Network.stops. language: as `br`."""

    stop: int
    language: str
    name: str
