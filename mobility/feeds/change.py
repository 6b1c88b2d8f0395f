"""A change of what is in service: made with the lock held, one pointer moves, and what follows from it is noted."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from gtfs.collector import uncollected
from mobility.errors import FolderFault, FolderUnavailable
from mobility.feeds.budget import stop_the_clock, within
from mobility.feeds.inputs import LoadContext, LoadDesk
from mobility.feeds.kept_snapshot import forget_snapshots
from mobility.feeds.lock import alone, folder_faults
from mobility.feeds.outcome import LoadState, Outcome
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.publish import Overtaken, forget_networks, put_into_service
from mobility.feeds.state import (
    NEW,
    Standing,
    States,
    feed_folders,
    find_record,
    forget_records,
    read_standing,
    write_record,
    write_states,
)
from mobility.feeds.versions import forget_versions, stored_feed, waiting_feeds
from mobility.network.current import POINTER, is_pointer_damaged, network_folder, published_versions
from mobility.network.files import write_whole
from mobility.network.network import FeedVersion
from mobility.network.storage import open_network
from mobility.network.structure import read_structure

INCOMING = ".incoming-"
MOST_OVERTAKEN = 5

LOG = logging.getLogger("hent.feeds")


def in_turn(desk: LoadDesk, change: Callable[[Standing], Outcome]) -> Outcome:
    """With the lock held. Should the pointer move nevertheless (somebody removed the lock, a disk knows none), the
    change is made again on what stands then."""
    with alone(desk.data, desk.watch), folder_faults(desk.data), within(desk.budget), uncollected():
        for _ in range(MOST_OVERTAKEN):
            before = read_standing(desk.data)
            _mend_pointer(desk.data, before)
            _sweep(desk.data, before)
            try:
                return change(before)
            except Overtaken:
                continue
            except OSError:  # the other load may have tidied away what this one was making
                if tuple(published_versions(desk.data)) == before.published:
                    raise
    raise FolderUnavailable("other loads do not keep to its lock", FolderFault.NO_LOCK)


def put(at: LoadContext, before: Standing, network: str, states: States) -> Outcome:
    """One pointer moves, and what follows from it is noted. Raises Overtaken, OSError; then nothing has changed."""
    at.watch(Progress(LoadStep.PUBLISH))
    stop_the_clock()
    feeds = open_network(network_folder(at.data, network)).feeds
    left_out = tuple(one for one in before.left_out if one.id not in {feed.id for feed in feeds})
    write_record(at.data, network, feeds, left_out)
    moves = network != before.network or not before.is_sound
    if moves:
        put_into_service(at.data, network, at.inputs.kept, expected=before.network)
    with put_in_order():
        write_states(at.data, before.states, states)
    after = Standing((network,), feeds, is_sound=True, states=states, left_out=left_out)
    return done(at, LoadState.PUBLISHED if moves else LoadState.UNCHANGED, after)


def noted(at: LoadContext, before: Standing, states: States, feeds: Sequence[FeedVersion]) -> States:
    """With the versions that are new in service, for whoever wants to go back. What waits is dropped where the new one
    lasts as long."""
    noted, waiting = dict(states), {one.id: one for one in waiting_feeds(at.data, states)}
    for feed in feeds:
        state, known = states.get(feed.id, NEW), before.version(feed.id)
        if feed.sha256 != known or feed.sha256 == state.waiting:
            kept = tuple(one for one in state.published if stored_feed(at.data, feed.id, one).exists())
            state = replace(state, published=kept).with_published(feed.sha256, known if feed.sha256 != known else "")
            is_over = feed.id in waiting and not waiting[feed.id].lasts_beyond(feed)
            noted[feed.id] = state.without_waiting() if is_over else state
    return noted


def done(at: LoadContext, state: LoadState, standing: Standing) -> Outcome:
    """What is older than the versions to go back to goes."""
    with put_in_order():
        records = (find_record(at.data, network) for network in published_versions(at.data))
        used = {(feed.id, feed.sha256) for record in records for feed in record or ()}
        for feed in feed_folders(at.data):
            used_of_it = {sha256 for name, sha256 in used if name == feed} | {standing.state(feed).waiting}
            used_of_it |= {one.sha256 for one in standing.left_out if one.id == feed}
            forget_versions(at.data, feed, at.inputs.kept, used_of_it)
        serving = {(one.id, one.sha256) for one in standing.feeds}
        forget_snapshots(at.data, serving | {(feed, state.waiting) for feed, state in standing.states.items()})
    waiting = waiting_feeds(at.data, standing.states)
    left_out, found = standing.left_out, read_structure(network_folder(at.data, standing.network))
    return Outcome(state, standing.network, standing.feeds, waiting=waiting, left_out=left_out, structure=found)


def _mend_pointer(data: Path, standing: Standing) -> None:
    """Written anew as the records tell, before anything is tidied away."""
    if is_pointer_damaged(data) and standing.published:
        for feed in standing.feeds:
            LOG.error("current is damaged or gone, and written anew; this feed was in service", extra={"feed": feed.id})
        write_whole(data / POINTER, ("\n".join(standing.published) + "\n").encode("ascii"))


def _sweep(data: Path, standing: Standing) -> None:
    """What loads that were killed have left."""
    with put_in_order():
        for left in data.glob(f"{INCOMING}*"):
            shutil.rmtree(left, ignore_errors=True)
        forget_networks(data, [state.waiting_network for state in standing.states.values()])
        forget_records(data, standing.published)


@contextmanager
def put_in_order() -> Iterator[None]:
    """What the disk refuses here makes no load fail: it is logged, and the next load does it."""
    try:
        yield
    except (OSError, FolderUnavailable) as error:
        LOG.warning("the data folder could not be put in order", extra={"fault": type(error).__name__})
