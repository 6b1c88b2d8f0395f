"""How people sign in, alike over HTTP and on the pages: a code by mail, then a session.

A code has a million values, so that wrong ones are counted: few from one place, few for one address, whose code is
forgotten then, and few altogether where nobody says for which address.
"""

from __future__ import annotations

from api.service import Service, neighbour, take
from mobility.carpool.accounts import Newcomer, Session, is_code, normal_email
from mobility.carpool.limits import Limit
from mobility.errors import LinkNotValid, TooMany

CODES_HERE = Limit("codes from a place", 20, 3600)
CODES_TO = Limit("codes to an address", 3, 900)
TRIES = Limit("codes tried", 30, 3600)
WRONG_HERE = Limit("wrong codes from a place", 5, 900)
WRONG_FOR = Limit("wrong codes for an address", 5, 900)
WRONG_FOR_ANY = Limit("wrong codes for no address", 30, 3600)


def send_code(service: Service, email: str, language: str) -> None:
    """Raises InvalidQuery, MailUnavailable, TooMany."""
    take(service, CODES_HERE)
    take(service, CODES_TO, normal_email(email))
    service.carpooling().send_code(email, language, service.now())


def sign_in(service: Service, code: str, newcomer: Newcomer, email: str | None = None) -> Session:
    """email: whose code it must be, where that is known. Raises AccountIncomplete, LinkNotValid, TooMany."""
    take(service, TRIES)
    accounts, guesses = service.carpooling().accounts, _guesses(code, email)
    for limit, subject in guesses:
        service.carpooling().limits.look(limit, subject, service.now())
    try:
        return accounts.sign_in(code, newcomer, service.now(), email)
    except LinkNotValid:
        for limit, subject in guesses:
            take(service, limit, subject)
        if guesses and email is not None:
            _forget_where_too_many(service, email)
        raise


def _guesses(code: str, email: str | None) -> list[tuple[Limit, str]]:
    """What a wrong code takes from; what cannot be a code is no guess."""
    if not is_code(code):
        return []
    return [(WRONG_HERE, neighbour()), (WRONG_FOR_ANY, "") if email is None else (WRONG_FOR, normal_email(email))]


def _forget_where_too_many(service: Service, email: str) -> None:
    try:
        service.carpooling().limits.look(WRONG_FOR, normal_email(email), service.now())
    except TooMany:
        service.carpooling().accounts.forget_code(email)
