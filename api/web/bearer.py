"""Who asks: the owner of the session whose token the request bears. The API looks at no cookie."""

from __future__ import annotations

from flask import request

from api.service import Service
from mobility.carpool.accounts import Account
from mobility.carpool.limits import Limit, neighbourhood
from mobility.errors import NotSignedIn

SCHEME = "bearer "


def signed_in(service: Service) -> Account:
    """Raises NotSignedIn."""
    return session(service)[0]


def session(service: Service) -> tuple[Account, str]:
    """The account and the id of the session. Raises NotSignedIn."""
    token = bearer_token()
    if not token:
        raise NotSignedIn
    return service.carpooling().accounts.account(token, service.now())


def bearer_token() -> str:
    """ "" without one."""
    given = request.headers.get("Authorization", "")
    return given[len(SCHEME) :].strip() if given.lower().startswith(SCHEME) else ""


def take(service: Service, limit: Limit, subject: str | None = None) -> None:
    """A token of the subject's, or of where the request comes from. Raises TooMany."""
    found = neighbourhood(request.remote_addr or "") if subject is None else subject
    service.carpooling().limits.take(limit, found, service.now())
