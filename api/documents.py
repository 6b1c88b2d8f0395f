"""What the answers link to: what becomes of the traveller's data, and what each type of problem means."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.exceptions import NotFound

from api.language import request_language
from api.present.data_use import data_use
from api.present.pieces import Json
from api.problems import kinds
from api.sentences import sentences
from api.service import Service


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("documents", __name__)

    @bp.get("/data-use")
    def use_of_data() -> Json:
        """The notice of each answer with who is responsible and whom to ask."""
        responsible = service.config.data_use
        notice = data_use(sentences(request_language()))
        return notice | {
            "controller": responsible.controller,
            "contact": responsible.contact,
            "more": responsible.more or notice["more"],
        }

    @bp.get("/problems")
    def all_problems() -> list[Json]:
        titles = sentences(request_language())["problem"]
        return [
            {"type": f"/problems/{kind.name}", "title": titles[kind.name], "status": kind.status} for kind in kinds()
        ]

    @bp.get("/problems/<name>")
    def one_problem(name: str) -> Json:
        kind = next((kind for kind in kinds() if kind.name == name), None)
        if kind is None:
            raise NotFound
        title = sentences(request_language())["problem"][name]
        return {"type": f"/problems/{name}", "title": title, "status": kind.status}

    return bp
