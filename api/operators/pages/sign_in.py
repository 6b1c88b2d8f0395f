"""Signing in with an operator's token, and out."""

from __future__ import annotations

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue

from api.operators.gate import of_few_tries
from api.operators.pages import session
from api.operators.pages.frame import operator_frame, operator_page
from api.operators.pages.session import ROOT
from api.pages.frame import href
from api.pages.session import came_from_elsewhere
from api.privacy.uses import uses
from api.problems import kind_of
from api.service import Service
from mobility.errors import MobilityError, TokenNeeded, TooMany
from mobility.operators.log import Action, write_down
from mobility.operators.sessions import OperatorSessions
from mobility.privacy.register import LIMITS, OPERATOR


def add(bp: Blueprint, service: Service) -> None:
    @bp.post("/session")
    @uses(OPERATOR, LIMITS)
    def sign_in() -> ResponseReturnValue:
        token = request.form.get("token", "").strip()
        sessions = OperatorSessions(service.database())
        try:
            secret = of_few_tries(service, lambda now: sessions.begin(token, now))
        except (TokenNeeded, TooMany) as error:
            return sign_in_form(service, error)
        who = sessions.of(secret, service.now())
        write_down(service.database(), Action(who.name, "sign-in"), service.now())
        response = redirect(href(ROOT), 303)
        session.begin(response, secret)
        return response

    @bp.post("/sign-out")
    @uses(OPERATOR)
    def sign_out() -> ResponseReturnValue:
        who = session.sender(service)
        OperatorSessions(service.database()).end(who.secret)
        response = redirect(href(ROOT), 303)
        session.end(response)
        return response

    @bp.errorhandler(TokenNeeded)
    def to_sign_in(error: TokenNeeded) -> ResponseReturnValue:
        return redirect(href(ROOT), 303)


def sign_in_form(service: Service, error: MobilityError | None = None) -> ResponseReturnValue:
    """A link in a letter comes from another site, and a strict cookie does not come along; it does when the page, once
    here, is asked for again."""
    status = kind_of(error).status if error else 200
    fault = kind_of(error).name if error else ""
    wait_s = error.retry_after_s if isinstance(error, TooMany) else 0
    given = {"fault": fault, "wait_s": wait_s, "again": came_from_elsewhere()}
    return operator_page("sign_in", operator_frame(service, None), status, **given)
