"""What the service and `hent retention run` do so that nothing is kept longer than it is promised."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from api.carpool.carpooling import Carpooling
from api.feeds.jobs import forget_old
from api.web.chores import Chore
from api.web.sentences import sentences
from mobility.carpool import retention as carpool
from mobility.carpool.accounts import Account
from mobility.carpool.records import last_day
from mobility.live import delay_counts, message_store
from mobility.mail import Letter, NoPost
from mobility.operators import log as operators
from mobility.operators import sessions as operator_sessions
from mobility.privacy.register import REGISTER
from mobility.remarks import remark_store
from mobility.statistics import store as statistics
from mobility.storage.retention import Erased, RetentionRule, run

EVERY_S = 3600
STORED = tuple(one for one in REGISTER if one.tables)


def rules(carpooling: Carpooling) -> tuple[RetentionRule, ...]:
    can_tell = not isinstance(carpooling.post, NoPost)
    return (
        *carpool.rules(carpooling.accounts.watcher, with_notices=can_tell),
        *operators.rules(),
        operator_sessions.rule(),
        *message_store.rules(),
        *remark_store.rules(),
        statistics.rule(),
        delay_counts.rule(),
    )


def erase_what_is_due(carpooling: Carpooling, data: Path, now: int) -> tuple[Erased, ...]:
    """data: the folder of networks and jobs. Notices and reminders first. Raises StorageUnavailable."""
    if not isinstance(carpooling.post, NoPost):
        carpool.give_notices(carpooling.accounts, lambda notice: _send(carpooling, notice), now)
        carpool.give_reminders(carpooling.accounts, lambda reminder: _remind(carpooling, reminder), now)
    return (*run(carpooling.store, rules(carpooling), now), Erased("files of jobs", forget_old(data, now)))


def chore(carpooling: Carpooling, data: Path) -> Chore:
    return Chore("retention", EVERY_S, lambda now: erase_what_is_due(carpooling, data, now), STORED)


def _send(carpooling: Carpooling, notice: carpool.LapseWarning) -> None:
    """Raises MailUnavailable."""
    _write(carpooling, notice.account, "inactive", {"days": notice.days_left})


def _remind(carpooling: Carpooling, reminder: carpool.Reminder) -> None:
    """Raises MailUnavailable."""
    offer = reminder.offer
    first, last = (offer.waypoints[row].meeting_point for row in (0, -1))
    # A home in no commune that is known has no name.
    start, end = offer.start.name or first.name, offer.end.name or last.name
    known = {"start": start, "end": end, "day": last_day(offer.schedule).isoformat()}
    _write(carpooling, reminder.account, "ends_soon", known)


def _write(carpooling: Carpooling, account: Account, about: str, known: Mapping[str, object]) -> None:
    said = sentences(account.language)["carpool"]
    known = {"territory": carpooling.config.territory.name, "alias": account.alias, **known}
    letter = Letter(account.email, said[f"{about}_subject"].format(**known), said[about].format(**known))
    carpooling.post.send(letter)
