"""Pages that explain: the counters, the order of answers, what becomes of the data."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.config import travellers
from api.pages.frame import Frame, frame, page
from api.present.last_kilometre import order, spoken_hours
from api.privacy.uses import uses
from api.service import Service
from mobility.privacy.register import NOTHING
from mobility.ranking.labels import LABELS
from mobility.ranking.rules import rules


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/counters")
    @uses(NOTHING)
    def counters() -> ResponseReturnValue:
        of = frame(service)
        return page("counters.html", of, counters=_counters(of))

    @bp.get("/ranking")
    @uses(NOTHING)
    def ranking() -> ResponseReturnValue:
        of = frame(service)
        profiles = [travellers.profile(service.config, name) for name in travellers.names(service.config)]
        return page("ranking.html", of, labels=LABELS, rules=rules(), profiles=profiles, last_km=order(of.said))


def _counters(of: Frame) -> list[dict[str, object]]:
    places = [place for place in of.asking.territory.network.places if place.kind == "counter"]
    return [
        {
            "id": place.id,
            "name": place.name,
            "phone": place.properties.get("phone", ""),
            "url": place.properties.get("url", ""),
            "hours": spoken_hours(place.properties.get("opening_hours", ""), of.said),
            "sells": [of.said["town_centre"].get(f"sells_{one}", one) for one in _sold(place.properties)],
            "step_free": {"yes": "yes", "no": "no"}.get(place.properties.get("step_free", ""), "unknown"),
        }
        for place in sorted(places, key=lambda place: place.name)
    ]


def _sold(known: dict[str, str]) -> list[str]:
    return [one for one in known.get("sells", "").split(";") if one]
