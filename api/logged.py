"""Every change of what is in service stands in the operators' log, whoever asks for it: over HTTP, on the command line,
the timer."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from api.loading import Desk
from api.storing import ready_store
from gtfs.errors import FeedError
from mobility.errors import LoadCancelled, NotAnswered, StorageUnavailable
from mobility.feeds.versions import feeds_in_service
from mobility.operators.log import CANCELLED, DONE, FAILED, REFUSED, Action, write_down

COMMAND_LINE, TIMER = "command line", "timer"


@contextmanager
def logged(desk: Desk, operator: str, verb: str, feed: str) -> Iterator[None]:
    """Written down when it has ended, however it ended; version: the one in service then."""
    ended = FAILED
    try:
        yield
        ended = DONE
    except LoadCancelled:
        ended = CANCELLED
        raise
    except (FeedError, NotAnswered):
        ended = REFUSED
        raise
    finally:
        version = next((one.sha256 for one in feeds_in_service(desk.data) if one.id == feed), "")
        _write(desk, Action(operator, verb, feed, version, ended))


def _write(desk: Desk, action: Action) -> None:
    """A database that is away does not undo what was done."""
    with suppress(StorageUnavailable):
        store = ready_store(desk.config, desk.data)
        write_down(store, action, int(time.time()))
        store.close()
