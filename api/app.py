"""The web application: every resource wired to what it needs. Nothing here is global; a test makes its own."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from api import openapi, operators, pages, problems
from api.bare_app import bare_app
from api.carpool import accounts as carpool_accounts
from api.carpool import offers as carpool_offers
from api.carpool import rides as carpool_rides
from api.carpool.carpooling import carpooling
from api.carpool.shared_territory import with_carpools
from api.config import Config, travellers
from api.covoiturage import views as covoiturage
from api.operators import pages as operator_pages
from api.pages import carpool as carpool_pages
from api.pages import remarks as remark_pages
from api.paper import views as paper
from api.portal import views as portal
from api.privacy import install as privacy
from api.privacy import rights
from api.privacy import views as data_use
from api.service import Service
from api.territory import taken_once
from api.territory.in_service import Following
from api.territory.taken_once import InService, TakenOnce
from api.trips import documents, health, map, places, plan, ranking, statistics, stops
from api.web import assets
from api.web.bodies import install_bodies
from api.web.headers import install_headers, leave_unknown_ranges
from api.web.hosts import install_hosts
from api.web.metrics import install_metrics
from api.web.storage import Kept
from api.web.trip_counts import Counting
from mobility.clock import now_s

REMARKS = (remark_pages,)
CARPOOL = (carpool_accounts, carpool_offers, carpool_rides, carpool_pages, rights)
RESOURCES = (
    covoiturage,
    plan,
    ranking,
    statistics,
    stops,
    places,
    map,
    health,
    documents,
    data_use,
    operators,
    operator_pages,
    openapi,
    paper,
    pages,
    portal,
)


def create_app(config: Config, current: InService, now: Callable[[], float] = now_s, kept: Kept | None = None) -> Flask:
    """now: epoch seconds, for queries that name no time. kept: what outlives the process."""
    app = bare_app(config)
    install_metrics(app)
    install_hosts(app, config.server.hosts)
    carpool = carpooling(config, kept, lambda: int(now())) if kept else None
    folder = kept.data if kept else current.data if isinstance(current, Following) else None
    current = TakenOnce(with_carpools(current, carpool))
    counting = Counting(kept.store) if kept and config.statistics.trips else None
    service = Service(
        config,
        current,
        lambda: int(now()),
        travellers.rules(config),
        kept=kept,
        carpool=carpool,
        counting=counting,
        folder=folder,
    )
    features = config.features
    switched = (*(CARPOOL if features.shares_rides else ()), *(REMARKS if features.remarks else ()))
    for resource in (*switched, *RESOURCES):
        app.register_blueprint(resource.blueprint(service))
    install_bodies(app)
    pages.install(app, service)
    assets.install(app)
    problems.install(app)
    taken_once.install(app)
    privacy.install(app, service)
    install_headers(app, config.server.cors)
    app.before_request(leave_unknown_ranges)
    app.after_request(assets.compressed)
    if proxies := config.server.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=0)  # type: ignore[method-assign]
    return app
