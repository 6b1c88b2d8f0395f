"""An extract as the source of names and addresses: read once, however much is made of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from mobility.geo import Point
from mobility.network.place import TerritoryPlace
from mobility.places.files import read_places
from mobility.places.openstreetmap.communes import MappedCommune, MappedCommunes, together
from mobility.places.openstreetmap.extract import Extract, date_of, read_extract, said_communes

Said = Callable[[str], None]

SOURCE, LICENCE = "© OpenStreetMap", "ODbL 1.0"


@dataclass
class MappedTerritory:
    """commune_file: of the territory, whose post codes and centres count where the extract has no boundaries."""

    extract: Path
    commune_file: Path | None = None
    _read: list[Extract] = field(default_factory=list)

    @property
    def files(self) -> tuple[Path, ...]:
        return (self.extract, *((self.commune_file,) if self.commune_file else ()))

    @property
    def date(self) -> str:
        return date_of(self.extract)

    @property
    def credit(self) -> str:
        return ", ".join((SOURCE, LICENCE, self.date))

    def read(self, said: Said) -> Extract:
        """Raises InvalidConfig, which names the file."""
        if not self._read:
            said("reading the extract")
            self._read.append(read_extract(self.extract, said))
        return self._read[0]

    def communes(self, extract: Extract) -> MappedCommunes:
        """Boundaries of the extract, then the territory's own centres; where it has none, those of the extract, at last
        what addresses say."""
        own = [_own(place) for place in self._own_places()]
        return together(extract.communes, own or extract.towns or said_communes(extract.houses))

    def _own_places(self) -> tuple[TerritoryPlace, ...]:
        return read_places("commune", self.commune_file) if self.commune_file else ()


def _own(place: TerritoryPlace) -> MappedCommune:
    said, centre = place.properties, Point(place.lat, place.lon)
    return MappedCommune(place.name, centre, place.id, said.get("post_code", ""))
