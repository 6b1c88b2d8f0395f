"""How people sign in, alike over HTTP and on the pages: a code by mail, then a session.

A code has a million values, so that wrong ones are counted: few from one place, few for one code, which is forgotten
then, and few altogether where nobody says for which address.

Nothing that strangers do with an address keeps its owner out. Letters to it are counted by who asks, and altogether;
past that nobody gets a letter more, but whoever asks is told to look for the last one, which is still good. Wrong tries
are counted against the code, so that the next one is as good as new.
"""

from __future__ import annotations

from api.service import Service, neighbour, take
from mobility.carpool.accounts import Newcomer, Session, is_code, normal_email
from mobility.carpool.limits import Limit
from mobility.errors import LinkNotValid, TooMany
from mobility.privacy.periods import SIGN_IN_S

CODES_HERE = Limit("codes from a place", 20, 3600)
CODES_TO_FROM = Limit("codes to an address from a place", 3, 900)
CODES_TO = Limit("codes to an address", 12, 3600)
"""Of all that ask: no more letters in an hour than one place alone could have sent."""
TRIES = Limit("codes tried", 30, 3600)
WRONG_HERE = Limit("wrong codes from a place", 5, 900)
WRONG_FOR = Limit("wrong tries of a code", 5, SIGN_IN_S)
WRONG_FOR_ANY = Limit("wrong codes for no address", 30, 3600)


def send_code(service: Service, email: str, language: str) -> None:
    """Raises InvalidQuery, MailUnavailable, TooMany."""
    address = normal_email(email)
    take(service, CODES_HERE)
    take(service, CODES_TO_FROM, f"{neighbour()} {address}")
    try:
        take(service, CODES_TO, address)
    except TooMany:
        if service.carpooling().accounts.waiting_code(address, service.now()):
            return  # it was mailed, to whoever has the address
        raise
    service.carpooling().send_code(address, language, service.now())


def sign_in(service: Service, code: str, newcomer: Newcomer, email: str | None = None) -> Session:
    """email: whose code it must be, where that is known. Raises AccountIncomplete, LinkNotValid, TooMany."""
    take(service, TRIES)
    accounts, guesses = service.carpooling().accounts, _guesses(service, code, email)
    for limit, subject in guesses:
        service.carpooling().limits.look(limit, subject, service.now())
    try:
        return accounts.sign_in(code, newcomer, service.now(), email)
    except LinkNotValid:
        for limit, subject in guesses:
            take(service, limit, subject)
        if guesses and email is not None:
            _forget_where_too_many(service, email, guesses[-1])
        raise


def _guesses(service: Service, code: str, email: str | None) -> list[tuple[Limit, str]]:
    """What a wrong code takes from; what cannot be a code is no guess."""
    if not is_code(code):
        return []
    here = (WRONG_HERE, neighbour())
    if email is None:
        return [here, (WRONG_FOR_ANY, "")]
    waiting = service.carpooling().accounts.waiting_code(email, service.now())
    return [here, (WRONG_FOR, waiting)] if waiting else [here]


def _forget_where_too_many(service: Service, email: str, guess: tuple[Limit, str]) -> None:
    """Where nothing waits there is nothing to forget."""
    try:
        service.carpooling().limits.look(*guess, service.now())
    except TooMany:
        if guess[0] is WRONG_FOR:
            service.carpooling().accounts.forget_code(email)
