"""What the service says of itself: how it works, who answers for it, its accessibility in the form of the RGAA."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.pages.frame import frame, page
from api.privacy.uses import uses
from api.service import Service
from api.web.days import written
from mobility.privacy.register import NOTHING


def add(bp: Blueprint, service: Service) -> None:
    config = service.config

    @bp.get("/about")
    @uses(NOTHING)
    def about() -> ResponseReturnValue:
        return page("about.html", frame(service), responsible=config.data_use)

    @bp.get("/accessibility")
    @uses(NOTHING)
    def accessibility() -> ResponseReturnValue:
        claims, day = config.accessibility, config.accessibility.established
        return page(
            "accessibility.html",
            frame(service),
            claims=claims,
            responsible=config.data_use,
            contact=claims.contact or config.data_use.contact,
            established=written(day, "d MMMM yyyy") if day else "",
        )
