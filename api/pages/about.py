"""The page that explains the order of answers."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.config import travellers
from api.pages.frame import frame, page
from api.present.last_kilometre import order
from api.privacy.uses import uses
from api.service import Service
from mobility.privacy.register import NOTHING
from mobility.ranking.labels import LABELS
from mobility.ranking.rules import rules


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/ranking")
    @uses(NOTHING)
    def ranking() -> ResponseReturnValue:
        of = frame(service)
        profiles = [travellers.profile(service.config, name) for name in travellers.names(service.config)]
        return page("ranking.html", of, labels=LABELS, rules=rules(), profiles=profiles, last_km=order(of.said))
