"""Tokens of operators: shown once, hashed, ending; and the log that nobody can change."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.exc import DBAPIError

from mobility.clock import DAY_S
from mobility.errors import NotFound, TokenNeeded, WrongState
from mobility.operators.log import Action, actions, rules, write_down
from mobility.operators.tables import ACTIONS, OPERATORS
from mobility.operators.tokens import Operators, Role
from mobility.privacy.periods import OPERATOR_S
from mobility.storage.retention import run
from mobility.storage.store import Store

NOW = 1_800_000_000


def test_a_token_opens_for_its_role_until_its_day(store: Store) -> None:
    operators = Operators(store)
    token = operators.add("harbour", Role.LOAD, 30, NOW)
    assert (operators.of(token, NOW).name, operators.of(token, NOW).role) == ("harbour", Role.LOAD)
    assert operators.of(token, NOW + 30 * DAY_S - 1)
    with pytest.raises(TokenNeeded):
        operators.of(token, NOW + 30 * DAY_S)


@pytest.mark.parametrize("token", ["", "hent_", "hent_" + "x" * 43, "\udcff"])
def test_no_other_token_opens(store: Store, token: str) -> None:
    Operators(store).add("harbour", Role.LOAD, 30, NOW)
    with pytest.raises(TokenNeeded):
        Operators(store).of(token, NOW)


def test_a_token_cannot_be_read_from_the_database(store: Store) -> None:
    token = Operators(store).add("harbour", Role.LOAD, 30, NOW)
    with store.reading() as connection:
        stored = str(connection.execute(select(OPERATORS)).one())
    assert token not in stored and token.removeprefix("hent_") not in stored


def test_a_revoked_token_is_shut_and_its_name_may_get_a_new_one(store: Store) -> None:
    operators = Operators(store)
    old = operators.add("harbour", Role.LOAD, 30, NOW)
    with pytest.raises(WrongState):
        operators.add("harbour", Role.ADMIN, 30, NOW)
    operators.revoke("harbour", NOW + 1)
    with pytest.raises(TokenNeeded):
        operators.of(old, NOW + 1)
    assert operators.of(operators.add("harbour", Role.READ, 30, NOW + 2), NOW + 2).role is Role.READ
    with pytest.raises(NotFound):
        operators.revoke("nobody", NOW)


def test_the_log_says_who_did_what_to_which_version(store: Store) -> None:
    write_down(store, Action("harbour", "load", "lorient", "ab" * 32), NOW)
    write_down(store, Action("harbour", "rollback", "lorient", "cd" * 32, "failed"), NOW + 5)
    assert [(one.verb, one.version[:2], one.outcome, one.at) for one in actions(store)] == [
        ("rollback", "cd", "failed", NOW + 5),
        ("load", "ab", "done", NOW),
    ]


@pytest.mark.parametrize("change", [update(ACTIONS).values(operator="somebody else"), delete(ACTIONS)])
def test_no_line_of_the_log_can_be_changed_or_removed(store: Store, change: object) -> None:
    write_down(store, Action("harbour", "remove", "lorient"), int(time.time()))
    with pytest.raises(DBAPIError, match="append-only"), store.writing() as connection:
        connection.execute(change)  # type: ignore[call-overload]
    assert [one.operator for one in actions(store)] == ["harbour"]


def test_a_line_goes_after_its_year(store: Store) -> None:
    now = int(time.time())
    write_down(store, Action("harbour", "load", "old"), now - OPERATOR_S - 1)
    write_down(store, Action("harbour", "load", "new"), now - OPERATOR_S + 3600)
    run(store, rules(), now)
    assert [one.subject for one in actions(store)] == ["new"]
