"""Is the service alive and ready? For clients of the MOTIS API, and for whoever watches over this server."""

from __future__ import annotations

from flask import Blueprint

from api.present.answers import source_of
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service
from mobility.privacy.register import NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("health", __name__)

    @bp.get(f"{API}/health")
    @uses(NOTHING)
    def health(version: int) -> Json:
        """No real-time feed is read, none is waited for."""
        return {"rt": False, "gbfs": False}

    @bp.get("/health/ready")
    @uses(NOTHING)
    def ready() -> Json:
        """200 with the version in service; 503 while there is none."""
        network = service.current.territory().network
        return {"ready": True, "network": network.version, "sources": [source_of(feed) for feed in network.feeds]}

    return bp
