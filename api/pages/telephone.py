"""Whom to call where a page cannot be shown."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from api.service import Service
from mobility.errors import MobilityError
from mobility.network.place import TerritoryPlace
from mobility.places.hours import is_open

LOG = logging.getLogger("hent.pages")


class WhoAnswers(NamedTuple):
    """hours: as in the places' file, "" where they are not known."""

    name: str = ""
    phone: str = ""
    hours: str = ""


NOBODY = WhoAnswers()


def with_phone(places: Iterable[TerritoryPlace]) -> tuple[TerritoryPlace, ...]:
    """The counters that answer the telephone."""
    return tuple(one for one in places if one.kind == "counter" and one.properties.get("phone"))


def hours_of(counter: TerritoryPlace) -> str:
    return counter.properties.get("opening_hours", "")


def there_now(counters: Iterable[TerritoryPlace], at: datetime) -> tuple[TerritoryPlace, ...]:
    """Those that are open at that moment; where no hours are known, one may be. at: by their clocks."""
    return tuple(one for one in counters if is_open(hours_of(one), at) is not False)


class Telephones:
    """Counters that answer the telephone, found once in a network: while many ask too much, saying so costs little."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._of_places: tuple[tuple[TerritoryPlace, ...], tuple[TerritoryPlace, ...]] = ((), ())

    def to_call(self) -> WhoAnswers:
        """One that is open now, else any; NOBODY where none is known, whatever is wrong."""
        try:
            return self._to_call()
        except MobilityError:
            return NOBODY
        except Exception:
            LOG.exception("no counter to call could be found")
            return NOBODY

    def _to_call(self) -> WhoAnswers:
        territory = self._service.current.territory()
        counters, at = self._in(territory.network.places), datetime.fromtimestamp(self._service.now(), territory.zone)
        surely = (one for one in counters if is_open(hours_of(one), at))
        one = next(chain(surely, there_now(counters, at), counters), None)
        return WhoAnswers(one.name, one.properties["phone"], hours_of(one)) if one else NOBODY

    def _in(self, places: tuple[TerritoryPlace, ...]) -> tuple[TerritoryPlace, ...]:
        known, counters = self._of_places
        if known is not places:
            counters = with_phone(places)
            self._of_places = places, counters
        return counters
