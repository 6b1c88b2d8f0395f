"""One reload, start to end: fetch -> read -> validate -> save -> build beside the running network -> ask it the golden
queries -> publish. Whatever happens on the way, the network in service stays as it is until the last step.

Every way in comes here: the command line, the operators' interface, the timer, the day on which a feed begins, the
start of a newer version of Hent. What stands is read once, when the lock is held, and written once, at the end.
"""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory

from gtfs.accept import accept, check
from gtfs.around import Around
from gtfs.errors import FeedError, RejectedFeed
from gtfs.notice import Report
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.errors import FolderUnavailable, NetworkUnavailable, NotAnswered, NotFound, NothingBefore, WrongState
from mobility.feeds.arriving import Arrived, arrive
from mobility.feeds.beside import network_of, published_with, recipe, recipe_of
from mobility.feeds.build.tables import feed_version
from mobility.feeds.inputs import Incoming, LoadContext, LoadDesk
from mobility.feeds.lock import alone, folder_faults
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.publish import Overtaken, forget_networks, put_into_service
from mobility.feeds.state import (
    NEW,
    FeedState,
    Standing,
    States,
    feed_folders,
    feeds_in_service,
    find_record,
    forget_records,
    read_standing,
    replaced,
    write_record,
    write_states,
)
from mobility.feeds.versions import (
    find_version,
    forget_versions,
    keep,
    keep_rejected,
    kept_files,
    kept_version,
    snapshot_of,
    stored_feed,
    version_before,
    waiting_feeds,
)
from mobility.network.current import network_folder, published_versions
from mobility.network.network import FeedVersion
from mobility.network.storage import open_network
from mobility.network.structure import Structure, read_structure

INCOMING = ".incoming-"
MOST_OVERTAKEN = 5

LOG = logging.getLogger("hent.feeds")


class LoadState(StrEnum):
    """WAITING: accepted, and takes over on its first day."""

    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    WAITING = "waiting"


@dataclass(frozen=True, slots=True, eq=False)
class Outcome:
    """network: the version in service now, of these feeds. reports: of what was checked; waiting: what waits;
    left_out: what belongs to it, and whose kept file could not be read. structure: of the network, None where nobody
    has looked."""

    state: LoadState
    network: str
    feeds: tuple[FeedVersion, ...]
    reports: tuple[Report, ...] = ()
    waiting: tuple[FeedVersion, ...] = ()
    left_out: tuple[FeedVersion, ...] = ()
    structure: Structure | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Accepted:
    feed: FeedVersion
    snapshot: FeedSnapshot
    report: Report


def reload(desk: LoadDesk, incoming: Sequence[Incoming], *, only: bool = False) -> Outcome:
    """Publish the network of these feeds and those in service that stay (only: none of them).

    Raises UnreadableFeed, RejectedFeed, NotAnswered, FolderUnavailable or what the watch raises; then nothing has
    changed. Loads of several processes take turns.
    """
    return _in_turn(desk, lambda before: _reload(desk, before, incoming, only))


def roll_back(desk: LoadDesk, feed_id: str, sha256: str = "") -> Outcome:
    """Back to the version of the feed that was in service before, or to another one that is kept. Where that is the
    one in service, what waits for its day is dropped.

    A network of these very feeds that was in service before is put into service as it was; else one is built. The
    golden queries do not bar the way back. Raises NotFound, NothingBefore, FolderUnavailable.
    """
    return _in_turn(desk, lambda before: _roll_back(desk, before, feed_id, sha256))


def remove(desk: LoadDesk, feed_id: str) -> Outcome:
    """Take a feed out of the network, and what waits of it. Its versions stay on disk. Raises NotFound, WrongState."""
    return _in_turn(desk, lambda before: _remove(desk, before, feed_id))


def take_over(desk: LoadDesk) -> Outcome:
    """Publish the versions that have waited for a day that has come. Raises as `reload` does."""
    return _in_turn(desk, lambda before: _take_over(desk, before))


def restore(desk: LoadDesk) -> Outcome:
    """What is in service, as this version of Hent reads it: where the network on disk has another form, or is damaged,
    it is built again of the files that are kept; who starts at the same time waits for the first and finds it done.

    A feed whose file cannot be read is left out and told; it comes back by itself once it can, at the next start. The
    golden queries do not bar the way. Raises NetworkUnavailable where no file can be read; then nothing has changed.
    """
    return _in_turn(desk, lambda before: _restore(desk, before))


