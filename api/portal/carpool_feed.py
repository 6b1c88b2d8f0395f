"""The live carpool offers as a GTFS feed, for whoever plans trips elsewhere: meeting points, times, days; no driver."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock

from api.carpool.carpooling import Carpooling
from mobility.carpool.offer import Offer
from mobility.clock import local_date
from mobility.feeds.carpool import Coming, Publisher, write_feed

FRESH_S = 60
"""A change of the registry is in the feed after so long; it is made anew no oftener."""


@dataclass(frozen=True, slots=True)
class Made:
    """Of one revision of the registry on one day. at: epoch seconds."""

    revision: int
    day: date
    at: int
    content: bytes

    @property
    def name(self) -> str:
        """Equal names are equal files."""
        return f"{self.revision}-{self.day.isoformat()}"


class CarpoolFeed:
    """Safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: Made | None = None

    def latest(self, carpooling: Carpooling, url: str) -> Made:
        """url: where people learn how to ask. Raises StorageUnavailable."""
        with self._lock:
            now = carpooling.now()
            day, known = local_date(now, carpooling.zone), self._made
            if known and known.day == day and 0 <= now - known.at < FRESH_S:
                return known
            if known is None or (known.revision, known.day) != (carpooling.live.revision(), day):
                changes = carpooling.live.since(0)
                known = Made(changes.revision, day, now, _feed(carpooling, changes.offers, day, url))
            self._made = Made(known.revision, day, now, known.content)
            return self._made


def _feed(carpooling: Carpooling, offers: tuple[Offer, ...], day: date, url: str) -> bytes:
    config = carpooling.config
    publisher = Publisher(
        name=config.publisher,
        url=url,
        zone=config.territory.timezone,
        language=config.territory.languages[0],
    )
    with TemporaryDirectory() as folder:
        file = Path(folder) / "carpool.gtfs.zip"
        write_feed(offers, publisher, Coming(day, carpooling.school_holidays), file)
        return file.read_bytes()
