"""A session of an operator lasts some hours, and never longer than the token that it was begun with."""

from __future__ import annotations

import pytest

from mobility.errors import TokenNeeded
from mobility.operators.sessions import OperatorSessions
from mobility.operators.tokens import Operators, Role
from mobility.privacy.periods import OPERATOR_SESSION_S
from mobility.storage.store import Store
from tests.storage import bytes_on_disk

NOW = 1_800_000_000


@pytest.fixture
def token(store: Store) -> str:
    return Operators(store).add("harbour", Role.LOAD, 30, NOW)


def is_over(sessions: OperatorSessions, secret: str, now: int = NOW) -> bool:
    try:
        sessions.of(secret, now)
    except TokenNeeded:
        return True
    return False


def test_it_says_whose_it_is_until_its_hours_are_over(store: Store, token: str) -> None:
    sessions = OperatorSessions(store)
    secret = sessions.begin(token, NOW)
    assert (sessions.of(secret, NOW).name, sessions.of(secret, NOW).role) == ("harbour", Role.LOAD)
    assert not is_over(sessions, secret, NOW + OPERATOR_SESSION_S - 1)
    assert is_over(sessions, secret, NOW + OPERATOR_SESSION_S)


def test_a_wrong_token_begins_none(store: Store, token: str) -> None:
    with pytest.raises(TokenNeeded):
        OperatorSessions(store).begin(f"{token}x", NOW)


def test_it_ends_when_its_token_does(store: Store, token: str) -> None:
    sessions, operators = OperatorSessions(store), Operators(store)
    secret = sessions.begin(token, NOW)
    operators.revoke("harbour", NOW)
    assert is_over(sessions, secret)
    operators.add("harbour", Role.ADMIN, 30, NOW)
    assert is_over(sessions, secret), "a new token of the same name is another one"


def test_it_does_not_outlive_a_token_that_runs_out(store: Store) -> None:
    sessions = OperatorSessions(store)
    token = Operators(store).add("island", Role.READ, 1, NOW)
    late = NOW + 86_400 - 60
    secret = sessions.begin(token, late)
    assert is_over(sessions, secret, late + 60)


def test_signing_out_ends_it(store: Store, token: str) -> None:
    sessions = OperatorSessions(store)
    secret, other = sessions.begin(token, NOW), sessions.begin(token, NOW)
    sessions.end(secret)
    assert (is_over(sessions, secret), is_over(sessions, other)) == (True, False)


@pytest.mark.own_database
def test_neither_secret_nor_token_is_stored(store: Store, token: str) -> None:
    secret = OperatorSessions(store).begin(token, NOW)
    stored = bytes_on_disk(store)
    assert secret.encode() not in stored and token.encode() not in stored
