"""A place that people name and that is neither a stop nor an address: a school, a pool, a beach."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Landmark:
    """kind: of landmarks.kinds. commune: "" where it is not known. also: other names under which it is found. name_br,
    name_en: "" where it is called alike."""

    kind: str
    id: str
    name: str
    lat: float
    lon: float
    commune: str = ""
    also: tuple[str, ...] = ()
    name_br: str = ""
    name_en: str = ""
