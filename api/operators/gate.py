"""Who may come in. Whatever else is asked, under whatever path and method, is refused in the same words after the
same work, and guessing runs out of tries."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from flask import Blueprint, g, request

from api.service import Service
from api.web.bearer import bearer_token
from mobility.carpool.limits import Limit, Limits, neighbourhood
from mobility.errors import NotAllowed, StorageUnavailable, TokenNeeded
from mobility.operators.tokens import Operator, Operators, Role

BASE = "/api/operators"
MINUTE_S = 60
Answered = TypeVar("Answered")


def install_gate(bp: Blueprint, service: Service) -> None:
    @bp.before_app_request
    def only_operators() -> None:
        if request.path == BASE or request.path.startswith(f"{BASE}/"):
            g.operator = _operator(service)


def allowed(least: Role) -> Operator:
    """Who asks. Raises NotAllowed."""
    operator: Operator = g.operator
    if operator.role < least:
        raise NotAllowed(least.name.lower())
    return operator


def _operator(service: Service) -> Operator:
    return of_few_tries(service, lambda now: Operators(service.database()).of(bearer_token(), now))


def of_few_tries(service: Service, look: Callable[[int], Answered]) -> Answered:
    """look: up a token, at a moment in epoch seconds. Raises TokenNeeded, TooMany, StorageUnavailable."""
    if service.kept is None:
        raise StorageUnavailable
    limits = Limits(service.kept.store, service.kept.sealing)
    tries = Limit("operator", service.config.limits.guesses_per_minute, MINUTE_S)
    whose, now = neighbourhood(request.remote_addr or ""), service.now()
    limits.look(tries, whose, now)
    try:
        return look(now)
    except TokenNeeded:
        limits.take(tries, whose, now)
        raise
