"""What a load of a file would come to; nothing is kept and nothing changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from gtfs.accept import check
from gtfs.snapshot import FeedSource
from mobility.feeds.acceptance import around, find_serving
from mobility.feeds.build.tables import feed_version
from mobility.feeds.diff import answer_changes
from mobility.feeds.inputs import LoadContext
from mobility.feeds.loss import LostAnswer, loss_of
from mobility.feeds.outcome import Preview
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.service_days import serves_since, shortfall
from mobility.feeds.state import feeds_in_service


def preview(at: LoadContext, file: Path, source: FeedSource) -> Preview:
    """Raises UnreadableFeed."""
    at.watch(Progress(LoadStep.READ, source.id))
    serving = feeds_in_service(at.data)
    beside = around(at, serving, source.id)
    snapshot, report = check(file, source, at.inputs.limits, at.today, beside, at.inputs.engine)
    if snapshot is None:
        return Preview(report)
    feed, before = feed_version(snapshot), find_serving(serving, source.id)
    lacks = shortfall(feed, before, at.today)
    if before is None or beside.before is None:
        return Preview(report, feed, lacks)
    at.watch(Progress(LoadStep.COMPARE, source.id))
    found = loss_of(source.id, beside.before, snapshot, serves_since(feed, before, at.today))
    changes = answer_changes(at, (before, feed), [beside.before, snapshot])
    gone = [LostAnswer(str(one.query), one.before.itinerary, one.after.fault) for one in changes if one.is_lost]
    return Preview(report, feed, lacks, replace(found, answers=tuple(gone)))
