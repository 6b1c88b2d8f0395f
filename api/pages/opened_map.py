"""What a page says to the script of the map that one opens: where its ground and network are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from api.pages.basemap import ground_of
from api.pages.tiles import version_of
from api.service import Service
from api.web import map_library
from mobility.network.network import Network


@dataclass(frozen=True, slots=True)
class OpenedMap:
    """tiles: a template of addresses, "" without ground."""

    network: str
    tiles: str


def opened_map(service: Service, network: Network) -> OpenedMap | None:
    """None where the library is not installed: the drawn map is all there is then."""
    if not (service.config.features.map and map_library.is_there()):
        return None
    return OpenedMap(f"/map/network/{network.version}.geojson", _tiles(ground_of(service)))


def _tiles(archive: Path | None) -> str:
    return f"/map/tiles/{version_of(archive)}/{{z}}/{{x}}/{{y}}.mvt" if archive and archive.is_file() else ""
