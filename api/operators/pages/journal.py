"""Who did what, for who may know."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.operators.orders import close_lost
from api.operators.pages.frame import operator_frame, operator_page
from api.operators.pages.session import visitor
from api.privacy.uses import uses
from api.service import Service
from mobility.operators.log import actions
from mobility.operators.tokens import Role
from mobility.privacy.register import OPERATOR

MOST = 200


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/log")
    @uses(OPERATOR)
    def log() -> ResponseReturnValue:
        who = visitor(service, Role.ADMIN)
        close_lost(service)
        told = [(one, datetime.fromtimestamp(one.at, UTC)) for one in actions(service.database(), MOST)]
        return operator_page("log", operator_frame(service, who), actions=told, most=MOST)
