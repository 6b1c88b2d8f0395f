"""What a map client asks first: where to look, what this server can do, which vehicles are for hire (none yet)."""

from __future__ import annotations

from importlib.metadata import version as installed

from flask import Blueprint

from api.present.pieces import Json
from api.service import API, Service


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("map", __name__)

    @bp.get(f"{API}/map/initial")
    def initial(version: int) -> Json:
        territory = service.config.territory
        lat, lon = territory.centre
        return {"lat": lat, "lon": lon, "zoom": territory.zoom, "serverConfig": _server_config(service)}

    @bp.get(f"{API}/rentals")
    def rentals(version: int) -> Json:
        return {"providerGroups": [], "providers": [], "stations": [], "vehicles": [], "zones": []}

    return bp


def _server_config(service: Service) -> Json:
    config = service.config
    return {
        "motisVersion": f"hent {installed('hent')}",
        "hasElevation": False,
        "hasRoutedTransfers": False,
        "hasStreetRouting": False,
        "maxOneToManySize": 0,
        "maxOneToAllTravelTimeLimit": config.limits.one_to_all_s // 60,
        "maxPrePostTransitTimeLimit": config.walking.longest_s,
        "maxDirectTimeLimit": config.walking.longest_s,
        "shapesDebugEnabled": False,
    }
