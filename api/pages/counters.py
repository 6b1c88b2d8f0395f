"""Counters: who is there for you, where, until when, and the way to them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.pages.frame import Frame, frame, href, page
from api.pages.open_now import opening
from api.pages.sketch import places_sketch
from api.present.offers import offered
from api.present.opening_hours import spoken_hours
from api.privacy.uses import uses
from api.service import Service
from mobility.network.place import TerritoryPlace
from mobility.privacy.register import NOTHING


@dataclass(frozen=True, slots=True)
class CounterCard:
    """state: open until when, or when it opens, "" where its hours are not known; is_open: now. way: a search that
    ends there."""

    id: str
    name: str
    address: str
    commune: str
    phone: str
    url: str
    state: str
    is_open: bool
    hours: str
    sells: tuple[str, ...]
    step_free: str
    way: str


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/counters")
    @uses(NOTHING)
    def counters() -> ResponseReturnValue:
        of = frame(service)
        places = sorted(
            (place for place in of.asking.territory.network.places if place.kind == "counter"),
            key=lambda place: (place.properties.get("commune", ""), place.name),
        )
        sketch = of.drawn(lambda drawn: places_sketch(drawn, [(one.name, one.lat, one.lon) for one in places]))
        return page("counters.html", of, counters=[_counter(of, place) for place in places], sketch=sketch)


def _counter(of: Frame, place: TerritoryPlace) -> CounterCard:
    known, said = place.properties, of.said
    at = datetime.fromtimestamp(of.asking.now_s, of.asking.territory.zone)
    state, is_open = opening(known.get("opening_hours", ""), at, said)
    return CounterCard(
        id=place.id,
        name=place.name,
        address=known.get("address", ""),
        commune=of.local_name(known.get("commune", "")),
        phone=known.get("phone", ""),
        url=known.get("url", ""),
        state=state,
        is_open=is_open,
        hours=spoken_hours(known.get("opening_hours", ""), said),
        sells=tuple(offered(_sold(known), said)),
        step_free={"yes": "yes", "no": "no"}.get(known.get("step_free", ""), "unknown"),
        way=href("/", to=f"{place.lat:.6f},{place.lon:.6f}"),
    )


def _sold(known: dict[str, str]) -> list[str]:
    return [one for one in known.get("sells", "").split(";") if one]
