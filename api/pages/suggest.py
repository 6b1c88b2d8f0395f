"""Places that a text may mean, while it is typed; and that a town in it lies outside the territory, with the stations
from which one goes on. Posted, as the text may be somebody's address."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from api.pages import icons
from api.pages.form import LONGEST_TEXT
from api.pages.form_ends import id_of, name_of
from api.pages.form_faults import outside
from api.pages.frame import Frame, frame
from api.privacy.uses import uses
from api.service import Service
from api.web.quoted import quoted
from api.web.sentences import Sentences
from mobility.places.addresses.rank import COMMUNE, STREET
from mobility.places.match import Match
from mobility.places.recognised import Understood
from mobility.privacy.register import PLACES

MOST = 7


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/suggest")
    @uses(PLACES)
    def suggest() -> ResponseReturnValue:
        of = frame(service)
        places = of.asking.territory.gazetteer(of.asking.languages)
        text = request.form.get("text", "")[:LONGEST_TEXT]
        found = places.suggested(text, MOST) if places else Understood()
        return jsonify({"outside": outside(of, found.outside), "places": [_told(one, of) for one in found.found]})


def _told(one: Match, of: Frame) -> dict[str, str]:
    """name: as it stands in the field then. label, detail: what is shown, with kind and commune in words; a commune
    lies in none."""
    said, area = of.said, of.local_name(one.whereabouts)
    facts = (said["place_kinds"][one.kind], "" if one.kind == COMMUNE else area, _lacks(one, said))
    return {
        "name": of.local_name(name_of(one)),
        "label": of.local_name(one.name),
        "detail": " · ".join(filter(None, facts)),
        "area": area,
        "kind": one.kind,
        "icon": icons.of_place(one.kind) if one.stop < 0 else icons.of_stop(one.modes),
        "id": id_of(one),
    }


def _lacks(one: Match, said: Sentences) -> str:
    """That the street does not have the number that was typed."""
    number = one.unanswered[0] if one.kind == STREET and one.unanswered else ""
    return said["form"]["no_number"].format(number=quoted(number)) if number[:1].isdigit() else ""
