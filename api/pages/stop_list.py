"""All stops by commune: links to the communes, and the stops of the one asked for, so that no page is long."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from urllib.parse import quote

import numpy as np

from api.pages.frame import href
from mobility.places.index import PlaceIndex
from mobility.places.words import folded

UNKNOWN = "-"
"""In the address, for the stops whose commune is not known."""


@dataclass(frozen=True, slots=True)
class CommuneStops:
    """name: "" of stops whose commune is not known. stops: name and page of each, only of the commune asked for, or
    where there is no other."""

    name: str
    href: str
    count: int
    stops: tuple[tuple[str, str], ...] = ()


def stops_by_commune(places: PlaceIndex | None, asked: str = "") -> list[CommuneStops]:
    """In the order of a dictionary, what has no known commune last. Stops of one name side by side are one.
    asked: by its name, or UNKNOWN."""
    if places is None:
        return []
    rows_of: dict[str, list[int]] = defaultdict(list)
    for row in np.flatnonzero(places.stop >= 0).tolist():
        area = int(places.area[row])
        rows_of[places.areas[area] if area >= 0 else ""].append(row)
    names = sorted(rows_of, key=lambda name: (not name, folded(name)))
    return [_of_commune(places, name, rows_of[name], (name or UNKNOWN) == asked or len(names) == 1) for name in names]


def _of_commune(places: PlaceIndex, name: str, rows: list[int], whole: bool) -> CommuneStops:
    shown = sorted(rows, key=lambda row: folded(places.name[row])) if whole else ()
    links = tuple((places.name[row], href(f"/stops/{quote(places.id[row], safe='')}")) for row in shown)
    return CommuneStops(name, href(f"/communes/{quote(name or UNKNOWN, safe='')}"), len(rows), links)
