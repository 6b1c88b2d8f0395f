"""The archive of the map's ground, for any map that reads PMTiles: served by ranges, from here."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, send_file
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound

from api.privacy.uses import uses
from api.service import Service
from mobility.privacy.register import NOTHING

MEDIA_TYPE = "application/vnd.pmtiles"
A_DAY_S = 86_400


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/map/basemap.pmtiles")
    @uses(NOTHING)
    def basemap() -> ResponseReturnValue:
        archive = service.config.map.tiles
        if archive is None or not Path(archive).is_file():
            raise NotFound
        return send_file(Path(archive).absolute(), mimetype=MEDIA_TYPE, conditional=True, max_age=A_DAY_S)
