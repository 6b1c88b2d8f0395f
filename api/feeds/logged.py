"""Every change of what is in service stands in the operators' log, whoever asks for it: over HTTP, on the command line,
the timer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from api.feeds.desk import Desk
from api.feeds.jobs import ends_of_lost
from api.problems import is_refusal
from api.web.storage import ready_store
from mobility.clock import now_s
from mobility.errors import LoadCancelled, StorageUnavailable
from mobility.feeds.state import feeds_in_service
from mobility.operators.jobs import Job
from mobility.operators.log import CANCELLED, DONE, FAILED, LOST, REFUSED, Action, write_down
from mobility.storage.store import Store

COMMAND_LINE, TIMER = "command line", "timer"


@contextmanager
def logged(desk: Desk, operator: str, verb: str, feed: str) -> Iterator[None]:
    """Written down when it has ended, however it ended; version: the one in service then."""
    ended = FAILED  # also where it is interrupted
    try:
        yield
        ended = DONE
    except LoadCancelled:
        ended = CANCELLED
        raise
    except Exception as error:
        ended = REFUSED if is_refusal(error) else FAILED
        raise
    finally:
        _write(desk, _end(desk.data, operator, verb, feed, ended))


def cancelled(desk: Desk, job: Job) -> None:
    """Before its process ends."""
    _write(desk, _end_of(desk.data, job, CANCELLED))


def log_lost(data: Path, store: Store, now: int) -> None:
    """The ends of jobs that were killed, each once, by whoever looks first. Raises StorageUnavailable."""
    for job in ends_of_lost(data, now):
        write_down(store, _end_of(data, job, LOST), now)


def _end_of(data: Path, job: Job, outcome: str) -> Action:
    return _end(data, job.operator or TIMER, job.order.verb, job.order.feed, outcome)


def _end(data: Path, operator: str, verb: str, feed: str, outcome: str) -> Action:
    version = next((one.sha256 for one in feeds_in_service(data) if one.id == feed), "")
    return Action(operator, verb, feed, version, outcome)


def _write(desk: Desk, action: Action) -> None:
    """A database that is away does not undo what was done."""
    with suppress(StorageUnavailable):
        store = ready_store(desk.config, desk.data)
        write_down(store, action, int(now_s()))
        store.close()
