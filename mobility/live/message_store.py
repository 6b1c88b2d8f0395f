"""Messages of operators in the database: typed, listed, taken back. A line is never changed but by its end."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, Row, and_, delete, func, or_, select, update

from mobility.clock import DAY_S
from mobility.errors import InvalidQuery, NotFound
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.live.tables import OPERATOR_MESSAGES
from mobility.network.live_alerts import Texts
from mobility.privacy.periods import OPERATOR_S
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store
from mobility.value_faults import ValueFault

M = OPERATOR_MESSAGES.c
MOST, LONGEST_TEXT, LONGEST_DAYS = 500, 2_000, 400
NO_LANGUAGE = ""
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d")


def add_message(store: Store, message: OperatorMessage) -> OperatorMessage:
    """The message with its id. Raises InvalidQuery where it says too little or too much, StorageUnavailable."""
    _check(message)
    typed = replace(message, id=secrets.token_hex(4))
    holding = (M.ended_at == 0) & (M.until_at > typed.at_s)
    with store.writing() as connection:
        standing = connection.execute(select(func.count()).select_from(OPERATOR_MESSAGES).where(holding)).scalar_one()
        if standing >= MOST:
            raise InvalidQuery("message", ValueFault.MANY_MESSAGES, most=MOST)
        connection.execute(OPERATOR_MESSAGES.insert().values(**_values(typed)))
    return typed


def end_message(store: Store, id: str, now_s: int) -> None:
    """Raises NotFound where none of that id is in force, StorageUnavailable."""
    with store.writing() as connection:
        open_one = (M.id == id) & (M.ended_at == 0)
        if not connection.execute(update(OPERATOR_MESSAGES).where(open_one).values(ended_at=now_s)).rowcount:
            raise NotFound("message", "id")


def messages_in_force(store: Store, now_s: int) -> tuple[OperatorMessage, ...]:
    """Those that have not ended, the first typed first. Raises StorageUnavailable."""
    holding = (M.ended_at == 0) & (M.until_at > now_s)
    with store.reading() as connection:
        rows = connection.execute(select(OPERATOR_MESSAGES).where(holding).order_by(M.number).limit(MOST))
        return tuple(map(_message, rows))


class StoredMessages:
    """What the writer of live versions reads. texts: the ready-made sentence of a message in each language."""

    def __init__(self, store: Store, texts: Callable[[OperatorMessage], Texts]) -> None:
        self._store, self._texts = store, texts

    def revision(self) -> int:
        """Raises StorageUnavailable."""
        with self._store.reading() as connection:
            counted = select(func.count(), func.max(M.number), func.max(M.ended_at), func.sum(M.ended_at))
            return hash(tuple(connection.execute(counted).one()))

    def in_force(self, now_s: int) -> Sequence[tuple[OperatorMessage, Texts]]:
        """Raises StorageUnavailable."""
        return [(message, self._texts(message)) for message in messages_in_force(self._store, now_s)]


def rules() -> tuple[RetentionRule, ...]:
    """A message goes with the name of who typed it, as long after its end as a line of the operators' log."""
    return (RetentionRule("messages of operators", (OPERATOR_MESSAGES,), _forget),)


def _forget(connection: Connection, now: int) -> int:
    last = now - OPERATOR_S
    is_over = or_(M.until_at <= last, and_(M.ended_at > 0, M.ended_at <= last))
    return connection.execute(delete(OPERATOR_MESSAGES).where(is_over)).rowcount


def _check(message: OperatorMessage) -> None:
    named = [name for name, said in (("trip", message.trip), ("line", message.line), ("stop", message.stop)) if said]
    if len(named) != 1:
        raise InvalidQuery("trip", ValueFault.NOT_ONE_SUBJECT)
    if message.trip and message.day is None:
        raise InvalidQuery("date", ValueFault.NO_DAY_OF_TRIP)
    if message.until_s <= message.from_s:
        raise InvalidQuery("until", ValueFault.NOT_AFTER_BEGINNING)
    if message.until_s - message.from_s > LONGEST_DAYS * DAY_S:
        raise InvalidQuery("until", ValueFault.LONG_MESSAGE, days=LONGEST_DAYS)
    _check_moved(message)
    if any(len(text) > LONGEST_TEXT for _, text in message.text):
        raise InvalidQuery("text", ValueFault.LONG_TEXT, most=LONGEST_TEXT)


def _check_moved(message: OperatorMessage) -> None:
    is_moved = message.effect is MessageEffect.MOVED
    if message.clock and not CLOCK.fullmatch(message.clock):
        raise InvalidQuery("clock", ValueFault.NO_CLOCK)
    if message.clock and not (message.effect is MessageEffect.AT_RISK or (is_moved and message.trip)):
        raise InvalidQuery("clock", ValueFault.CLOCK_OUT_OF_PLACE)
    if message.to_stop and not (is_moved and (message.trip or message.stop)):
        raise InvalidQuery("to_stop", ValueFault.STOP_OUT_OF_PLACE)
    if message.to_stop and message.to_stop == message.stop:
        raise InvalidQuery("to_stop", ValueFault.SAME_STOP)


def _values(message: OperatorMessage) -> dict[str, object]:
    return {
        "id": message.id,
        "effect": message.effect.value,
        "cause": message.cause.value,
        "from_at": message.from_s,
        "until_at": message.until_s,
        "trip": message.trip,
        "day": message.day.isoformat() if message.day else "",
        "line": message.line,
        "stop": message.stop,
        "clock": message.clock,
        "to_stop": message.to_stop,
        "departs_at": message.departs_s,
        "text": message.text[0][1] if message.text else "",
        "operator": message.by,
        "at": message.at_s,
        "ended_at": 0,
    }


def _message(row: Row) -> OperatorMessage:  # type: ignore[type-arg]
    return OperatorMessage(
        id=row.id,
        effect=MessageEffect(row.effect),
        cause=MessageCause(row.cause),
        from_s=row.from_at,
        until_s=row.until_at,
        trip=row.trip,
        day=date.fromisoformat(row.day) if row.day else None,
        line=row.line,
        stop=row.stop,
        clock=row.clock,
        to_stop=row.to_stop,
        text=((NO_LANGUAGE, row.text),) if row.text else (),
        by=row.operator,
        at_s=row.at,
        departs_s=row.departs_at,
    )
