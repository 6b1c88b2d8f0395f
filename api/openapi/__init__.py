"""The description of the interface over HTTP. The models of every answer, which it is made of, are imported when it is
asked for."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app

from api.privacy.uses import uses
from api.service import Service
from mobility.privacy.register import NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("openapi", __name__)

    @bp.get("/openapi.json")
    @uses(NOTHING)
    def openapi() -> dict[str, Any]:
        from api.openapi.description import description

        return description(rule.rule for rule in current_app.url_map.iter_rules())

    return bp
