"""The steps that every way of changing what is in service shares: alone, accepted, built beside, put in, noted."""

from __future__ import annotations

import fcntl
import logging
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

from gtfs.accept import accept, check
from gtfs.around import Around
from gtfs.errors import FeedError, RejectedFeed
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.errors import FolderUnavailable, NetworkUnavailable, NotAnswered
from mobility.feeds.arriving import Arrived
from mobility.feeds.beside import network_of, recipe, recipe_of
from mobility.feeds.build.tables import feed_version
from mobility.feeds.inputs import LoadContext
from mobility.feeds.progress import Progress, Step
from mobility.feeds.publish import forget_networks, put_into_service
from mobility.feeds.versions import (
    FEEDS,
    feeds_in_service,
    find_version,
    forget_versions,
    keep,
    keep_rejected,
    published,
    read_state,
    snapshot_of,
    waiting_feeds,
    write_state,
)
from mobility.network.current import Current, network_folder, published_versions
from mobility.network.network import FeedVersion
from mobility.network.storage import find_network

LOCK, INCOMING = ".loading", ".incoming-"
ASK_AGAIN_S = 0.2

LOG = logging.getLogger("hent.feeds")


class State(StrEnum):
    """WAITING: accepted, and takes over on its first day."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """network: the version in service now, of these feeds. reports: of what was checked; waiting: what waits."""

    state: State
    network: str
    feeds: tuple[FeedVersion, ...]
    reports: tuple[Report, ...] = ()
    waiting: tuple[FeedVersion, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Accepted:
    feed: FeedVersion
    snapshot: FeedSnapshot
    report: Report


def accepted(at: LoadContext, one: Arrived) -> Accepted:
    """Read, checked and kept. Raises UnreadableFeed; RejectedFeed, whose report is kept, too."""
    at.watch(Progress(Step.READ, one.source.id))
    try:
        around = _around(at, one.source.id, one.sha256)
        snapshot, report = accept(one.file, one.source, at.setting.limits, at.today, around, at.setting.engine)
    except RejectedFeed as rejected:
        keep_rejected(at.data, one.source.id, rejected.report)
        raise
    at.watch(Progress(Step.SAVE, one.source.id))
    feed = feed_version(snapshot)
    keep(at.data, one.file, feed, report)
    return Accepted(feed, snapshot, report)


def check_feed(at: LoadContext, file: Path, source: FeedSource) -> Report:
    """What `accepted` would find; nothing is kept. Raises UnreadableFeed."""
    at.watch(Progress(Step.READ, source.id))
    return check(file, source, at.setting.limits, at.today, _around(at, source.id), at.setting.engine)


def _around(at: LoadContext, feed: str, sha256: str = "") -> Around:
    """The territory, and the version in service where it is another one."""
    found = next((one for one in feeds_in_service(at.data) if one.id == feed and one.sha256 != sha256), None)
    before = snapshot_of(at.data, found, at.setting.limits) if found else None
    return Around(at.setting.terrain.barriers, at.setting.holidays, before)


def changes_nothing(at: LoadContext, stays: Sequence[FeedVersion], arrived: Sequence[Arrived]) -> bool:
    """Whether what arrived is in service, or waits, and all else that the network is made of is as it was, too."""
    found = [find_version(at.data, one.source, one.sha256) for one in arrived]
    known = [feed for feed in found if feed]
    now = [feed for feed in known if read_state(at.data, feed.id).waiting != feed.sha256]
    return len(known) == len(arrived) and recipe(at, replaced(stays, now)) == recipe_of(at.data, in_service(at))


def is_to_wait(at: LoadContext, feed: FeedVersion, stays: Sequence[FeedVersion]) -> bool:
    """Whether it begins in the future and a version before it still runs."""
    return feed.first_day > at.today and any(one.id == feed.id and one.served_until >= at.today for one in stays)


def let_wait(at: LoadContext, one: Accepted, stays: Sequence[FeedVersion]) -> None:
    """Its network is built and asked now, so that nothing can go wrong on its day that could be known today."""
    version = network_of(at, replaced(stays, [one.feed]), [(one.feed, one.snapshot)])
    state = read_state(at.data, one.feed.id)
    write_state(at.data, one.feed.id, replace(state, waiting=one.feed.sha256, waiting_network=version))


def serve(at: LoadContext, feeds: Sequence[FeedVersion], fresh: Sequence[Accepted] = ()) -> State:
    """The network of these feeds in service, and noted for whoever wants to go back."""
    serving, before = in_service(at), {feed.id: feed.sha256 for feed in feeds_in_service(at.data)}
    version = network_of(at, feeds, [(one.feed, one.snapshot) for one in fresh])
    at.watch(Progress(Step.PUBLISH))
    state = put(at, version, serving)
    with _put_in_order():
        for feed in feeds:
            if before.get(feed.id) != feed.sha256:
                _note(at, feed, before.get(feed.id, ""))
            elif read_state(at.data, feed.id).waiting == feed.sha256:
                _note(at, feed, "")
    return state


@contextmanager
def _put_in_order() -> Iterator[None]:
    """What the disk refuses here makes no load fail: it is logged, and the next load does it."""
    try:
        yield
    except OSError as error:
        LOG.warning("the data folder could not be put in order", extra={"fault": type(error).__name__})


def _note(at: LoadContext, feed: FeedVersion, before: str) -> None:
    """The version is in service in place of `before`. What waits is dropped where the new one lasts as long."""
    write_state(at.data, feed.id, published(read_state(at.data, feed.id), feed.sha256, before))
    if any(one.id == feed.id and one.last_day <= feed.last_day for one in waiting_feeds(at.data)):
        drop_waiting(at, feed.id)


def drop_waiting(at: LoadContext, feed_id: str) -> None:
    write_state(at.data, feed_id, replace(read_state(at.data, feed_id), waiting="", waiting_network=""))


def put(at: LoadContext, version: str, serving: str) -> State:
    """serving: what workers served before `version` was made."""
    if serving == version:
        return State.UNCHANGED
    put_into_service(at.data, version, at.setting.kept)
    return State.PUBLISHED


def in_service(at: LoadContext) -> str:
    """The version that workers serve; "" where there is none."""
    try:
        return Current(at.data).network().version
    except NetworkUnavailable:
        return ""


def replaced(feeds: Sequence[FeedVersion], new: Sequence[FeedVersion]) -> list[FeedVersion]:
    """Each new version where the one before stood; new feeds at the end."""
    by_id = {feed.id: feed for feed in feeds} | {feed.id: feed for feed in new}
    return list(by_id.values())


def outcome(at: LoadContext, state: State) -> Outcome:
    return Outcome(state, in_service(at), feeds_in_service(at.data), waiting=waiting_feeds(at.data))


@contextmanager
def remembered(at: LoadContext, arrived: Sequence[Arrived]) -> Iterator[None]:
    """What came from an address is remembered once it was judged, so that it is not judged again and again."""
    try:
        yield
    except (FeedError, NotAnswered):
        _remember(at, arrived)
        raise
    with _put_in_order():
        _remember(at, arrived)


def _remember(at: LoadContext, arrived: Sequence[Arrived]) -> None:
    for one in arrived:
        if one.fetched:
            write_state(at.data, one.source.id, replace(read_state(at.data, one.source.id), fetched=one.fetched))


@contextmanager
def alone(at: LoadContext) -> Iterator[None]:
    """The kernel opens the lock when a process ends, however it ends. Raises FolderUnavailable for all that is wrong
    with the disk."""
    try:
        at.data.mkdir(parents=True, exist_ok=True)
        with (at.data / LOCK).open("w") as lock:
            _wait(at, lock.fileno())
            _tidy(at)
            yield
            _tidy(at)
    except OSError as error:
        raise FolderUnavailable(error.strerror or type(error).__name__) from error


def _wait(at: LoadContext, lock: int) -> None:
    while True:
        with suppress(BlockingIOError):
            return fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        at.watch(Progress(Step.WAIT))
        time.sleep(ASK_AGAIN_S)


def _tidy(at: LoadContext) -> None:
    """What loads that were killed have left, and what is older than the versions to go back to."""
    with _put_in_order():
        for left in at.data.glob(f"{INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)
        folders = [path.name for path in (at.data / FEEDS).glob("*")]
        forget_networks(at.data, [read_state(at.data, feed).waiting_network for feed in folders])
        networks = [find_network(network_folder(at.data, version)) for version in published_versions(at.data)]
        used = {(feed.id, feed.sha256) for network in networks if network for feed in network.feeds}
        for feed in folders:
            forget_versions(at.data, feed, at.setting.kept, {sha256 for name, sha256 in used if name == feed})
