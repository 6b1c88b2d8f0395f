"""How people sign in, alike over HTTP and on the pages: a code by mail, then a session."""

from __future__ import annotations

from api.service import Service, take
from mobility.carpool.accounts import Newcomer, Session, normal_email
from mobility.carpool.limits import Limit

CODES_HERE = Limit("codes from a place", 20, 3600)
CODES_TO = Limit("codes to an address", 3, 900)
TRIES = Limit("codes tried", 30, 3600)


def send_code(service: Service, email: str, language: str) -> None:
    """Raises InvalidQuery, MailUnavailable, TooMany."""
    take(service, CODES_HERE)
    take(service, CODES_TO, normal_email(email))
    service.carpooling().send_code(email, language, service.now())


def sign_in(service: Service, code: str, newcomer: Newcomer) -> Session:
    """Raises AccountIncomplete, LinkNotValid, TooMany."""
    take(service, TRIES)
    return service.carpooling().accounts.sign_in(code.strip(), newcomer, service.now())
