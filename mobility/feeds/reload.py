"""One reload, start to end: fetch -> read -> validate -> save -> build beside the running network -> ask it the golden
queries -> publish. Whatever happens on the way, the network in service stays as it is until the last step.

Every way in comes here: the command line, the operators' interface, the timer, the day on which a feed begins, the
start of a newer version of Hent. What stands is read once, when the lock is held, and written once, at the end.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from gtfs.errors import FeedError
from gtfs.snapshot import FeedSnapshot
from mobility.errors import NetworkUnavailable, NotFound, NothingAfter, NothingBefore, WrongState
from mobility.feeds.acceptance import Accepted, accepted, find_serving
from mobility.feeds.arrival import Arrived, arrive
from mobility.feeds.beside import network_of, published_with, recipe, recipe_of
from mobility.feeds.change import INCOMING, done, in_turn, noted, put, put_in_order
from mobility.feeds.inputs import Incoming, LoadContext, LoadDesk
from mobility.feeds.kept_snapshot import snapshot_to_build_of
from mobility.feeds.outcome import NOTHING_CAME, HeldBack, LoadFindings, LoadState, NotAnswered, Outcome
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.service_days import is_to_wait, shortfall_at_once
from mobility.feeds.state import (
    NEW,
    FeedState,
    Standing,
    States,
    replaced,
    write_states,
)
from mobility.feeds.versions import (
    find_version,
    kept_files,
    kept_version,
    version_after,
    version_before,
    waiting_feeds,
)
from mobility.network.network import FeedVersion

LOG = logging.getLogger("hent.feeds")


def reload(desk: LoadDesk, incoming: Sequence[Incoming], *, only: bool = False) -> Outcome:
    """Publish the network of these feeds and those in service that stay (only: none of them).

    Raises UnreadableFeed, RejectedFeed, HeldBack, NotAnswered, FolderUnavailable or what the watch raises; then nothing
    has changed. Loads of several processes take turns.
    """
    return in_turn(desk, lambda before: _reload(desk, before, incoming, only))


def roll_back(desk: LoadDesk, feed_id: str, sha256: str = "", *, forward: bool = False, force: bool = False) -> Outcome:
    """Back to the version of the feed that was in service before (forward: to the one from which one went back), or to
    another one that is kept. Where that is the one in service, what waits for its day is dropped.

    A network of these very feeds that was in service before is put into service as it was; else one is built. The
    golden queries do not bar the way, but days do: one that runs on none, none any more or none yet, or ends sooner
    than the one in service, needs force. Raises NotFound, NothingBefore, NothingAfter, HeldBack, FolderUnavailable.
    """

    def change(before: Standing) -> Outcome:
        kept_files(desk.data, feed_id)
        wanted = sha256 or _neighbour(desk.data, before, feed_id, forward)
        return _roll_back(desk, before, kept_version(desk.data, feed_id, wanted), force)

    return in_turn(desk, change)


def remove(desk: LoadDesk, feed_id: str) -> Outcome:
    """Take a feed out of the network, and what waits of it. Its versions stay on disk. Raises NotFound, WrongState."""
    return in_turn(desk, lambda before: _remove(desk, before, feed_id))


def take_over(desk: LoadDesk) -> Outcome:
    """Publish the versions that have waited for a day that has come. Raises as `reload` does."""
    return in_turn(desk, lambda before: _take_over(desk, before))


def restore(desk: LoadDesk) -> Outcome:
    """What is in service, as this version of Hent reads it: where the network on disk has another form, or is damaged,
    it is built again of the files that are kept; who starts at the same time waits for the first and finds it done.

    A feed whose file cannot be read is left out and told; it comes back by itself once it can, at the next start. The
    golden queries do not bar the way. Raises NetworkUnavailable where no file can be read; then nothing has changed.
    """
    return in_turn(desk, lambda before: _restore(desk, before))


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
            return done(at, LoadState.UNCHANGED, before)
        states = _with_fetched(_alone(before.states, incoming) if only else before.states, arrived)
        try:
            found = [accepted(at, before, one) for one in arrived]
            with _about(_findings(found)):
                return _published(at, before, replace(before, feeds=tuple(stays), states=states), found)
        except (FeedError, HeldBack, NotAnswered):
            with put_in_order():
                write_states(at.data, before.states, states)
            raise


def _published(at: LoadContext, before: Standing, stays: Standing, found: Sequence[Accepted]) -> Outcome:
    """stays: what is left of `before` beside what was found. The states of feeds that wait are written before the
    pointer moves, as nothing else would tell of them; after it those that follow from it."""
    findings = _findings(found)
    if found and all(one.is_held for one in found):
        raise HeldBack(findings)
    _tell(at, found)
    stays, found = _with_held(before, stays, found), [one for one in found if not one.is_held]
    later = [one for one in found if is_to_wait(one.feed, find_serving(stays.feeds, one.feed.id), at.today)]
    now = [one for one in found if one not in later]
    states = dict(stays.states) | {one.feed.id: _waiting(at, stays, one) for one in later}
    feeds = replaced(stays.feeds, [one.feed for one in now])
    network = network_of(at, feeds, _fresh(now)) if now or not later else before.network
    waiting = {one.feed.id: states[one.feed.id] for one in later}
    write_states(at.data, before.states, waiting)
    if later and not now:
        outcome = done(at, LoadState.WAITING, replace(before, states=states))
        return replace(outcome, findings=findings)
    written = replace(before, states=dict(before.states) | waiting)
    outcome = put(at, written, network, noted(at, before, states, feeds))
    return replace(outcome, findings=findings)


@contextmanager
def _about(findings: LoadFindings) -> Iterator[None]:
    """Who is refused for golden queries is told what else was found."""
    try:
        yield
    except NotAnswered as error:
        raise NotAnswered(error.queries, findings) from error


def _findings(found: Sequence[Accepted]) -> LoadFindings:
    return LoadFindings(
        tuple(one.report for one in found),
        tuple(one.shortfall for one in found if one.shortfall),
        tuple(one.loss for one in found if one.loss),
    )


def _tell(at: LoadContext, found: Sequence[Accepted]) -> None:
    """Before anything is published."""
    for one in found:
        lacks = (str(one.shortfall),) if one.shortfall else ()
        if told := (*lacks, *(one.loss.told() if one.loss else ())):
            at.watch(Progress(LoadStep.COMPARE, one.feed.id, told))


def _with_held(before: Standing, stays: Standing, found: Sequence[Accepted]) -> Standing:
    """The version in service of each feed whose new one is held back stays, whoever else goes."""
    held = {one.feed.id for one in found if one.is_held}
    return replace(stays, feeds=tuple(replaced(stays.feeds, [one for one in before.feeds if one.id in held])))


def _neighbour(data: Path, before: Standing, feed_id: str, forward: bool) -> str:
    """The version that was published next, or before the one in service. Raises NothingAfter, NothingBefore."""
    known = data, feed_id, before.state(feed_id), before.version(feed_id)
    if forward:
        if found := version_after(*known):
            return found
        raise NothingAfter
    if found := version_before(*known):
        return found
    raise NothingBefore


def _roll_back(desk: LoadDesk, before: Standing, target: FeedVersion, force: bool) -> Outcome:
    state, states = before.state(target.id), dict(before.states)
    if target.sha256 == before.version(target.id):
        states[target.id] = state.without_waiting()
    feeds = replaced(before.feeds, [target])
    at = _unasked(desk.context({feed.id for feed in feeds}))
    findings = _days_of(at, before, target, force)
    never_served = target.sha256 not in state.published
    noted_states = noted(at, before, states, feeds) if never_served else states
    outcome = put(at, before, published_with(at.data, feeds) or network_of(at, feeds), noted_states)
    return replace(outcome, findings=findings)


def _days_of(at: LoadContext, before: Standing, target: FeedVersion, force: bool) -> LoadFindings:
    """What it lacks is told before it is published. Raises HeldBack."""
    lacks = shortfall_at_once(target, find_serving(before.feeds, target.id), at.today)
    if lacks is None:
        return NOTHING_CAME
    findings = LoadFindings(shortfalls=(replace(lacks, published=force),))
    if not force:
        raise HeldBack(findings)
    at.watch(Progress(LoadStep.COMPARE, target.id, tuple(map(str, findings.shortfalls))))
    return findings


def _remove(desk: LoadDesk, before: Standing, feed_id: str) -> Outcome:
    others = [feed for feed in before.feeds if feed.id != feed_id]
    left_out = tuple(feed for feed in before.left_out if feed.id != feed_id)
    if (len(others), len(left_out)) == (len(before.feeds), len(before.left_out)):
        raise NotFound("feed", "feed", tuple(feed.id for feed in before.feeds))
    if not others:
        raise WrongState("feed", "the only one in service")
    at = desk.context({feed.id for feed in others})
    states = dict(before.states) | {feed_id: before.state(feed_id).without_waiting()}
    return put(at, replace(before, left_out=left_out), network_of(at, others), states)


def _restore(desk: LoadDesk, before: Standing) -> Outcome:
    at = _unasked(desk.context({feed.id for feed in (*before.feeds, *before.left_out)}))
    asked = before.left_out if before.is_sound else (*before.feeds, *before.left_out)
    read = _read_again(at, asked)
    if before.is_sound and not read:
        return done(at, LoadState.UNCHANGED, before)
    lost = _others(asked, read)
    feeds = [feed for feed in (*before.feeds, *before.left_out) if feed not in lost]
    if not feeds:
        raise NetworkUnavailable
    return put(at, replace(before, left_out=lost), network_of(at, feeds, read), before.states)


def _read_again(at: LoadContext, feeds: Sequence[FeedVersion]) -> list[tuple[FeedVersion, FeedSnapshot]]:
    """Those that can be read: a file may be gone, or such that this version of Hent stumbles over it. One feed that
    cannot be served is no reason to serve none."""
    read = []
    for feed in feeds:
        at.watch(Progress(LoadStep.READ, feed.id))
        try:
            read.append((feed, snapshot_to_build_of(at.data, feed, at.inputs.limits)))
        except Exception as error:
            LOG.error("a feed in service cannot be read again", extra={"feed": feed.id, "fault": type(error).__name__})
    return read


def _others(feeds: Sequence[FeedVersion], read: Sequence[tuple[FeedVersion, FeedSnapshot]]) -> tuple[FeedVersion, ...]:
    there = {feed.id for feed, _ in read}
    return tuple(feed for feed in feeds if feed.id not in there)


def _take_over(desk: LoadDesk, before: Standing) -> Outcome:
    waiting = waiting_feeds(desk.data, before.states)
    at = desk.context({feed.id for feed in (*before.feeds, *waiting)})
    due = [feed for feed in waiting if not feed.begins_after(at.today)]
    if not due:
        return done(at, LoadState.UNCHANGED, before)
    feeds = replaced(before.feeds, due)
    return put(at, before, network_of(at, feeds), noted(at, before, before.states, feeds))


def _changes_nothing(
    at: LoadContext, before: Standing, stays: Sequence[FeedVersion], arrived: Sequence[Arrived]
) -> bool:
    """Whether what arrived is in service, or waits, and all else that the network is made of is as it was, too."""
    found = [find_version(at.data, one.source, one.sha256) for one in arrived]
    known = [feed for feed in found if feed]
    now = [feed for feed in known if before.state(feed.id).waiting != feed.sha256]
    same = recipe(at, replaced(stays, now)) == recipe_of(at.data, before.network)
    return before.is_sound and len(known) == len(arrived) and same


def _waiting(at: LoadContext, stays: Standing, one: Accepted) -> FeedState:
    """Its network is built and asked now, so that nothing can go wrong on its day that could be known today."""
    network = network_of(at, replaced(stays.feeds, [one.feed]), _fresh([one]))
    return replace(stays.state(one.feed.id), waiting=one.feed.sha256, waiting_network=network)


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
    return replace(at, inputs=replace(at.inputs, golden=()))
