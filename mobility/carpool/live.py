"""What the search needs to know of the registry, and how it hears of changes.

Every worker process keeps an overlay of live offers (mobility/carpool/overlay.py) and asks the registry what has
changed since the revision it knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from mobility.carpool.offer import Offer, OfferId, Seated


@dataclass(frozen=True, slots=True)
class OfferChanges:
    """From one revision to `revision`. offers: new or changed, each with all its seats held (seated) from today on;
    gone: ids that are no longer to be shown (paused, withdrawn, erased). Offers that are over may stand in neither."""

    revision: int
    offers: tuple[Offer, ...]
    seated: tuple[Seated, ...]
    gone: tuple[OfferId, ...]


class LiveOffers(Protocol):
    """Where offers are read from: the registry's store, or a list in a test."""

    def revision(self) -> int:
        """Cheap (under a millisecond): asked before each trip query, at most every half second."""

    def since(self, revision: int) -> OfferChanges:
        """All changes after a revision; since(0) is everything live."""
