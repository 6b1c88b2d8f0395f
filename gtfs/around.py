"""What a feed is held against beside itself: the territory's water and school holidays, and the version before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shapely.geometry.base import BaseGeometry

from gtfs.snapshot import FeedSnapshot


@dataclass(frozen=True, slots=True, eq=False)
class Around:
    """water: areas in degrees, lon lat, that nobody walks over. holidays: every day of them. before: the version in
    service. What is not known is empty, and the rules about it find nothing. strict: what is left out of optional
    tables refuses a feed."""

    water: tuple[BaseGeometry, ...] = ()
    holidays: frozenset[date] = frozenset()
    before: FeedSnapshot | None = None
    strict: bool = False


NOTHING_AROUND = Around()
