"""Places that a text may mean, while it is typed. Posted, as the text may be somebody's address."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api.pages import icons
from api.pages.form import LONGEST_TEXT, id_of, name_of
from api.pages.frame import frame
from api.privacy.uses import uses
from api.service import Service
from mobility.places.match import Match
from mobility.privacy.register import PLACES

MOST = 7


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/suggest")
    @uses(PLACES)
    def suggest() -> ResponseReturnValue:
        of = frame(service)
        places = of.asking.territory.gazetteer
        text = request.form.get("text", "")[:LONGEST_TEXT]
        found = places.search(text, MOST) if places else []
        return jsonify([_told(one) for one in found])


def _told(one: Match) -> dict[str, str]:
    icon = icons.of_place(one.kind)
    return {"name": name_of(one), "area": one.whereabouts, "kind": one.kind, "icon": icon, "id": id_of(one)}
