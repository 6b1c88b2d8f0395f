"""A territory's own file of places that people name: CSV or GeoJSON with `kind`, and `commune`, `name_br`, `name_en`,
`also` (parted by semicolons) where they are known."""

from __future__ import annotations

from pathlib import Path

from mobility.errors import ConfigFault, InvalidConfig
from mobility.network.place import TerritoryPlace
from mobility.places.files import read_places
from mobility.places.landmarks.kinds import BY_NAME
from mobility.places.landmarks.landmark import Landmark


def read_landmarks(path: Path) -> tuple[Landmark, ...]:
    """Raises InvalidConfig, which names the file and the line or the place."""
    return tuple(_landmark(path, place) for place in read_places("landmark", path))


def _landmark(path: Path, place: TerritoryPlace) -> Landmark:
    said = place.properties
    if said.get("kind") not in BY_NAME:
        raise InvalidConfig(
            path.name,
            f"{place.name}: kind {said.get('kind', '')!r} is none of {', '.join(BY_NAME)}",
            ConfigFault.BAD_FILE,
        )
    return Landmark(
        kind=said["kind"],
        id=place.id,
        name=place.name,
        lat=place.lat,
        lon=place.lon,
        commune=said.get("commune", ""),
        also=several(said.get("also", "")),
        name_br=said.get("name_br", ""),
        name_en=said.get("name_en", ""),
    )


def several(text: str) -> tuple[str, ...]:
    """What is parted by semicolons."""
    return tuple(filter(None, (part.strip() for part in text.split(";"))))
