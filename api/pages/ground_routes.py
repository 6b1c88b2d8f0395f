"""The ground of the map for who draws it in a browser: one archive by ranges, or a tile at a time, from here.

Source: the PMTiles specification, version 3; Mapbox Vector Tiles 2.1.
"""

from __future__ import annotations

import gzip
from pathlib import Path

from flask import Blueprint, Response, request, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from api.pages.ground_archive import read_tile, version_of
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_kept
from mobility.ground.storage import archive_in_service
from mobility.privacy.register import NOTHING

GZIP = b"\x1f\x8b"
"""How what is squeezed begins."""
ARCHIVE_TYPE, TILE_TYPE = "application/vnd.pmtiles", "application/vnd.mapbox-vector-tile"
A_DAY_S, A_YEAR_S = 86_400, 31_536_000


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/map/basemap.pmtiles")
    @uses(NOTHING)
    def archive() -> ResponseReturnValue:
        """The archive in service."""
        found = _there(service)
        return send_file(found.absolute(), mimetype=ARCHIVE_TYPE, conditional=True, max_age=A_DAY_S)

    @bp.get("/map/tiles/<version>/<int:zoom>/<int:x>/<int:y>.mvt")
    @uses(NOTHING)
    def tile(version: str, zoom: int, x: int, y: int) -> ResponseReturnValue:
        """One of the archive named; a tile of another is not there any more. Empty where the archive has none."""
        archive = _there(service)
        if version != version_of(archive):
            raise NotFound
        body = read_tile(archive, (zoom, x, y))
        may_be_kept(A_YEAR_S, is_forever=True)
        return _tile(body) if body else Response(status=204)


def ground_of(service: Service) -> Path | None:
    """The operator's own archive, else the one that was built; None where the maps are drawn without."""
    named, data = service.config.map.tiles, service.folder
    return Path(named) if named else archive_in_service(data) if data else None


def _there(service: Service) -> Path:
    archive = ground_of(service)
    if archive is None or not archive.is_file():
        raise NotFound
    return archive


def _tile(body: bytes) -> Response:
    """As it lies in the archive: squeezed, where the browser takes that."""
    answer = Response(body, mimetype=TILE_TYPE)
    answer.vary.add("Accept-Encoding")
    if body[:2] == GZIP:
        if request.accept_encodings["gzip"]:
            answer.headers["Content-Encoding"] = "gzip"
        else:
            answer.set_data(gzip.decompress(body))
    return answer
