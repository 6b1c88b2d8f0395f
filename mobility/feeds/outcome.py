"""What came of a change of what is in service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gtfs.notice import Report
from mobility.errors import MobilityError
from mobility.feeds.service_days import Shortfall
from mobility.network.network import FeedVersion
from mobility.network.structure import Structure


class LoadState(StrEnum):
    """WAITING: accepted, and takes over on its first day."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """network: the version in service now, of these feeds. reports: of what was checked; waiting: what waits;
    left_out: what belongs to it, and whose kept file could not be read. structure: of the network, None where nobody
    has looked. shortfalls: versions that reach less far than the one that was in service, published or not."""

    state: LoadState
    network: str
    feeds: tuple[FeedVersion, ...]
    reports: tuple[Report, ...] = ()
    waiting: tuple[FeedVersion, ...] = ()
    left_out: tuple[FeedVersion, ...] = ()
    structure: Structure | None = None
    shortfalls: tuple[Shortfall, ...] = ()


class HeldBack(MobilityError):
    """All that came reaches less far than what is in service, which therefore stays. The versions are kept: they can be
    put into service as they are. feeds: their ids; reasons: see Shortage; versions: their sha256."""

    def __init__(self, shortfalls: Sequence[Shortfall], reports: Sequence[Report]) -> None:
        super().__init__("; ".join(map(str, shortfalls)))
        self.shortfalls, self.reports = tuple(shortfalls), tuple(reports)
        self.feeds = [one.feed for one in shortfalls]
        self.reasons = [one.shortage.value for one in shortfalls]
        self.versions = [one.version for one in shortfalls]
