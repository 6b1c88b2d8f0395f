"""What came of a change of what is in service, or would come of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gtfs.notice import Report
from mobility.errors import MobilityError
from mobility.feeds.loss import TravellersLoss
from mobility.feeds.service_days import Shortfall
from mobility.network.network import FeedVersion
from mobility.network.structure import Structure


class LoadState(StrEnum):
    """WAITING: accepted, and takes over on its first day."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, eq=False)
class LoadFindings:
    """About what came in. shortfalls: versions that reach less far than the one that was in service, published or not;
    losses: of travellers, of each version that takes the place of another."""

    reports: tuple[Report, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()
    losses: tuple[TravellersLoss, ...] = ()


NOTHING_CAME = LoadFindings()


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """network: the version in service now, of these feeds. waiting: what waits; left_out: what belongs to it, and whose
    kept file could not be read. structure: of the network, None where nobody has looked. findings: about what came."""

    state: LoadState
    network: str
    feeds: tuple[FeedVersion, ...]
    waiting: tuple[FeedVersion, ...] = ()
    left_out: tuple[FeedVersion, ...] = ()
    structure: Structure | None = None
    findings: LoadFindings = NOTHING_CAME

    @property
    def reports(self) -> tuple[Report, ...]:
        return self.findings.reports

    @property
    def shortfalls(self) -> tuple[Shortfall, ...]:
        return self.findings.shortfalls


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """What would come of a file. feed: None where it is refused. shortfall: why it would be held back; loss: None for a
    first version."""

    report: Report
    feed: FeedVersion | None = None
    shortfall: Shortfall | None = None
    loss: TravellersLoss | None = None

    @property
    def would_load(self) -> bool:
        return self.report.accepted and self.shortfall is None


class HeldBack(MobilityError):
    """All that came reaches less far than what is in service, which therefore stays. The versions are kept: they can be
    put into service as they are. feeds: their ids; reasons: see Shortage; versions: their sha256."""

    def __init__(self, findings: LoadFindings) -> None:
        shortfalls = findings.shortfalls
        super().__init__("; ".join(map(str, shortfalls)))
        self.findings = findings
        self.feeds = [one.feed for one in shortfalls]
        self.reasons = [one.shortage.value for one in shortfalls]
        self.versions = [one.version for one in shortfalls]


class NotAnswered(MobilityError):
    """queries: each with why it has no answer. They are the operator's own words, from the config."""

    def __init__(self, queries: tuple[str, ...], findings: LoadFindings = NOTHING_CAME) -> None:
        super().__init__(f"{len(queries)} golden queries have no answer, so the network in service stays")
        self.queries = queries
        self.findings = findings
