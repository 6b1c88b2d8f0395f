"""Who is signed in on the operators' page: a cookie that this page alone is sent, for some hours.

It is set for a token that was typed, and is another secret than that; the API never looks at it. Forms of other sites
are refused as on the pages of carpooling (api/pages/session.py): the cookie stays on this site, the browser says where
a form comes from, and each form holds a key that only pages of the session know.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from api.service import Service
from mobility.errors import NotAllowed, TokenNeeded
from mobility.operators.sessions import OperatorSessions
from mobility.operators.tokens import Operator, Role
from mobility.privacy.periods import OPERATOR_SESSION_S

COOKIE, ROOT = "hent_operator", "/operateurs"


@dataclass(frozen=True, slots=True)
class OperatorVisitor:
    """key: stands in each of their forms."""

    operator: Operator
    secret: str
    key: str

    def may(self, least: Role) -> bool:
        return self.operator.role >= least


def find_visitor(service: Service) -> OperatorVisitor | None:
    """None: nobody is signed in. Raises StorageUnavailable."""
    secret = request.cookies.get(COOKIE, "")
    if not secret:
        return None
    try:
        who = OperatorSessions(service.database()).of(secret, service.now())
    except TokenNeeded:
        return None
    return OperatorVisitor(who, secret, hmac.digest(secret.encode(), b"form", "sha256").hex())


def visitor(service: Service, least: Role = Role.READ) -> OperatorVisitor:
    """Who looks. Raises TokenNeeded, NotAllowed."""
    found = find_visitor(service)
    if found is None:
        raise TokenNeeded
    if not found.may(least):
        raise NotAllowed(least.name.lower())
    return found


def sender(service: Service, least: Role = Role.READ) -> OperatorVisitor:
    """Who sends a form. Raises TokenNeeded, NotAllowed; Forbidden where it is none of their session's."""
    found = visitor(service, least)
    if not hmac.compare_digest(found.key.encode(), request.form.get("key", "").encode()):
        raise Forbidden
    return found


def begin(response: Response, secret: str) -> None:
    response.set_cookie(
        COOKIE,
        secret,
        max_age=OPERATOR_SESSION_S,
        path=ROOT,
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )


def end(response: Response) -> None:
    response.delete_cookie(COOKIE, path=ROOT, secure=request.is_secure, httponly=True, samesite="Strict")
