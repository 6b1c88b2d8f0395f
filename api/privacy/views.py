"""The whole register, for programs."""

from __future__ import annotations

from flask import Blueprint

from api.present import data_use as present
from api.present.pieces import Json
from api.privacy.notices import responsible
from api.privacy.uses import uses
from api.privacy.words import request_wording
from api.service import Service
from mobility.privacy.register import NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("data_use", __name__)
    here = responsible(service)

    @bp.get("/api/data-use")
    @uses(NOTHING)
    def register() -> Json:
        return present.register(request_wording(), here)

    return bp
