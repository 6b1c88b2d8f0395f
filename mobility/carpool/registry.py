"""Drivers' offers in the database. Every change is one transaction and raises the revision that the search follows.

Whoever must hear of a change in the same transaction (bookings of the offer) is given as `Watcher`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Select, delete, select, update

from mobility.carpool.offer import AccountId, Offer, OfferId, OfferStatus
from mobility.carpool.records import offer_of, row_of
from mobility.carpool.tables import ERASED_OFFERS, OFFERS, REVISIONS
from mobility.errors import NotFound, WrongState
from mobility.storage.store import Store

Watcher: TypeAlias = Callable[[Connection, Offer | None, Offer | None], None]
"""Told of an offer before and after its change; None: it is new; it is erased. What it raises undoes the change."""

MAY_BECOME = {
    OfferStatus.ACTIVE: frozenset({OfferStatus.PAUSED, OfferStatus.WITHDRAWN}),
    OfferStatus.PAUSED: frozenset({OfferStatus.ACTIVE, OfferStatus.WITHDRAWN}),
    OfferStatus.WITHDRAWN: frozenset({OfferStatus.ACTIVE}),
}


class _Looked(Exception):
    """Undoes what was only tried."""


def nobody(connection: Connection, before: Offer | None, after: Offer | None) -> None:
    """Where nobody must hear of a change."""


@dataclass(frozen=True, slots=True)
class Registry:
    """zone: of the territory's clocks. All methods raise StorageUnavailable where the database does not answer."""

    store: Store
    zone: ZoneInfo
    watcher: Watcher = nobody

    def publish(self, offers: Sequence[Offer]) -> tuple[Offer, ...]:
        """New offers, all or none (a way there and its way back); where all are known already, they stay."""
        with self.store.writing() as connection:
            return self._add(connection, offers)

    def look(self, offers: Sequence[Offer]) -> None:
        """Raises what `publish` would; nothing is kept."""
        with suppress(_Looked), self.store.writing() as connection:
            self._add(connection, offers)
            raise _Looked

    def of_driver(self, driver: AccountId) -> list[Offer]:
        """The next to end first; withdrawn ones too, until they are erased."""
        with self.store.reading() as connection:
            mine = select(OFFERS).where(OFFERS.c.driver == driver).order_by(OFFERS.c.over_at, OFFERS.c.id)
            return [offer_of(row) for row in connection.execute(mine).mappings()]

    def of_driver_by_id(self, driver: AccountId, offer: OfferId) -> Offer:
        """Raises NotFound, also where the offer is another driver's."""
        with self.store.reading() as connection:
            return _only(connection, _of(driver, offer))

    def change(self, driver: AccountId, offer: OfferId, changed: Callable[[Offer], Offer]) -> Offer:
        """The driver's own offer as `changed` makes it. Raises NotFound, WrongState where it is withdrawn.

        `changed` may take its time: it is asked before the transaction, and again only if the offer changed meanwhile.
        """
        seen = self.of_driver_by_id(driver, offer)
        after = changed(seen)
        with self.store.writing() as connection:
            before = _own(connection, driver, offer)
            if before.status is OfferStatus.WITHDRAWN:
                raise WrongState("offer", before.status)
            same = replace(seen, revision=before.revision) == before
            return self._save(connection, before, after if same else changed(before))

    def become(self, driver: AccountId, offer: OfferId, status: OfferStatus, now: int) -> Offer:
        """Paused, resumed, withdrawn, taken back; what it is already it stays. Raises NotFound, WrongState."""
        with self.store.writing() as connection:
            before = _own(connection, driver, offer)
            if before.status is status:
                return before
            if status not in MAY_BECOME[before.status]:
                raise WrongState("offer", before.status)
            after = self._save(connection, before, replace(before, status=status))
            withdrawn_at = now if status is OfferStatus.WITHDRAWN else None
            connection.execute(update(OFFERS).where(OFFERS.c.id == offer).values(withdrawn_at=withdrawn_at))
            return after

    def _add(self, connection: Connection, offers: Sequence[Offer]) -> tuple[Offer, ...]:
        revision = next_revision(connection)
        known = select(OFFERS).where(OFFERS.c.id.in_([offer.id for offer in offers])).order_by(OFFERS.c.id)
        if len(rows := connection.execute(known).mappings().all()) == len(offers):
            return tuple(offer_of(row) for row in rows)
        published = tuple(replace(offer, revision=revision) for offer in offers)
        connection.execute(OFFERS.insert(), [row_of(offer, self.zone) for offer in published])
        for offer in published:
            self.watcher(connection, None, offer)
        return published

    def _save(self, connection: Connection, before: Offer, after: Offer) -> Offer:
        after = replace(after, id=before.id, driver=before.driver, revision=next_revision(connection))
        values = row_of(after, self.zone) | {"reminded_at": None}
        connection.execute(update(OFFERS).where(OFFERS.c.id == before.id).values(values))
        self.watcher(connection, before, after)
        return after


def next_revision(connection: Connection) -> int:
    """Taken by one writer after the other, so that who reads a revision has all that came before it.

    The offers concerned are taken before it: two writers who take both in different orders would wait for each other.
    """
    raised = update(REVISIONS).where(REVISIONS.c.name == "offers").values(value=REVISIONS.c.value + 1)
    return int(connection.execute(raised.returning(REVISIONS.c.value)).scalar_one())


def touch(connection: Connection, offer: OfferId) -> None:
    """Something about an offer has changed that stands elsewhere, such as its seats."""
    connection.execute(select(OFFERS.c.id).where(OFFERS.c.id == offer).with_for_update())
    connection.execute(update(OFFERS).where(OFFERS.c.id == offer).values(revision=next_revision(connection)))


def erase_offers(connection: Connection, offers: Sequence[Offer], now: int, watcher: Watcher = nobody) -> None:
    """The rows are gone; only their ids stay for a while, so that the search of each process hears of it."""
    if not offers:
        return
    for offer in offers:
        watcher(connection, offer, None)
    ids = [offer.id for offer in offers]
    connection.execute(delete(OFFERS).where(OFFERS.c.id.in_(ids)))
    revision = next_revision(connection)
    erased = [{"id": offer, "revision": revision, "erased_at": now} for offer in ids]
    connection.execute(ERASED_OFFERS.insert(), erased)


def _of(driver: AccountId, offer: OfferId) -> Select[Any]:
    return select(OFFERS).where(OFFERS.c.id == offer, OFFERS.c.driver == driver)


def _own(connection: Connection, driver: AccountId, offer: OfferId) -> Offer:
    """To be changed: nobody else changes it until the transaction ends."""
    return _only(connection, _of(driver, offer).with_for_update())


def _only(connection: Connection, wanted: Select[Any]) -> Offer:
    row = connection.execute(wanted).mappings().first()
    if row is None:
        raise NotFound("offer", "offer")
    return offer_of(row)
