"""Work that recurs while Hent serves: a thread of each worker asks from time to time whether it is its turn."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Event, Thread

from mobility.errors import MobilityError
from mobility.privacy.register import Processing
from mobility.storage.store import Store
from mobility.storage.timers import claim

LOG = logging.getLogger("hent.chores")
ASK_EVERY_S = 20.0


@dataclass(frozen=True, slots=True)
class Chore:
    """One worker of all machines does it, every every_s seconds. uses: what it does with personal data, values of
    mobility/privacy/register.py; (NOTHING,) for none."""

    name: str
    every_s: int
    work: Callable[[int], object]
    uses: tuple[Processing, ...]

    def __post_init__(self) -> None:
        assert self.uses, f"{self.name} does not say what it does with personal data"


class Chores:
    """now: epoch seconds. A chore that fails is logged by the kind of fault alone, and has its next turn."""

    def __init__(self, store: Store, chores: Sequence[Chore], now: Callable[[], int]) -> None:
        self._store, self._chores, self._now = store, chores, now
        self._ended = Event()

    def start(self) -> None:
        Thread(target=self._go_on, name="chores", daemon=True).start()

    def end(self) -> None:
        self._ended.set()

    def do_what_is_due(self) -> list[str]:
        """The names of what was done here."""
        return [chore.name for chore in self._chores if self._do(chore)]

    def _do(self, chore: Chore) -> bool:
        now = self._now()
        try:
            if not claim(self._store, chore.name, now, chore.every_s):
                return False
            chore.work(now)
        except MobilityError as error:
            LOG.warning("a chore failed", extra={"chore": chore.name, "fault": type(error).__name__})
            return False
        return True

    def _go_on(self) -> None:
        while not self._ended.wait(ASK_EVERY_S):
            try:
                self.do_what_is_due()
            except Exception as error:
                LOG.error("a chore failed unexpectedly", extra={"fault": type(error).__name__})
