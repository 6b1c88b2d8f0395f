"""What a load of a file would come to; nothing is kept and nothing changes."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from gtfs.accept import check
from gtfs.notice import Report
from gtfs.snapshot import FeedSource
from mobility.feeds.acceptance import around, find_serving
from mobility.feeds.build.tables import feed_version
from mobility.feeds.inputs import LoadContext
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.service_days import Shortfall, shortfall
from mobility.feeds.state import feeds_in_service
from mobility.network.network import FeedVersion


@dataclass(frozen=True, slots=True, eq=False)
class Preview:
    """feed: None where the file is refused. shortfall: why it would be held back."""

    report: Report
    feed: FeedVersion | None = None
    shortfall: Shortfall | None = None

    @property
    def would_load(self) -> bool:
        return self.report.accepted and self.shortfall is None


def preview(at: LoadContext, file: Path, source: FeedSource) -> Preview:
    """Raises UnreadableFeed."""
    at.watch(Progress(LoadStep.READ, source.id))
    serving = feeds_in_service(at.data)
    beside = around(at, serving, source.id)
    snapshot, report = check(file, source, at.setting.limits, at.today, beside, at.setting.engine)
    if snapshot is None:
        return Preview(report)
    feed = feed_version(snapshot)
    return Preview(report, feed, shortfall(feed, find_serving(serving, source.id), at.today))
