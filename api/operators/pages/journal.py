"""Who did what, for who may know."""

from __future__ import annotations

from datetime import UTC, datetime

from flask import Blueprint
from flask.typing import ResponseReturnValue

from api.operators.orders import close_lost
from api.operators.pages.frame import operator_frame, operator_page
from api.operators.pages.log_words import LogWords
from api.operators.pages.messages import find_desk
from api.operators.pages.session import visitor
from api.privacy.uses import uses
from api.service import Service
from mobility.operators.log import actions
from mobility.operators.tokens import Role
from mobility.privacy.register import OPERATOR, REMARK

MOST = 200


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/log")
    @uses(OPERATOR, REMARK)
    def log() -> ResponseReturnValue:
        who = visitor(service, Role.ADMIN)
        close_lost(service)
        of, done = operator_frame(service, who), actions(service.database(), MOST)
        subjects = LogWords(of, find_desk(service)).of(done)
        told = [(one, about, datetime.fromtimestamp(one.at, UTC)) for one, about in zip(done, subjects, strict=True)]
        return operator_page("log", of, actions=told, most=MOST)