def check_feed(at: LoadContext, file: Path, source: FeedSource) -> Report:
    """What a load would find in a file; nothing is kept. Raises UnreadableFeed."""
    at.watch(Progress(LoadStep.READ, source.id))
    around = _around(at, feeds_in_service(at.data), source.id)
    return check(file, source, at.setting.limits, at.today, around, at.setting.engine)


def _in_turn(desk: LoadDesk, change: Callable[[Standing], Outcome]) -> Outcome:
    """With the lock held. Should the pointer move nevertheless (somebody removed the lock, a disk knows none), the
    change is made again on what stands then."""
    with alone(desk.data, desk.watch), folder_faults(desk.data):
        for _ in range(MOST_OVERTAKEN):
            before = read_standing(desk.data)
            _sweep(desk.data, before)
            try:
                return change(before)
            except Overtaken:
                continue
            except OSError:  # the other load may have tidied away what this one was making
                if tuple(published_versions(desk.data)) == before.published:
                    raise
    raise FolderUnavailable("other loads do not keep to its lock")


def _reload(desk: LoadDesk, before: Standing, incoming: Sequence[Incoming], only: bool) -> Outcome:
    before = replace(before, left_out=tuple(one for one in before.left_out if not only and desk.stays(one)))
    stays = [feed for feed in before.feeds if not only and desk.stays(feed)]
    at = desk.context({*(feed.id for feed in stays), *(feed.source.id for feed in incoming)})
    if not before.is_sound:
        lost = _others(stays, _read_again(at, stays))
        before, stays = replace(before, left_out=(*before.left_out, *lost)), [one for one in stays if one not in lost]
    with TemporaryDirectory(prefix=INCOMING, dir=at.data) as folder:
        came = [arrive(at, feed, Path(folder), before.state(feed.source.id).fetched) for feed in incoming]
        arrived = [one for one in came if one]
        if (incoming and not arrived) or _changes_nothing(at, before, stays, arrived):
            return _done(at, LoadState.UNCHANGED, before)
        states = _with_fetched(_alone(before.states, incoming) if only else before.states, arrived)
        try:
            found = [_accepted(at, before, one) for one in arrived]
            return _published(at, before, replace(before, feeds=tuple(stays), states=states), found)
        except (FeedError, NotAnswered):
            with _put_in_order():
                write_states(at.data, before.states, states)
            raise


def _published(at: LoadContext, before: Standing, stays: Standing, found: Sequence[Accepted]) -> Outcome:
    """stays: what is left of `before` beside what was found. The states of feeds that wait are written before the
    pointer moves, as nothing else would tell of them; after it those that follow from it."""
    later = [one for one in found if is_to_wait(at, one.feed, stays.feeds)]
    now = [one for one in found if one not in later]
    states = dict(stays.states) | {one.feed.id: _waiting(at, stays, one) for one in later}
    feeds = replaced(stays.feeds, [one.feed for one in now])
    network = network_of(at, feeds, _fresh(now)) if now or not later else before.network
    waiting = {one.feed.id: states[one.feed.id] for one in later}
    write_states(at.data, before.states, waiting)
    reports = tuple(one.report for one in found)
    if later and not now:
        return replace(_done(at, LoadState.WAITING, replace(before, states=states)), reports=reports)
    written = replace(before, states=dict(before.states) | waiting)
    outcome = _put(at, written, network, _noted(at, before, states, feeds))
    return replace(outcome, reports=reports)


def _roll_back(desk: LoadDesk, before: Standing, feed_id: str, sha256: str) -> Outcome:
    kept_files(desk.data, feed_id)
    now, states = before.version(feed_id), dict(before.states)
    wanted = sha256 or version_before(desk.data, feed_id, before.state(feed_id), now)
    if not wanted:
        raise NothingBefore
    target = kept_version(desk.data, feed_id, wanted)
    if target.sha256 == now:
        states[feed_id] = before.state(feed_id).without_waiting()
    feeds = replaced(before.feeds, [target])
    at = _unasked(desk.context({feed.id for feed in feeds}))
    return _put(at, before, published_with(at.data, feeds) or network_of(at, feeds), states)


