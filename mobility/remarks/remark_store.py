"""Remarks in the database: written once, looked at by operators, shown to who holds the code, gone after 90 days."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update
from sqlalchemy.exc import IntegrityError

from mobility.errors import InvalidQuery, NotFound, StorageUnavailable, TooMany
from mobility.privacy.periods import HOUR_S, REMARK_S
from mobility.remarks.remark import (
    LONGEST_ANSWER,
    STEP_TIMES,
    Remark,
    RemarkAbout,
    RemarkEnding,
    RemarkKind,
    RemarkSubject,
    new_code,
    one_form,
    read_code,
)
from mobility.remarks.remark_counts import count_remark, counts_rule
from mobility.remarks.tables import REMARKS
from mobility.storage.erase import empty_journal
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store
from mobility.value_faults import ValueFault

R = REMARKS.c
MOST_NEW, MOST, PATIENCE_S = 1_000, 500, 2.0
"""So many wait to be looked at, at most; so many are listed."""
NOTED = ("forwarded_at", "alias_at", "message_at")
"""Steps of which nothing but the time is kept."""


@dataclass(frozen=True, slots=True)
class Remarks:
    """mark: the keyed hash of a code. All methods raise StorageUnavailable; now: epoch seconds."""

    store: Store
    mark: Callable[[str], str]

    def add(self, remark: Remark, code: str) -> str:
        """The code that shows the answer: the one given, of the form that it was written in, so that a form that is
        sent twice is written once; another one where something else was written with that. Raises TooMany where
        operators have more to read than they can."""
        try:
            return self._add(remark, read_code(code) or new_code())
        except IntegrityError:  # the same form at the same moment
            return self._add(remark, read_code(code))

    def _add(self, remark: Remark, code: str) -> str:
        with self.store.writing() as connection:
            same = connection.execute(select(REMARKS).where(R.code_hash == self.mark(code))).first()
            if same is not None and _remark(same).says_the_same(remark):
                return code
            if _unread(connection) >= MOST_NEW:
                raise TooMany(HOUR_S)
            code = new_code() if same is not None else code
            connection.execute(REMARKS.insert().values(**_values(remark), code_hash=self.mark(code)))
        return code

    def of(self, code: str) -> Remark:
        """Raises NotFound."""
        with self.store.reading() as connection:
            return _found(connection, R.code_hash == self.mark(read_code(code)), "code")

    def erase(self, code: str) -> None:
        """By who wrote it: no byte of it is left, as soon as readers of SQLite let go. Raises NotFound."""
        with self.store.writing() as connection:
            ours = R.code_hash == self.mark(read_code(code))
            if not connection.execute(delete(REMARKS).where(ours)).rowcount:
                raise NotFound("remark", "code")
        if self.store.is_sqlite:
            with suppress(StorageUnavailable):  # within the hour, by the chore
                empty_journal(self.store, PATIENCE_S)

    def every(self) -> tuple[Remark, ...]:
        """The open ones first, of each the latest first."""
        latest = select(REMARKS).order_by(R.closed_at > 0, R.number.desc()).limit(MOST)
        with self.store.reading() as connection:
            return tuple(map(_remark, connection.execute(latest)))

    def unread(self) -> int:
        with self.store.reading() as connection:
            return _unread(connection)

    def look(self, id: str, now: int) -> Remark:
        """By an operator: from now on it is no longer hidden from who wrote it, and it counts. Raises NotFound."""
        with self.store.writing() as connection:
            unseen = update(REMARKS).where(R.id == id, R.seen_at == 0)
            is_first = connection.execute(unseen.values(seen_at=now)).rowcount
            found = _found(connection, R.id == id, "id")
            if is_first:
                count_remark(connection, found, 1)
            return found

    def answer(self, id: str, text: str, now: int) -> None:
        """The latest holds. Raises NotFound, InvalidQuery."""
        words = one_form(text)
        if not words or len(words) > LONGEST_ANSWER:
            raise InvalidQuery("text", ValueFault.EMPTY_OR_LONG, most=LONGEST_ANSWER)
        self.look(id, now)
        with self.store.writing() as connection:
            _change(connection, id, answer=words, answered_at=now)

    def note(self, id: str, what: str, now: int) -> None:
        """what: of NOTED. Raises NotFound."""
        assert what in NOTED
        self.look(id, now)
        with self.store.writing() as connection:
            _change(connection, id, **{what: now})

    def close(self, id: str, ending: RemarkEnding, now: int) -> None:
        """What was called abuse counts no longer. Raises NotFound."""
        self.look(id, now)
        with self.store.writing() as connection:
            _change(connection, id, closed_at=now)  # whoever else closes it waits here
            found = _found(connection, R.id == id, "id")
            _change(connection, id, ending=ending.value)
            is_abuse, was_abuse = (one is RemarkEnding.ABUSE for one in (ending, found.ending))
            if is_abuse != was_abuse:
                count_remark(connection, found, -1 if is_abuse else 1)


def rules() -> tuple[RetentionRule, ...]:
    """A remark goes with its answer, 90 days after it was written."""

    def old(connection: Connection, now: int) -> int:
        return connection.execute(delete(REMARKS).where(R.at <= now - REMARK_S)).rowcount

    return (RetentionRule("remarks", (REMARKS,), old), counts_rule())


def _unread(connection: Connection) -> int:
    return connection.execute(select(func.count()).select_from(REMARKS).where(R.seen_at == 0)).scalar_one()


def _found(connection: Connection, which: ColumnElement[bool], parameter: str) -> Remark:
    """Raises NotFound."""
    row = connection.execute(select(REMARKS).where(which)).first()
    if row is None:
        raise NotFound("remark", parameter)
    return _remark(row)


def _change(connection: Connection, id: str, **values: object) -> None:
    """Raises NotFound."""
    if not connection.execute(update(REMARKS).where(R.id == id).values(**values)).rowcount:
        raise NotFound("remark", "id")


def _values(remark: Remark) -> dict[str, object]:
    subject = remark.subject
    named = {"about": subject.about.value, "subject": subject.id, "name": subject.name, "trip": subject.trip}
    times = dict.fromkeys(STEP_TIMES, 0)
    words = {"text": remark.text, "answer": "", "ending": ""}
    return {"id": remark.id, "kind": remark.kind.value, "at": remark.at, **named, **words, **times}


def _remark(row: Row[Any]) -> Remark:
    return Remark(
        id=row.id,
        kind=RemarkKind(row.kind),
        subject=RemarkSubject(RemarkAbout(row.about), row.subject, row.name, row.trip),
        text=row.text,
        at=row.at,
        answer=row.answer,
        **{name: getattr(row, name) for name in STEP_TIMES},
        ending=RemarkEnding(row.ending) if row.ending else None,
    )
