"""The sheet of one line or one stop, for who prints it at once: the same as `hent export paper` writes."""

from __future__ import annotations

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, href
from api.paper.sheets import STYLE, Paper, ServedSheet, line_sheet, stop_sheet
from api.privacy.uses import uses
from api.service import Service
from api.web.headers import may_be_kept
from mobility.errors import NotFound
from mobility.privacy.register import LOOKUP

KEPT_S = 600


def blueprint(service: Service) -> Blueprint:
    bp = Blueprint("paper_pages", __name__)

    @bp.get("/lines/<path:line>/sheet")
    @uses(LOOKUP)
    def line_to_print(line: str) -> ResponseReturnValue:
        of = frame(service)
        row = of.asking.territory.network.lines.id.find(line)
        text = line_sheet(_paper(of), row, _served(f"/lines/{line}")) if row is not None else ""
        if not text:
            raise NotFound("line", "line")
        may_be_kept(KEPT_S)
        return text

    @bp.get("/stops/<path:stop>/sheet")
    @uses(LOOKUP)
    def stop_to_print(stop: str) -> ResponseReturnValue:
        of = frame(service)
        text = stop_sheet(_paper(of), of.asking.territory.network.stop(stop, "stop"), _served(f"/stops/{stop}"))
        if not text:
            raise NotFound("stop", "stop")
        may_be_kept(KEPT_S)
        return text

    return bp


def _served(path: str) -> ServedSheet:
    return ServedSheet(href(path), url_for("static", filename=STYLE.name))


def _paper(of: Frame) -> Paper:
    return Paper(of.asking.territory.network, of.service.config.territory.name, of.said, of.today)
