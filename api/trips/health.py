"""Is the service alive and ready? For clients of the MOTIS API, and for whoever watches over this server."""

from __future__ import annotations

import hmac
import os

from flask import Blueprint, Response, request

from api.present.answers import source_of
from api.present.feeds import ending_json
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import API, Service
from api.web.bearer import bearer_token
from api.web.metrics import MEDIA_TYPE, told
from mobility.errors import NetworkUnavailable, TokenNeeded
from mobility.feeds.expiry import endings
from mobility.feeds.versions import waiting_feeds
from mobility.live.watch import WatchedFeed, watched
from mobility.network.live_files import read_sources
from mobility.network.network import FeedVersion
from mobility.privacy.register import NOTHING

METRICS_TOKEN = "HENT_METRICS_TOKEN"  # noqa: S105
LOOPBACK = ("127.0.0.1", "::1")


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("health", __name__)

    @bp.get(f"{API}/health")
    @uses(NOTHING)
    def health(version: int) -> Json:
        """rt, gbfs: whether delays, and what is for hire, are known now."""
        return {"rt": _knows_delays(service), "gbfs": _knows_rentals(service)}

    @bp.get("/health/live")
    @uses(NOTHING)
    def live() -> Json:
        """200 while this process answers at all, also without a network: whoever gets no answer begins it anew."""
        return {"live": True}

    @bp.get("/metrics")
    @uses(NOTHING)
    def metrics() -> Response:
        """To this machine, and to who bears HENT_METRICS_TOKEN."""
        if not (_is_near() or _may_count(os.environ.get(METRICS_TOKEN, ""))):
            raise TokenNeeded
        return Response(told(_days_left(service), _watched(service)), content_type=MEDIA_TYPE)

    @bp.get("/health/ready")
    @uses(NOTHING)
    def ready() -> Json:
        """200 with the version in service, the feeds that end within 30 days or have ended, and how real time is; 503
        while there is no network."""
        network = service.current.territory().network
        return {
            "ready": True,
            "network": network.version,
            "sources": [source_of(feed) for feed in network.feeds],
            "ending": [ending_json(one) for one in endings(network.feeds, _waiting(service), service.today())],
            "realTime": [_watched_json(one) for one in _watched(service)],
        }

    return bp


def _is_near() -> bool:
    """Not what a proxy on this machine hands on, of which nobody said that it is there."""
    is_handed_on = any(name in request.headers for name in ("Forwarded", "X-Forwarded-For", "Via"))
    return not is_handed_on and (request.remote_addr or "") in LOOPBACK


def _may_count(token: str) -> bool:
    return bool(token) and hmac.compare_digest(token.encode(), bearer_token().encode())


def _days_left(service: Service) -> list[tuple[str, int]]:
    try:
        feeds = service.current.territory().network.feeds
    except NetworkUnavailable:
        return []
    return [(feed.id, (feed.last_day - service.today()).days) for feed in feeds if feed.last_day]


def _knows_delays(service: Service) -> bool:
    if service.folder is None:
        return False
    said = (one for one in read_sources(service.folder).get("sources", ()) if "trip_updates" in one.get("kinds", ()))
    return any(service.now() - (one.get("madeAt") or 0) <= one.get("staleS", 0) for one in said)


def _watched(service: Service) -> tuple[WatchedFeed, ...]:
    return watched(read_sources(service.folder), service.now()) if service.folder else ()


def _watched_json(one: WatchedFeed) -> Json:
    """An alarm asks for somebody; it sends no traveller elsewhere."""
    ages = [source.age_s for source in one.sources if source.age_s is not None]
    return {
        "feed": one.feed,
        "ageSeconds": max(ages, default=None),
        "updates": one.updates,
        "matched": one.matched,
        "reasons": dict(one.reasons),
        "alarms": list(one.alarms),
    }


def _knows_rentals(service: Service) -> bool:
    """Of a system that went silent the stations stay known, without what stands there."""
    try:
        systems = service.current.territory().rentals.systems()
    except NetworkUnavailable:
        return False
    return any(one.vehicles or any(at.vehicles is not None for at in one.stations) for one in systems)


def _waiting(service: Service) -> tuple[FeedVersion, ...]:
    return waiting_feeds(service.kept.data) if service.kept else ()
