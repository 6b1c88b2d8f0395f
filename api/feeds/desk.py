"""Changing what is in service, with what the config knows: the verbs of `hent feeds`, of the operators' interface and
of the timer. See mobility/feeds/reload.py for what each of them does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from api.config import Config
from api.feeds.inputs import build_inputs, incoming, source_of
from api.territory.in_service import staying
from gtfs.snapshot import FeedSource
from mobility.errors import NetworkUnavailable, NotFound
from mobility.feeds import reload as feeds
from mobility.feeds.budget import LoadBudget, within
from mobility.feeds.diff import VersionDiff, diff_of
from mobility.feeds.inputs import Incoming, LoadContext
from mobility.feeds.outcome import Outcome, Preview
from mobility.feeds.preview import preview
from mobility.feeds.progress import Watch, unwatched
from mobility.feeds.state import feeds_in_service
from mobility.network.network import FeedVersion


@dataclass(frozen=True, slots=True, eq=False)
class Desk:
    """Where an operator works. watch: is told each step, and ends the load by raising LoadCancelled."""

    data: Path
    config: Config
    today: date
    watch: Watch = unwatched

    def stays(self, feed: FeedVersion) -> bool:
        return bool(staying(self.config, (feed,)))

    @property
    def budget(self) -> LoadBudget:
        limits = self.config.limits
        return LoadBudget(limits.load_s, limits.load_mib, limits.load_disk_mib)

    def context(self, ids: Collection[str]) -> LoadContext:
        own = any(self.config.feed(one) for one in ids)
        return LoadContext(self.data, build_inputs(self.config, self.data, own), self.today, self.watch, self.budget)


def load_at_hand(data: Path, config: Config, today: date, watch: Watch = unwatched) -> Outcome:
    """The feeds of the config that need not be fetched. Raises NetworkUnavailable where there is none.

    Feeds with an address are fetched only when the operator asks, or the timer of the config.
    """
    with TemporaryDirectory(prefix="hent-") as folder:
        found = [incoming(feed, Path(folder), today) for feed in config.feeds if not feed.url]
        if not found:
            raise NetworkUnavailable
        return feeds.reload(Desk(data, config, today, watch), found)


def load_one(desk: Desk, feed: Incoming, alone: bool = False) -> Outcome:
    """The feed in place of its version in service, beside those that stay (alone: none). See `staying`.

    Raises UnreadableFeed, RejectedFeed, HeldBack, NotAnswered, FolderUnavailable, LoadCancelled; then nothing has
    changed.
    """
    return feeds.reload(desk, [feed], only=alone)


def fetch(desk: Desk, feed_id: str, force: bool = False) -> Outcome:
    """A feed of the config, if its address has a new version of it. Raises as `load_one`, NotFound."""
    feed = desk.config.feed(feed_id)
    if feed is None or not feed.url:
        fetched = tuple(feed.id for feed in desk.config.feeds if feed.url)
        raise NotFound("feed of the config with an address", "feed", fetched)
    return load_one(desk, Incoming(source_of(feed), feed.url, only_new=True, force=force))


def roll_back(desk: Desk, feed_id: str, version: str = "", *, forward: bool = False, force: bool = False) -> Outcome:
    """To the version published before, forward to the one from which one went back, or to one by the beginning of its
    sha256. Raises NothingBefore, NothingAfter, NotFound, HeldBack."""
    return feeds.roll_back(desk, feed_id, version, forward=forward, force=force)


def remove(desk: Desk, feed_id: str) -> Outcome:
    """Raises NotFound, WrongState where it is the only one."""
    return feeds.remove(desk, feed_id)


def check(desk: Desk, file: Path, source: FeedSource) -> Preview:
    """What a load of the file would come to, held against the territory and the version in service. Raises
    UnreadableFeed."""
    with within(desk.budget):
        return preview(_beside(desk, source.id), file, source)


def compare(desk: Desk, feed_id: str, before: str = "", after: str = "") -> VersionDiff:
    """Two versions that are kept; see `diff_of`. Changes nothing. Raises NotFound, NothingBefore."""
    with within(desk.budget):
        return diff_of(_beside(desk, feed_id), feed_id, before, after)


def renew(desk: Desk) -> Outcome:
    """The network of the feeds in service, made anew where config, streets or the days to serve have changed."""
    return feeds.reload(desk, [])


def restore(desk: Desk) -> Outcome:
    """What is in service, where the network on disk is of another version of Hent, or damaged. Raises
    NetworkUnavailable, FolderUnavailable."""
    return feeds.restore(desk)


def take_over(desk: Desk) -> Outcome:
    """What waits for its day, where that has come. Raises as `load_one`."""
    return feeds.take_over(desk)


def _beside(desk: Desk, feed_id: str) -> LoadContext:
    """For who only looks: no lock is held."""
    return desk.context({feed_id, *staying(desk.config, feeds_in_service(desk.data))})
