"""What operators have done to feeds, as the process that does it notes it down; api/feeds/jobs.py runs it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Verb(StrEnum):
    LOAD = "load"
    FETCH = "fetch"
    ROLL_BACK = "rollback"
    REMOVE = "remove"
    TAKE_OVER = "take-over"
    RENEW = "renew"
    CHECK = "check"
    DIFF = "diff"


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done. file: a path, an address or the id of a feed of the config, for `load`; version: for
    `rollback`, and with after: for `diff`; licence, publisher: as the operator states them, "" as the config does.
    name: of the file that was sent, as its sender calls it.
    force: for `load`, `fetch` and `rollback`, also what reaches less far than the version in service. forward: for
    `rollback`."""

    verb: Verb
    feed: str = ""
    file: str = ""
    licence: str = ""
    publisher: str = ""
    version: str = ""
    after: str = ""
    alone: bool = False
    force: bool = False
    forward: bool = False
    name: str = ""


class JobState(StrEnum):
    """LOST: its process was killed; what was in service still is."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Job:
    """share: of the work that lies behind, 0 to 1. began_at, ended_at: epoch seconds, 0 not yet. result: the outcome
    of a job that is done (api/present/feeds.py), the problem of one that failed. operator: who asked,
    "" for the timer."""

    id: str
    order: Order
    began_at: int
    state: JobState = JobState.RUNNING
    step: str = "starting"
    share: float = 0.0
    ended_at: int = 0
    result: dict[str, Any] = field(default_factory=dict)
    operator: str = ""
