"""What a page says to the script of the map that one opens: where its ground and network are."""

from __future__ import annotations

from dataclasses import dataclass

from api.pages.ground_archive import version_of, zooms_of
from api.pages.ground_routes import ground_of
from api.pages.network_geojson import address_of
from api.service import Service
from api.web import map_library
from mobility.routing.territory import Territory


@dataclass(frozen=True, slots=True)
class OpenedMap:
    """tiles: a template of addresses, "" without ground; zooms: the first and the last of them."""

    network: str
    tiles: str = ""
    zooms: tuple[int, int] = (0, 0)


def opened_map(service: Service, territory: Territory) -> OpenedMap | None:
    """None where the library is not installed: the drawn map is all there is then."""
    if not (service.config.features.map and map_library.is_there()):
        return None
    shown, archive = address_of(territory), ground_of(service)
    if archive is None or not archive.is_file():
        return OpenedMap(shown)
    return OpenedMap(shown, f"/map/tiles/{version_of(archive)}/{{z}}/{{x}}/{{y}}.mvt", zooms_of(archive))
