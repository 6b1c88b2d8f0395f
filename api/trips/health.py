"""Is the service alive and ready? For clients of the MOTIS API, and for whoever watches over this server."""

from __future__ import annotations

from flask import Blueprint

from api.present.answers import source_of
from api.present.feeds import ending_json
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service
from mobility.errors import NetworkUnavailable
from mobility.feeds.ending import endings
from mobility.feeds.versions import waiting_feeds
from mobility.network.network import FeedVersion
from mobility.privacy.register import NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("health", __name__)

    @bp.get(f"{API}/health")
    @uses(NOTHING)
    def health(version: int) -> Json:
        """rt: no feed of delays is read. gbfs: whether what is for hire is known now."""
        return {"rt": False, "gbfs": _knows_rentals(service)}

    @bp.get("/health/ready")
    @uses(NOTHING)
    def ready() -> Json:
        """200 with the version in service and the feeds that end within 30 days or have ended; 503 while there is
        none."""
        network = service.current.territory().network
        return {
            "ready": True,
            "network": network.version,
            "sources": [source_of(feed) for feed in network.feeds],
            "ending": [ending_json(one) for one in endings(network.feeds, _waiting(service), service.today())],
        }

    return bp


def _knows_rentals(service: Service) -> bool:
    """Of a system that went silent the stations stay known, without what stands there."""
    try:
        systems = service.current.territory().rentals.systems()
    except NetworkUnavailable:
        return False
    return any(one.vehicles or any(at.vehicles is not None for at in one.stations) for one in systems)


def _waiting(service: Service) -> tuple[FeedVersion, ...]:
    return waiting_feeds(service.kept.data) if service.kept else ()
