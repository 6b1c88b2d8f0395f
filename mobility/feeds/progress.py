"""How far a load is. Who watches it may end it: what the watch raises leaves the network in service as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class LoadStep(StrEnum):
    WAIT = "waiting for another load"
    FETCH = "fetching"
    READ = "reading and checking"
    SAVE = "saving"
    COMPARE = "looking at what travellers lose"
    BUILD = "building the network"
    ASK = "asking the golden queries"
    PUBLISH = "publishing"


SHARES = dict(zip(LoadStep, (0.0, 0.0, 0.1, 0.4, 0.42, 0.45, 0.9, 0.95), strict=True))


@dataclass(frozen=True, slots=True)
class Progress:
    """The step that begins now. feed: "" where it is about all of them. told: lines for who is about to publish."""

    step: LoadStep
    feed: str = ""
    told: tuple[str, ...] = ()

    @property
    def share(self) -> float:
        """Of the whole load, from 0 to 1, that lies behind."""
        return SHARES[self.step]

    def __str__(self) -> str:
        return f"{self.step} {self.feed}".strip()


Watch = Callable[[Progress], None]


def unwatched(_: Progress) -> None:
    """For who does not care."""
