"""Two versions of a feed as travellers would notice them: what changed in it, and the golden queries asked of both."""

from __future__ import annotations

from dataclasses import dataclass

from gtfs.diff import FeedDiff, diff
from gtfs.snapshot import FeedSnapshot
from mobility.errors import NothingBefore
from mobility.feeds.beside import built
from mobility.feeds.golden import ask
from mobility.feeds.golden_query import GoldenAnswer, GoldenQuery
from mobility.feeds.inputs import LoadContext
from mobility.feeds.kept_snapshot import snapshot_of
from mobility.feeds.state import feeds_in_service, read_state
from mobility.feeds.versions import kept_version, version_before, version_in_service
from mobility.network.network import FeedVersion
from mobility.places.build import build as build_places
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.streets.router import router_of


@dataclass(frozen=True, slots=True)
class AnswerChange:
    query: GoldenQuery
    before: GoldenAnswer
    after: GoldenAnswer

    @property
    def is_lost(self) -> bool:
        return bool(self.after.fault) and not self.before.fault


@dataclass(frozen=True, slots=True)
class VersionDiff:
    """answers: the golden queries that are answered otherwise, by the clock."""

    feed: str
    change: FeedDiff
    answers: tuple[AnswerChange, ...]


def diff_of(at: LoadContext, feed_id: str, before: str = "", after: str = "") -> VersionDiff:
    """before, after: beginnings of sha256; left out: the version published before `after`, and the one in service.

    Raises NotFound, NothingBefore.
    """
    if before:
        kept_version(at.data, feed_id, before, "before")
    new = kept_version(at.data, feed_id, after, "after") if after else version_in_service(at.data, feed_id)
    older = before or version_before(at.data, feed_id, read_state(at.data, feed_id), new.sha256)
    if not older:
        raise NothingBefore
    old = kept_version(at.data, feed_id, older)
    snapshots = [snapshot_of(at.data, version, at.inputs.limits) for version in (old, new)]
    return VersionDiff(feed_id, diff(snapshots[0], snapshots[1]), answer_changes(at, (old, new), snapshots))


def answer_changes(
    at: LoadContext, versions: tuple[FeedVersion, FeedVersion], snapshots: list[FeedSnapshot]
) -> tuple[AnswerChange, ...]:
    """Golden queries that two versions, beside what else is in service, answer otherwise."""
    if not at.inputs.golden:
        return ()
    others = [one for one in feeds_in_service(at.data) if one.id != versions[0].id]
    beside = [snapshot_of(at.data, one, at.inputs.limits) for one in others]
    old, new = (_territory(at, [*beside, snapshot]) for snapshot in snapshots)
    days = [max(at.today, version.first_day or at.today) for version in versions]
    told = [(query, ask(old, query, days[0]), ask(new, query, days[1])) for query in at.inputs.golden]
    return tuple(AnswerChange(*one) for one in told if one[1] != one[2])


def _territory(at: LoadContext, snapshots: list[FeedSnapshot]) -> Territory:
    """Made for a few questions and kept nowhere."""
    network = built(at.inputs, snapshots)
    return Territory(network, router_of(at.inputs.streets, network), Days(network), build_places(network))
