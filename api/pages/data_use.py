"""The whole register for people, and as the record of processing that a controller keeps."""

from __future__ import annotations

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue

from api.pages.frame import frame, page
from api.present import data_use as present
from api.privacy.notices import responsible
from api.privacy.uses import uses
from api.privacy.words import request_wording
from api.service import Service
from api.web.sentences import EASY
from mobility.privacy.register import NOTHING


def add(bp: Blueprint, service: Service) -> None:
    here = responsible(service)

    @bp.get("/data-use")
    @uses(NOTHING)
    def register() -> ResponseReturnValue:
        wording = request_wording()
        told = present.register(wording, here)
        return page("data_use.html", frame(service), register=told, words=wording.words["register"], easy=EASY)

    @bp.get("/data-use/record.csv")
    @uses(NOTHING)
    def record() -> Response:
        found = Response(present.record(request_wording(), here), mimetype="text/csv")
        found.headers["Content-Disposition"] = 'attachment; filename="record-of-processing.csv"'
        return found
