"""How often trips are looked for, open to all: counts by commune and hour, from six askers on."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint

from api.parse.times import day_asked
from api.present.clock import stamp
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service, asked
from mobility.clock import DAY_S, midnight
from mobility.network.network import Network
from mobility.privacy.periods import LEAST_ASKERS
from mobility.privacy.register import NOTHING
from mobility.statistics.counts import HourCount
from mobility.statistics.store import counts_between


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("statistics", __name__)

    @bp.get("/api/statistics")
    @uses(NOTHING)
    def statistics() -> Json:
        """Of a day of the territory, else of the last 24 hours."""
        first, until = _period(service)
        with service.database().reading() as connection:
            found = counts_between(connection, first, until)
        names = _names(service.current.territory().network)
        return {"least": LEAST_ASKERS, "counts": [_told(one, names) for one in found]}

    return bp


def _period(service: Service) -> tuple[int, int]:
    """Raises InvalidQuery."""
    day, now = day_asked(asked(), "day"), service.now()
    if day is None:
        return now - DAY_S, now
    zone = service.config.territory.zone
    return midnight(day, zone), midnight(day + timedelta(days=1), zone)


def _told(one: HourCount, names: dict[str, str]) -> Json:
    commune = {"commune": one.commune, "name": names.get(one.commune, "")}
    return {"hour": stamp(one.hour), **commune, "end": one.end.value, "askers": one.askers}


def _names(network: Network) -> dict[str, str]:
    return {place.id: place.name for place in network.places if place.kind == "commune"}
