"""The resources of the standard, wired to the registry."""

from __future__ import annotations

from flask import Blueprint, Response

from api.covoiturage.errors import shaped
from api.covoiturage.identity import Issuer
from api.covoiturage.interact import add_interactions
from api.covoiturage.office import Office
from api.covoiturage.refused import Refused, StandardFault
from api.covoiturage.searches import add_searches
from api.service import Service
from api.web.language import request_language
from mobility.carpool.board import Boards


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("covoiturage", __name__)
    section = service.config.covoiturage
    issuer = Issuer(section.identity)
    boards: list[Boards] = []

    def office() -> Office:
        """Raises StorageUnavailable; Refused where the config names no operator."""
        if section.operator is None:
            raise Refused(404, StandardFault.NOT_SERVED)
        carpool = service.carpooling()
        if not boards:
            boards.append(Boards(carpool.live))
        return Office(carpool, boards[0], issuer, section.operator, service.now)

    @bp.errorhandler(Refused)
    def refused(error: Refused) -> Response:
        return shaped(error.status, error.told(request_language()))

    add_searches(bp, office)
    add_interactions(bp, office)
    return bp
