"""LiveOffers (mobility/carpool/live.py) on the registry's database."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, select

from mobility.carpool.live import OfferChanges
from mobility.carpool.offer import OfferId, OfferStatus, Seated
from mobility.carpool.records import offer_of
from mobility.carpool.tables import ERASED_OFFERS, OFFERS, REVISIONS
from mobility.storage.store import Store

HeldSeats: TypeAlias = Callable[[Connection, Sequence[OfferId]], Sequence[Seated]]
"""The seats of offers that are held or confirmed from today on."""

REVISION = select(REVISIONS.c.value).where(REVISIONS.c.name == "offers")


def none_held(connection: Connection, offers: Sequence[OfferId]) -> Sequence[Seated]:
    """Where there are no bookings."""
    return ()


class StoredOffers:
    """now: epoch seconds; offers that are over are not told. By revision alone: an index finds what has changed."""

    def __init__(self, store: Store, now: Callable[[], int], held: HeldSeats = none_held) -> None:
        self._store, self._now, self._held = store, now, held

    def revision(self) -> int:
        with self._store.reading() as connection:
            return int(connection.execute(REVISION).scalar_one())

    def since(self, revision: int) -> OfferChanges:
        with self._store.reading() as connection:
            reached = connection.execute(REVISION).scalar_one()
            changed = select(OFFERS).where(OFFERS.c.revision > revision).order_by(OFFERS.c.revision, OFFERS.c.id)
            rows = connection.execute(changed).mappings().all()
            shown = [row["status"] == OfferStatus.ACTIVE and row["over_at"] > self._now() for row in rows]
            offers = tuple(offer_of(row) for row, is_shown in zip(rows, shown, strict=True) if is_shown)
            seated = tuple(self._held(connection, [offer.id for offer in offers]))
            hidden = [row["id"] for row, is_shown in zip(rows, shown, strict=True) if not is_shown]
            erased = connection.scalars(select(ERASED_OFFERS.c.id).where(ERASED_OFFERS.c.revision > revision))
            gone = tuple(OfferId(one) for one in (*hidden, *erased))
        return OfferChanges(reached, offers, seated, gone)
