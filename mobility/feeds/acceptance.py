"""A version of a feed that came in: read, checked, kept, and held against the one in service."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from gtfs.accept import accept
from gtfs.around import Around
from gtfs.errors import FeedError, RejectedFeed
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot
from mobility.feeds.arrival import Arrived
from mobility.feeds.build.tables import feed_version
from mobility.feeds.inputs import LoadContext
from mobility.feeds.kept_snapshot import keep_snapshot, snapshot_of
from mobility.feeds.loss import TravellersLoss, loss_of
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.service_days import Shortfall, serves_since, shortfall
from mobility.feeds.state import Standing
from mobility.feeds.versions import keep, keep_rejected
from mobility.network.network import FeedVersion


@dataclass(frozen=True, slots=True, eq=False)
class Accepted:
    """shortfall: where it reaches less far than the version in service; loss: of travellers, None for a first one."""

    feed: FeedVersion
    snapshot: FeedSnapshot
    report: Report
    shortfall: Shortfall | None = None
    loss: TravellersLoss | None = None

    @property
    def is_held(self) -> bool:
        return self.shortfall is not None and not self.shortfall.published


def accepted(at: LoadContext, before: Standing, one: Arrived) -> Accepted:
    """Read, checked and kept. Raises UnreadableFeed; RejectedFeed, whose report is kept, too."""
    at.watch(Progress(LoadStep.READ, one.source.id))
    try:
        beside = around(at, before.feeds, one.source.id, one.sha256)
        snapshot, report = accept(one.file, one.source, at.inputs.limits, at.today, beside, at.inputs.engine)
    except RejectedFeed as rejected:
        keep_rejected(at.data, one.source.id, rejected.report)
        raise
    at.watch(Progress(LoadStep.SAVE, one.source.id))
    feed = feed_version(snapshot)
    keep(at.data, one.file, feed, report)
    keep_snapshot(at.data, snapshot, at.inputs.limits)
    serving = find_serving(before.feeds, feed.id)
    lacks = shortfall(feed, serving, at.today)
    since = serves_since(feed, serving, at.today)
    found = loss_of(feed.id, beside.before, snapshot, since) if beside.before else None
    return Accepted(feed, snapshot, report, lacks and replace(lacks, published=one.force), found)


def find_serving(serving: Sequence[FeedVersion], feed: str) -> FeedVersion | None:
    return next((one for one in serving if one.id == feed), None)


def around(at: LoadContext, serving: Sequence[FeedVersion], feed: str, sha256: str = "") -> Around:
    """The territory, and the version in service where it is another one. One that cannot be read bars no other."""
    found = find_serving([one for one in serving if one.sha256 != sha256], feed)
    before = None
    with suppress(FeedError, OSError):
        before = snapshot_of(at.data, found, at.inputs.limits) if found else None
    return Around(at.inputs.terrain.barriers, at.inputs.holidays, before, at.inputs.strict)
