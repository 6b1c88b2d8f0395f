"""News that is owed by e-mail: noted in the transaction that makes it, sent afterwards, so that none is lost or false.

A letter holds no text and no address: both are read when it is sent. What nobody could deliver in a day is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, delete, or_, select, update

from mobility.carpool.booking import Booking, BookingId, PartnerUser
from mobility.carpool.booking_tables import LETTERS
from mobility.carpool.bookings import find_booking
from mobility.carpool.messages import new_id
from mobility.carpool.offer import AccountId
from mobility.clock import SKEW_S
from mobility.storage.store import Store

L = LETTERS.c
RETRY_S = (60, 300, 1800, 7200, 28_800, 43_200)
"""Until the next try, after the first, second, ...; then it is given up."""
LEASE_S = 120
"""For how long one process has a letter in hand before another may think it dead."""


class News(StrEnum):
    ASKED = "asked"
    CONFIRMED = "confirmed"
    REFUSED = "refused"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    MOVED = "moved"
    MESSAGE = "message"


@dataclass(frozen=True, slots=True)
class DueLetter:
    id: str
    account: AccountId
    news: News
    booking: BookingId | None = None
    message: str | None = None
    tries: int = 0


Send = Callable[[DueLetter], bool]
"""False: not now. A letter whose account or booking is gone counts as sent."""


def owe(connection: Connection, letter: DueLetter, now: int) -> None:
    what = {"id": letter.id, "account": letter.account, "booking": letter.booking, "message": letter.message}
    connection.execute(LETTERS.insert().values(**what, news=letter.news.value, at=now, due_at=now, tries=0))


def tell(connection: Connection, booking: Booking, news: News, now: int) -> None:
    """Both sides; a partner's passenger is told by the partner."""
    for account in (booking.driver, booking.passenger):
        if account and not isinstance(account, PartnerUser):
            owe(connection, letter(account, news, booking.id), now)


def letter(account: AccountId, news: News, booking: BookingId | None = None, message: str | None = None) -> DueLetter:
    return DueLetter(new_id(), account, news, booking, message)


def send_due(store: Store, send: Send, now: int) -> int:
    """Every letter that is due and tells something, the oldest first; the number sent. Safe in several processes at
    once."""
    sent = 0
    while taken := _take(store, now):
        if _is_needless(store, taken):
            _drop(store, taken)
        elif send(taken):
            sent += 1
            _drop(store, taken)
        else:
            _put_off(store, taken, now)
    return sent


def _is_needless(store: Store, owed: DueLetter) -> bool:
    """Who asks and gives up again and again mails the other side once: that ask, told as it is when its letter leaves.

    What was given up before an answer needs no second letter to the driver, and what was asked for again after that
    none at all until both agree.
    """
    if owed.booking is None:
        return False
    with store.reading() as connection:
        about = find_booking(connection, owed.booking)
    if about is None or about.agreed_at:
        return False
    if owed.news is News.CANCELLED and about.given_up_at:
        return about.asked_again or owed.account == about.driver
    return about.asked_again and owed.news in {News.ASKED, News.MESSAGE}


def _take(store: Store, now: int) -> DueLetter | None:
    """Leased in one transaction, so that no two processes send it."""
    with store.writing() as connection:
        due = (
            select(LETTERS)
            .where(or_(L.due_at <= now, L.due_at > now + RETRY_S[-1] + SKEW_S))
            .order_by(L.at, L.id)
            .limit(1)
        )
        row = connection.execute(due.with_for_update(skip_locked=True)).first()
        if row is None:
            return None
        connection.execute(update(LETTERS).where(L.id == row.id).values(due_at=now + LEASE_S, tries=row.tries + 1))
    booking = BookingId(row.booking) if row.booking else None
    return DueLetter(row.id, AccountId(row.account), News(row.news), booking, row.message, row.tries + 1)


def _drop(store: Store, sent: DueLetter) -> None:
    with store.writing() as connection:
        connection.execute(delete(LETTERS).where(L.id == sent.id))


def _put_off(store: Store, unsent: DueLetter, now: int) -> None:
    if unsent.tries > len(RETRY_S):
        _drop(store, unsent)
        return
    with store.writing() as connection:
        due_at = now + RETRY_S[unsent.tries - 1]
        connection.execute(update(LETTERS).where(L.id == unsent.id).values(due_at=due_at))