def _remove(desk: LoadDesk, before: Standing, feed_id: str) -> Outcome:
    others = [feed for feed in before.feeds if feed.id != feed_id]
    left_out = tuple(feed for feed in before.left_out if feed.id != feed_id)
    if (len(others), len(left_out)) == (len(before.feeds), len(before.left_out)):
        raise NotFound("feed", "feed", tuple(feed.id for feed in before.feeds))
    if not others:
        raise WrongState("feed", "the only one in service")
    at = desk.context({feed.id for feed in others})
    states = dict(before.states) | {feed_id: before.state(feed_id).without_waiting()}
    return _put(at, replace(before, left_out=left_out), network_of(at, others), states)


def _restore(desk: LoadDesk, before: Standing) -> Outcome:
    at = _unasked(desk.context({feed.id for feed in (*before.feeds, *before.left_out)}))
    asked = before.left_out if before.is_sound else (*before.feeds, *before.left_out)
    read = _read_again(at, asked)
    if before.is_sound and not read:
        return _done(at, LoadState.UNCHANGED, before)
    lost = _others(asked, read)
    feeds = [feed for feed in (*before.feeds, *before.left_out) if feed not in lost]
    if not feeds:
        raise NetworkUnavailable
    return _put(at, replace(before, left_out=lost), network_of(at, feeds, read), before.states)


def _read_again(at: LoadContext, feeds: Sequence[FeedVersion]) -> list[tuple[FeedVersion, FeedSnapshot]]:
    """Those that can be read: a file may be gone, or such that this version of Hent stumbles over it. One feed that
    cannot be served is no reason to serve none."""
    read = []
    for feed in feeds:
        at.watch(Progress(LoadStep.READ, feed.id))
        try:
            read.append((feed, snapshot_of(at.data, feed, at.setting.limits)))
        except Exception as error:
            LOG.error("a feed in service cannot be read again", extra={"feed": feed.id, "fault": type(error).__name__})
    return read


def _others(feeds: Sequence[FeedVersion], read: Sequence[tuple[FeedVersion, FeedSnapshot]]) -> tuple[FeedVersion, ...]:
    there = {feed.id for feed, _ in read}
    return tuple(feed for feed in feeds if feed.id not in there)


def _take_over(desk: LoadDesk, before: Standing) -> Outcome:
    waiting = waiting_feeds(desk.data, before.states)
    at = desk.context({feed.id for feed in (*before.feeds, *waiting)})
    due = [feed for feed in waiting if feed.first_day <= at.today]
    if not due:
        return _done(at, LoadState.UNCHANGED, before)
    feeds = replaced(before.feeds, due)
    return _put(at, before, network_of(at, feeds), _noted(at, before, before.states, feeds))


def _accepted(at: LoadContext, before: Standing, one: Arrived) -> Accepted:
    """Read, checked and kept. Raises UnreadableFeed; RejectedFeed, whose report is kept, too."""
    at.watch(Progress(LoadStep.READ, one.source.id))
    try:
        around = _around(at, before.feeds, one.source.id, one.sha256)
        snapshot, report = accept(one.file, one.source, at.setting.limits, at.today, around, at.setting.engine)
    except RejectedFeed as rejected:
        keep_rejected(at.data, one.source.id, rejected.report)
        raise
    at.watch(Progress(LoadStep.SAVE, one.source.id))
    feed = feed_version(snapshot)
    keep(at.data, one.file, feed, report)
    return Accepted(feed, snapshot, report)


def _around(at: LoadContext, serving: Sequence[FeedVersion], feed: str, sha256: str = "") -> Around:
    """The territory, and the version in service where it is another one. One that cannot be read bars no other."""
    found = next((one for one in serving if one.id == feed and one.sha256 != sha256), None)
    before = None
    with suppress(FeedError, OSError):
        before = snapshot_of(at.data, found, at.setting.limits) if found else None
    return Around(at.setting.terrain.barriers, at.setting.holidays, before)


def _changes_nothing(
    at: LoadContext, before: Standing, stays: Sequence[FeedVersion], arrived: Sequence[Arrived]
) -> bool:
    """Whether what arrived is in service, or waits, and all else that the network is made of is as it was, too."""
    found = [find_version(at.data, one.source, one.sha256) for one in arrived]
    known = [feed for feed in found if feed]
    now = [feed for feed in known if before.state(feed.id).waiting != feed.sha256]
    same = recipe(at, replaced(stays, now)) == recipe_of(at.data, before.network)
    return before.is_sound and len(known) == len(arrived) and same


def is_to_wait(at: LoadContext, feed: FeedVersion, stays: Sequence[FeedVersion]) -> bool:
    """Whether it begins in the future and a version before it still runs, be it for the last day."""
    return feed.first_day > at.today and any(one.id == feed.id and one.served_until >= at.today for one in stays)


