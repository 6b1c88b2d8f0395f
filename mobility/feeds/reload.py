"""One reload, start to end: fetch -> read -> validate -> save -> build beside the running network -> ask it the golden
queries -> publish. Whatever happens on the way, the network in service stays as it is until the last step.

Every way in comes here: the command line, the operators' interface, the timer, the day on which a feed begins.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from mobility.errors import NotFound, NothingBefore, WrongState
from mobility.feeds.arriving import arrive
from mobility.feeds.beside import network_of, published_with
from mobility.feeds.inputs import Incoming, LoadContext
from mobility.feeds.serving import (
    INCOMING,
    Outcome,
    State,
    accepted,
    alone,
    changes_nothing,
    drop_waiting,
    in_service,
    is_to_wait,
    let_wait,
    outcome,
    put,
    remembered,
    replaced,
    serve,
)
from mobility.feeds.versions import (
    feeds_in_service,
    kept_files,
    kept_version,
    version_before,
    waiting_feeds,
)


def reload(at: LoadContext, incoming: Sequence[Incoming], staying: Collection[str] | None = None) -> Outcome:
    """Publish the network of these feeds and those of the network in service (of these only `staying`, where given).

    Raises UnreadableFeed, RejectedFeed, NotAnswered, FolderUnavailable or what the watch raises; then nothing has
    changed. Loads of several processes take turns.
    """
    with alone(at), TemporaryDirectory(prefix=INCOMING, dir=at.data) as folder:
        stays = [feed for feed in feeds_in_service(at.data) if staying is None or feed.id in staying]
        arrived = [one for feed in incoming if (one := arrive(at, feed, Path(folder)))]
        if (incoming and not arrived) or changes_nothing(at, stays, arrived):
            return outcome(at, State.UNCHANGED)
        with remembered(at, arrived):
            found = [accepted(at, one) for one in arrived]
            later = [one for one in found if is_to_wait(at, one.feed, stays)]
            for waiting in later:
                let_wait(at, waiting, stays)
            now = [one for one in found if one not in later]
            state = serve(at, replaced(stays, [one.feed for one in now]), now) if now or not later else State.WAITING
        return replace(outcome(at, state), reports=tuple(one.report for one in found))


def roll_back(at: LoadContext, feed_id: str, sha256: str = "") -> Outcome:
    """Back to the version of the feed that was in service before, or to another one that is kept. Where that is the
    one in service, what waits for its day is dropped.

    A network of these very feeds that was in service before is put into service as it was; else one is built. The
    golden queries do not bar the way back. Raises NotFound, NothingBefore, FolderUnavailable.
    """
    with alone(at):
        kept_files(at.data, feed_id)
        serving = feeds_in_service(at.data)
        now = next((feed.sha256 for feed in serving if feed.id == feed_id), "")
        wanted = sha256 or version_before(at.data, feed_id, now)
        if not wanted:
            raise NothingBefore
        target = kept_version(at.data, feed_id, wanted)
        if target.sha256 == now:
            drop_waiting(at, feed_id)
        feeds = replaced(serving, [target])
        unasked = replace(at, setting=replace(at.setting, golden=()))
        before = in_service(at)
        version = published_with(at.data, feeds) or network_of(unasked, feeds)
        return outcome(at, put(at, version, before))


def remove(at: LoadContext, feed_id: str) -> Outcome:
    """Take a feed out of the network, and what waits of it. Its versions stay on disk. Raises NotFound, WrongState."""
    with alone(at):
        serving = feeds_in_service(at.data)
        others = [feed for feed in serving if feed.id != feed_id]
        if len(others) == len(serving):
            raise NotFound("feed", "feed", tuple(feed.id for feed in serving))
        if not others:
            raise WrongState("feed", "the only one in service")
        state = serve(at, others)
        drop_waiting(at, feed_id)
        return outcome(at, state)


def take_over(at: LoadContext) -> Outcome:
    """Publish the versions that have waited for a day that has come. Raises as `reload` does."""
    with alone(at):
        due = [feed for feed in waiting_feeds(at.data) if feed.first_day <= at.today]
        state = serve(at, replaced(feeds_in_service(at.data), due)) if due else State.UNCHANGED
        return outcome(at, state)
