"""Who is signed in on the pages: one strictly necessary cookie, set once a code was accepted, gone when they sign out.

The cookie is the session's token, of which the database has the SHA-256 alone; the API never looks at it. Forms of
other sites are refused three times over: the cookie stays on this site (SameSite=Strict), the browser says where a form
comes from (Sec-Fetch-Site, else Origin), and each form of somebody signed in holds a key that only pages of the session
know.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import request
from werkzeug.exceptions import Forbidden
from werkzeug.wrappers import Response

from api.service import Service
from mobility.carpool.accounts import Account, Session
from mobility.errors import NotSignedIn
from mobility.privacy.periods import SESSION_S

COOKIE = "hent_session"
HERE = frozenset({"same-origin", "none"})
"""Of Sec-Fetch-Site: a page of ours, or the person at the address bar."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """session: its id. key: stands in each of their forms."""

    account: Account
    session: str
    key: str


def find_visitor(service: Service) -> Visitor | None:
    """None: nobody is signed in. Raises StorageUnavailable."""
    token = request.cookies.get(COOKIE, "")
    if not token:
        return None
    try:
        account, session = service.carpooling().accounts.account(token, service.now())
    except NotSignedIn:
        return None
    return Visitor(account, session, _key(token))


def visitor(service: Service) -> Visitor:
    """Raises NotSignedIn."""
    found = find_visitor(service)
    if found is None:
        raise NotSignedIn
    return found


def newly_signed_in(service: Service, begun: Session) -> Visitor:
    """Before their browser has sent the cookie."""
    return Visitor(service.carpooling().accounts.by_id(begun.account), begun.id, _key(begun.token))


def sender(service: Service) -> Visitor:
    """Who sends a form. Raises NotSignedIn; Forbidden where it is none of their session's."""
    found = visitor(service)
    if not hmac.compare_digest(found.key.encode(), request.form.get("key", "").encode()):
        raise Forbidden
    return found


def refuse_other_sites() -> None:
    """Before every form is read, also of those who are not signed in. Raises Forbidden."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    if (fetched := request.headers.get("Sec-Fetch-Site")) is not None:
        if fetched not in HERE:
            raise Forbidden
        return
    # Browsers say "null" for pages that tell no referrer, and so do ours; the key in the form decides then.
    origin = request.headers.get("Origin", "null")
    if origin != "null" and urlsplit(origin).netloc != request.host:
        raise Forbidden


def came_from_elsewhere() -> bool:
    """By a link on a page of another site."""
    return request.method == "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site"


def begin(response: Response, session: Session) -> None:
    response.set_cookie(
        COOKIE, session.token, max_age=SESSION_S, secure=request.is_secure, httponly=True, samesite="Strict"
    )


def end(response: Response) -> None:
    response.delete_cookie(COOKIE, secure=request.is_secure, httponly=True, samesite="Strict")


def _key(token: str) -> str:
    return hmac.digest(token.encode(), b"form", "sha256").hex()
