"""How long the registry keeps what: rules for mobility/storage/retention.py, and the notices that go before them.

Source of the periods: what carpool registries do and the CNIL recommends, docs/carpool.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, Table, delete, select, update

from mobility.carpool import booking_retention
from mobility.carpool.accounts import Account, Accounts, erase_account
from mobility.carpool.booking_tables import BOOKINGS, LETTERS, MESSAGES, OUTSIDE_BOOKINGS, WANTED
from mobility.carpool.offer import AccountId, Offer, OfferStatus, Schedule, Weekly
from mobility.carpool.records import offer_of
from mobility.carpool.registry import Watcher, erase_offers, nobody
from mobility.carpool.tables import ACCOUNTS, BUCKETS, ERASED_OFFERS, OFFERS, SESSIONS, SIGN_INS
from mobility.clock import DAY_S
from mobility.errors import MailUnavailable
from mobility.privacy.periods import ACCOUNT_S, OFFER_S, TRACES_S
from mobility.storage.retention import RetentionRule

NOTICES_S = (548 * DAY_S, 700 * DAY_S)
"""After so much silence the owner is told, twice: half a year and a month before the account goes."""
LAST_NOTICE_S = 28 * DAY_S
"""The account stays at least so long after its second notice."""
REMINDER_S, LASTING = 14 * DAY_S, timedelta(days=28)
"""A weekly offer that lasts longer than that: its driver is reminded so long before it ends."""


def rules(watcher: Watcher = nobody, with_notices: bool = True) -> tuple[RetentionRule, ...]:
    """watcher: who must hear of erased offers. with_notices: accounts wait until both were sent; without a mail server
    nobody can be told, and an account goes after the same time all the same."""
    hung_on = (ACCOUNTS, SESSIONS, SIGN_INS, OFFERS, BOOKINGS, MESSAGES, LETTERS, WANTED, OUTSIDE_BOOKINGS)
    return (
        RetentionRule("offers", (OFFERS,), lambda connection, now: _offers(connection, now, watcher)),
        RetentionRule("accounts", hung_on, lambda connection, now: _accounts(connection, now, watcher, with_notices)),
        *booking_retention.rules(),
        _expired("sign-in codes", SIGN_INS, "expires_at"),
        _expired("sessions", SESSIONS, "expires_at"),
        _expired("buckets", BUCKETS, "filled_at", TRACES_S),
        _expired("ids of erased offers", ERASED_OFFERS, "erased_at", TRACES_S),
    )


@dataclass(frozen=True, slots=True)
class LapseWarning:
    """number: 1 or 2. days_left: until the account goes."""

    account: Account
    number: int
    days_left: int


def give_notices(accounts: Accounts, send: Callable[[LapseWarning], None], now: int) -> int:
    """To the owners of accounts that will go; the number sent. One that could not be sent is tried at the next run."""
    sent = 0
    for notice in _due_notices(accounts, now):
        try:
            send(notice)
        except MailUnavailable:
            continue
        with accounts.store.writing() as connection:
            noted = {"notices": notice.number, "noticed_at": now}
            connection.execute(update(ACCOUNTS).where(ACCOUNTS.c.id == notice.account.id).values(noted))
        sent += 1
    return sent


@dataclass(frozen=True, slots=True)
class Reminder:
    account: Account
    offer: Offer


def give_reminders(accounts: Accounts, send: Callable[[Reminder], None], now: int) -> int:
    """To drivers whose weekly offers end soon unless they confirm them; the number sent. See give_notices."""
    sent = 0
    for reminder in _due_reminders(accounts, now):
        try:
            send(reminder)
        except MailUnavailable:
            continue
        with accounts.store.writing() as connection:
            noted = update(OFFERS).where(OFFERS.c.id == reminder.offer.id).values(reminded_at=now)
            connection.execute(noted)
        sent += 1
    return sent


def _due_reminders(accounts: Accounts, now: int) -> list[Reminder]:
    ends_soon = OFFERS.c.over_at.between(now, now + REMINDER_S) & OFFERS.c.reminded_at.is_(None)
    due = select(OFFERS).where(ends_soon, OFFERS.c.status == OfferStatus.ACTIVE)
    with accounts.store.reading() as connection:
        offers = [offer_of(row) for row in connection.execute(due).mappings()]
        return [Reminder(accounts.of(connection, one.driver), one) for one in offers if _is_lasting(one.schedule)]


def _is_lasting(schedule: Schedule) -> bool:
    return isinstance(schedule, Weekly) and schedule.last_day - schedule.first_day > LASTING


def _due_notices(accounts: Accounts, now: int) -> list[LapseWarning]:
    silent = select(ACCOUNTS).where(ACCOUNTS.c.seen_at <= now - NOTICES_S[0], ACCOUNTS.c.notices < len(NOTICES_S))
    with accounts.store.reading() as connection:
        rows = connection.execute(silent).mappings().all()
    return [
        LapseWarning(accounts.read(row), row["notices"] + 1, max((row["seen_at"] + ACCOUNT_S - now) // DAY_S, 28))
        for row in rows
        if row["seen_at"] <= now - NOTICES_S[row["notices"]]
    ]


def _offers(connection: Connection, now: int, watcher: Watcher) -> int:
    """A drive that is over, or an offer that was withdrawn, two days ago."""
    is_over = OFFERS.c.over_at <= now - OFFER_S
    is_withdrawn = (OFFERS.c.status == OfferStatus.WITHDRAWN) & (OFFERS.c.withdrawn_at <= now - OFFER_S)
    rows = connection.execute(select(OFFERS).where(is_over | is_withdrawn).with_for_update()).mappings()
    offers = [offer_of(row) for row in rows]
    erase_offers(connection, offers, now, watcher)
    return len(offers)


def _accounts(connection: Connection, now: int, watcher: Watcher, with_notices: bool) -> int:
    due = ACCOUNTS.c.seen_at <= now - ACCOUNT_S
    if with_notices:
        due &= (ACCOUNTS.c.notices >= len(NOTICES_S)) & (ACCOUNTS.c.noticed_at <= now - LAST_NOTICE_S)
    found = connection.scalars(select(ACCOUNTS.c.id).where(due)).all()
    return sum(erase_account(connection, AccountId(account), now, watcher) for account in found)


def _expired(name: str, table: Table, column: str, after_s: int = 0) -> RetentionRule:
    def apply(connection: Connection, now: int) -> int:
        return connection.execute(delete(table).where(table.c[column] <= now - after_s)).rowcount

    return RetentionRule(name, (table,), apply)
