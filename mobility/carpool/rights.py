"""What a person may ask for: everything that is held of them, and its end (RGPD, articles 15, 17 and 20)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, RowMapping, select

from mobility.carpool.accounts import Account, Accounts, Session
from mobility.carpool.agreements import Agreements
from mobility.carpool.booking_tables import LETTERS
from mobility.carpool.bookings import bookings_with
from mobility.carpool.messages import Message, messages_with
from mobility.carpool.offer import AccountId, Offer
from mobility.carpool.outside import OutsideBooking, outside_of
from mobility.carpool.records import offer_of
from mobility.carpool.rides import Shared, seen_by
from mobility.carpool.tables import ACCOUNTS, OFFERS, SIGN_INS
from mobility.carpool.wanted import WantedRide, wanted_of
from mobility.errors import NotFound, StorageUnavailable
from mobility.storage.erase import empty_journal
from mobility.storage.store import Store

PATIENCE_S = 2.0


@dataclass(frozen=True, slots=True)
class Held:
    """adult_declared_at, seen_at, notices: as the account's row says. codes: when pending sign-in codes end. letters:
    kind and time of news that is still to be sent."""

    account: Account
    adult_declared_at: int
    seen_at: int
    notices: int
    sessions: tuple[Session, ...]
    codes: tuple[int, ...]
    offers: tuple[Offer, ...]
    bookings: tuple[Shared, ...]
    outside: tuple[OutsideBooking, ...]
    messages: tuple[Message, ...]
    wanted: tuple[WantedRide, ...]
    letters: tuple[tuple[str, int], ...]


def held(accounts: Accounts, agreements: Agreements, account: AccountId) -> Held:
    """Of one moment. Raises NotFound."""
    sessions = tuple(accounts.sessions(account, agreements.now()))
    with accounts.store.reading() as connection:
        row = connection.execute(select(ACCOUNTS).where(ACCOUNTS.c.id == account)).mappings().first()
        if row is None:
            raise NotFound("account", "account")
        rides = bookings_with(connection, account)
        return Held(
            account=accounts.read(row),
            adult_declared_at=row["adult_declared_at"],
            seen_at=row["seen_at"],
            notices=row["notices"],
            sessions=sessions,
            codes=_codes(connection, row),
            offers=_offers(connection, account),
            bookings=tuple(seen_by(connection, accounts, agreements, one, account) for one in rides),
            outside=outside_of(connection, account),
            messages=messages_with(connection, account),
            wanted=wanted_of(connection, account),
            letters=_letters(connection, account),
        )


def end(accounts: Accounts, account: AccountId, now: int) -> bool:
    """The account with all that hangs on it. Whether no byte of it is left in the database's files: on PostgreSQL, and
    where readers hold on to SQLite's journal, that is done by the next run of the retention. Raises NotFound."""
    accounts.erase(account, now)
    return _emptied(accounts.store)


def _emptied(store: Store) -> bool:
    if not store.is_sqlite:
        return False
    try:
        empty_journal(store, PATIENCE_S)
    except StorageUnavailable:
        return False
    return True


def _codes(connection: Connection, account: RowMapping) -> tuple[int, ...]:
    pending = select(SIGN_INS.c.expires_at).where(SIGN_INS.c.email_hash == account["email_hash"])
    return tuple(connection.scalars(pending.order_by(SIGN_INS.c.expires_at)))


def _offers(connection: Connection, account: AccountId) -> tuple[Offer, ...]:
    """Withdrawn ones too."""
    mine = select(OFFERS).where(OFFERS.c.driver == account).order_by(OFFERS.c.id)
    return tuple(offer_of(row) for row in connection.execute(mine).mappings())


def _letters(connection: Connection, account: AccountId) -> tuple[tuple[str, int], ...]:
    owed = select(LETTERS.c.news, LETTERS.c.at).where(LETTERS.c.account == account).order_by(LETTERS.c.at)
    return tuple((row.news, row.at) for row in connection.execute(owed))
