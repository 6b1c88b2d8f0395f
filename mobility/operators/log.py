"""What operators did: who, what, when, which version, how it ended. Lines are added, and go after a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, case, delete, select

from mobility.operators.tables import ACTIONS, OPERATORS
from mobility.privacy.periods import OPERATOR_S
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store

A = ACTIONS.c
ASKED, DONE, REFUSED, FAILED, CANCELLED, LOST = "asked", "done", "refused", "failed", "cancelled", "lost"
MOST = 1000


@dataclass(frozen=True, slots=True)
class Action:
    """subject: a feed, or whom a token was given to. version: of the feed, "" where it is about none.
    outcome: asked, done, refused, failed, cancelled; lost: its process was killed."""

    operator: str
    verb: str
    subject: str = ""
    version: str = ""
    outcome: str = DONE
    at: int = 0


def write_down(store: Store, action: Action, now: int) -> None:
    """Raises StorageUnavailable."""
    with store.writing() as connection:
        values = {"operator": action.operator, "verb": action.verb, "subject": action.subject}
        connection.execute(ACTIONS.insert().values(at=now, version=action.version, outcome=action.outcome, **values))


def actions(store: Store, most: int = MOST) -> tuple[Action, ...]:
    """The latest first."""
    with store.reading() as connection:
        return tuple(map(_action, connection.execute(select(ACTIONS).order_by(A.id.desc()).limit(most))))


def rules() -> tuple[RetentionRule, ...]:
    """A line goes after the period that the register states; an operator whose access ended so long ago, with the last
    line that names it."""
    return (
        RetentionRule("lines of the operators' log", (ACTIONS,), _forget),
        RetentionRule("operators", (OPERATORS,), _forget_operators),
    )


def _forget(connection: Connection, now: int) -> int:
    return connection.execute(delete(ACTIONS).where(A.at <= now - OPERATOR_S)).rowcount


def _forget_operators(connection: Connection, now: int) -> int:
    known = OPERATORS.c
    ended_at = case((known.revoked_at > 0, known.revoked_at), else_=known.expires_at)
    is_due = and_(ended_at <= now - OPERATOR_S, known.name.not_in(select(A.operator)))
    return connection.execute(delete(OPERATORS).where(is_due)).rowcount


def _action(row: Row[Any]) -> Action:
    return Action(row.operator, row.verb, row.subject, row.version, row.outcome, row.at)
