"""What the service and `hent retention run` do so that nothing is kept longer than it is promised."""

from __future__ import annotations

from api.carpooling import Carpooling
from api.chores import Chore
from api.sentences import sentences
from mobility.carpool import retention as carpool
from mobility.mail import Letter, NoPost
from mobility.storage.retention import Erased, Rule, run

EVERY_S = 3600


def rules(carpooling: Carpooling) -> tuple[Rule, ...]:
    can_tell = not isinstance(carpooling.post, NoPost)
    return carpool.rules(carpooling.accounts.watcher, with_notices=can_tell)


def erase_what_is_due(carpooling: Carpooling, now: int) -> tuple[Erased, ...]:
    """Notices first. Raises StorageUnavailable."""
    if not isinstance(carpooling.post, NoPost):
        carpool.give_notices(carpooling.accounts, lambda notice: _send(carpooling, notice), now)
    return run(carpooling.store, rules(carpooling), now)


def chore(carpooling: Carpooling) -> Chore:
    return Chore("retention", EVERY_S, lambda now: erase_what_is_due(carpooling, now))


def _send(carpooling: Carpooling, notice: carpool.Notice) -> None:
    """Raises MailUnavailable."""
    account, said = notice.account, sentences(notice.account.language)["carpool"]
    known = {"territory": carpooling.config.territory.name, "alias": account.alias, "days": notice.days_left}
    letter = Letter(account.email, said["inactive_subject"].format(**known), said["inactive"].format(**known))
    carpooling.post.send(letter)
