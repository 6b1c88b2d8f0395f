"""What time does to timetables: sources are asked for new versions, feeds take over on their first day, calendars go
on where the config says so, and operators are warned before a feed ends. Loads run in processes of their own."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from api.config import Config
from api.feeds.jobs import begin, jobs
from api.feeds.logged import log_lost
from api.web.chores import Chore
from api.web.sentences import sentences
from mobility.clock import is_over, local_date
from mobility.errors import MailUnavailable
from mobility.feeds.build.extension import is_to_extend
from mobility.feeds.expiry import Ending, endings
from mobility.feeds.state import feeds_in_service
from mobility.feeds.versions import waiting_feeds
from mobility.mail import Letter, Post
from mobility.operators.jobs import JobState, Order, Verb
from mobility.privacy.register import NOTHING, OPERATOR
from mobility.storage.store import Store
from mobility.storage.timers import claim_once, give_back

LOG = logging.getLogger("hent.feeds")
LOOK_EVERY_S, WARN_EVERY_S = 60, 6 * 3600
AGAIN_AFTER_S = 3600
"""What failed is not tried again sooner."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What the chores look after. post: who takes letters to the operator."""

    config: Config
    data: Path
    store: Store
    post: Post


def chores(watched: Watched) -> tuple[Chore, ...]:
    return (
        *(
            Chore(f"fetch {feed.id}"[:64], feed.every_h * 3600, _fetching(watched, feed.id), (NOTHING,))
            for feed in watched.config.feeds
            if feed.every_h
        ),
        Chore("calendar", LOOK_EVERY_S, lambda now: follow_calendar(watched, now), (NOTHING,)),
        Chore("lost jobs", LOOK_EVERY_S, lambda now: log_lost(watched.data, watched.store, now), (OPERATOR,)),
        Chore("feed endings", WARN_EVERY_S, lambda now: warn(watched, now), (NOTHING,)),
    )


def follow_calendar(watched: Watched, now: int) -> None:
    """Begins a job where a day has come on which the network is another one."""
    today = _day(watched, now)
    extend = {feed.id for feed in watched.config.feeds if feed.extend}
    if any(not feed.begins_after(today) for feed in waiting_feeds(watched.data)):
        _begin_once(watched, Order(Verb.TAKE_OVER), now)
    elif any(feed.id in extend and is_to_extend(feed, today) for feed in feeds_in_service(watched.data)):
        _begin_once(watched, Order(Verb.RENEW), now)


def warn(watched: Watched, now: int) -> None:
    """Each stage of each ending once: a line in the log, and a letter where the config says to whom.

    Raises MailUnavailable; then the letter is still to be sent.
    """
    for one in endings(feeds_in_service(watched.data), waiting_feeds(watched.data), _day(watched, now)):
        stage = f"{one.stage} {one.last_day} {one.feed}"
        if one.waiting:
            continue
        if claim_once(watched.store, f"ends {stage}"[:64], now):
            LOG.warning("a feed ends soon or has ended", extra={"feed": one.feed, "days": one.days_left})
        letter = f"letter {stage}"[:64]
        if watched.config.reload.email and claim_once(watched.store, letter, now):
            try:
                _write(watched, watched.config.reload.email, one)
            except MailUnavailable:
                give_back(watched.store, letter)
                raise


def _write(watched: Watched, to: str, ending: Ending) -> None:
    territory = watched.config.territory
    said = sentences(territory.languages[0])["feeds"]
    known = {"territory": territory.name, "feed": ending.feed, "day": ending.last_day, "days": ending.days_left}
    about = "no_day" if ending.last_day is None else "ended" if ending.days_left < 0 else "ends"
    watched.post.send(Letter(to, said[f"{about}_subject"].format(**known), said[about].format(**known)))


def _fetching(watched: Watched, feed_id: str) -> Callable[[int], object]:
    return lambda now: begin(watched.data, watched.config, Order(Verb.FETCH, feed_id))


def _begin_once(watched: Watched, order: Order, now: int) -> None:
    """Unless such a job is under way, or was a short while ago: then it failed."""
    before = [job for job in jobs(watched.data) if job.order.verb is order.verb]
    if all(job.state is not JobState.RUNNING and is_over(job.began_at, AGAIN_AFTER_S, now) for job in before):
        begin(watched.data, watched.config, order)


def _day(watched: Watched, now: int) -> date:
    return local_date(now, watched.config.territory.zone)
