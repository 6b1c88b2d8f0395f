"""What the answers link to: what each type of problem means."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.exceptions import NotFound

from api.present.pieces import Json
from api.privacy.uses import uses
from api.problems import Kind, kinds
from api.service import Service
from api.web.language import request_language
from api.web.sentences import sentences
from mobility.privacy.register import NOTHING


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("documents", __name__)

    @bp.get("/problems")
    @uses(NOTHING)
    def all_problems() -> list[Json]:
        return [_told(kind) for kind in kinds()]

    @bp.get("/problems/<name>")
    @uses(NOTHING)
    def one_problem(name: str) -> Json:
        kind = next((kind for kind in kinds() if kind.name == name), None)
        if kind is None:
            raise NotFound
        return _told(kind)

    return bp


def _told(kind: Kind) -> Json:
    title = sentences(request_language())["problem"][kind.name]
    return {"type": f"/problems/{kind.name}", "title": title, "status": kind.status}
