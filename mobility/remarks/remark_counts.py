"""How many remarks of a month an operator has looked at, by kind and by what they are about: all that is published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, delete, select, text

from mobility.privacy.periods import STATISTICS_S
from mobility.remarks.remark import Remark, RemarkAbout, RemarkKind
from mobility.remarks.tables import REMARK_COUNTS
from mobility.storage.retention import RetentionRule
from mobility.storage.store import Store

ADD = """
INSERT INTO remark_counts (month, kind, about, remarks) VALUES (:month, :kind, :about, :more)
ON CONFLICT (month, kind, about) DO UPDATE SET remarks = remark_counts.remarks + excluded.remarks
"""
C = REMARK_COUNTS.c


@dataclass(frozen=True, slots=True)
class RemarkCount:
    """month: `2026-11`, in which they were written."""

    month: str
    kind: RemarkKind
    about: RemarkAbout
    remarks: int


def count_remark(connection: Connection, remark: Remark, more: int) -> None:
    """more: -1 of one that turns out to be none."""
    named = {"kind": remark.kind.value, "about": remark.subject.about.value}
    connection.execute(text(ADD), {"month": _month(remark.at), "more": more, **named})


def remark_counts(store: Store) -> tuple[RemarkCount, ...]:
    """By month, kind and what they are about. Raises StorageUnavailable."""
    known = select(REMARK_COUNTS).where(C.remarks > 0).order_by(C.month, C.kind, C.about)
    with store.reading() as connection:
        rows = connection.execute(known).all()
    return tuple(RemarkCount(row.month, RemarkKind(row.kind), RemarkAbout(row.about), row.remarks) for row in rows)


def counts_rule() -> RetentionRule:
    def old(connection: Connection, now: int) -> int:
        return connection.execute(delete(REMARK_COUNTS).where(C.month < _month(now - STATISTICS_S))).rowcount

    return RetentionRule("counts of remarks", (REMARK_COUNTS,), old)


def _month(at: int) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m}"