def _waiting(at: LoadContext, stays: Standing, one: Accepted) -> FeedState:
    """Its network is built and asked now, so that nothing can go wrong on its day that could be known today."""
    network = network_of(at, replaced(stays.feeds, [one.feed]), _fresh([one]))
    return replace(stays.state(one.feed.id), waiting=one.feed.sha256, waiting_network=network)


def _put(at: LoadContext, before: Standing, network: str, states: States) -> Outcome:
    """One pointer moves, and what follows from it is noted. Raises Overtaken, OSError; then nothing has changed."""
    at.watch(Progress(LoadStep.PUBLISH))
    feeds = open_network(network_folder(at.data, network)).feeds
    left_out = tuple(one for one in before.left_out if one.id not in {feed.id for feed in feeds})
    write_record(at.data, network, feeds, left_out)
    moves = network != before.network or not before.is_sound
    if moves:
        put_into_service(at.data, network, at.setting.kept, expected=before.network)
    with _put_in_order():
        write_states(at.data, before.states, states)
    after = Standing((network,), feeds, is_sound=True, states=states, left_out=left_out)
    return _done(at, LoadState.PUBLISHED if moves else LoadState.UNCHANGED, after)


def _noted(at: LoadContext, before: Standing, states: States, feeds: Sequence[FeedVersion]) -> States:
    """With the versions that are new in service, for whoever wants to go back. What waits is dropped where the new one
    lasts as long."""
    noted, waiting = dict(states), {one.id: one for one in waiting_feeds(at.data, states)}
    for feed in feeds:
        state, known = states.get(feed.id, NEW), before.version(feed.id)
        if feed.sha256 != known or feed.sha256 == state.waiting:
            kept = tuple(one for one in state.published if stored_feed(at.data, feed.id, one).exists())
            state = replace(state, published=kept).with_published(feed.sha256, known if feed.sha256 != known else "")
            is_over = feed.id in waiting and waiting[feed.id].last_day <= feed.last_day
            noted[feed.id] = state.without_waiting() if is_over else state
    return noted


def _with_fetched(states: States, arrived: Sequence[Arrived]) -> States:
    """What came from an address is remembered once it was judged, so that it is not judged again and again."""
    came = {one.source.id: one.fetched for one in arrived if one.fetched}
    return dict(states) | {feed: replace(states.get(feed, NEW), fetched=fetched) for feed, fetched in came.items()}


def _alone(states: States, incoming: Sequence[Incoming]) -> States:
    """Nothing waits of feeds that are taken out."""
    ids = {feed.source.id for feed in incoming}
    return {feed: state if feed in ids else state.without_waiting() for feed, state in states.items()}


def _fresh(found: Sequence[Accepted]) -> list[tuple[FeedVersion, FeedSnapshot]]:
    return [(one.feed, one.snapshot) for one in found]


def _unasked(at: LoadContext) -> LoadContext:
    """Without golden queries."""
    return replace(at, setting=replace(at.setting, golden=()))


def _done(at: LoadContext, state: LoadState, standing: Standing) -> Outcome:
    """What is older than the versions to go back to goes."""
    with _put_in_order():
        records = (find_record(at.data, network) for network in published_versions(at.data))
        used = {(feed.id, feed.sha256) for record in records for feed in record or ()}
        for feed in feed_folders(at.data):
            used_of_it = {sha256 for name, sha256 in used if name == feed} | {standing.state(feed).waiting}
            used_of_it |= {one.sha256 for one in standing.left_out if one.id == feed}
            forget_versions(at.data, feed, at.setting.kept, used_of_it)
    waiting = waiting_feeds(at.data, standing.states)
    left_out, found = standing.left_out, read_structure(network_folder(at.data, standing.network))
    return Outcome(state, standing.network, standing.feeds, waiting=waiting, left_out=left_out, structure=found)


def _sweep(data: Path, standing: Standing) -> None:
    """What loads that were killed have left."""
    with _put_in_order():
        for left in data.glob(f"{INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)
        forget_networks(data, [state.waiting_network for state in standing.states.values()])
        forget_records(data, standing.published)


@contextmanager
def _put_in_order() -> Iterator[None]:
    """What the disk refuses here makes no load fail: it is logged, and the next load does it."""
    try:
        yield
    except (OSError, FolderUnavailable) as error:
        LOG.warning("the data folder could not be put in order", extra={"fault": type(error).__name__})
