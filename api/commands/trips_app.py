"""The trips alone of the API, for a question asked in this very process: no port, no pages, no open data."""

from __future__ import annotations

from flask import Flask

from api import problems
from api.bare_app import bare_app
from api.config import Config, travellers
from api.privacy import install as privacy
from api.service import Service
from api.territory import taken_once
from api.territory.taken_once import InService, TakenOnce
from api.trips import plan
from mobility.clock import now_s


def trips_app(config: Config, current: InService) -> Flask:
    app = bare_app(config)
    service = Service(config, TakenOnce(current), lambda: int(now_s()), travellers.rules(config))
    app.register_blueprint(plan.blueprint(service))
    problems.install(app)
    taken_once.install(app)
    privacy.install(app, service)
    return app
