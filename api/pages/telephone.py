"""Whom to call where a page cannot be shown."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime

from api.service import Service
from mobility.errors import MobilityError
from mobility.network.place import TerritoryPlace
from mobility.places.hours import is_open

LOG = logging.getLogger("hent.pages")
NOBODY = "", ""


def with_phone(places: Iterable[TerritoryPlace]) -> tuple[TerritoryPlace, ...]:
    """The counters that answer the telephone."""
    return tuple(one for one in places if one.kind == "counter" and one.properties.get("phone"))


class Telephones:
    """Counters that answer the telephone, found once in a network: while many ask too much, saying so costs little."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._of_places: tuple[tuple[TerritoryPlace, ...], tuple[TerritoryPlace, ...]] = ((), ())

    def to_call(self) -> tuple[str, str]:
        """Name and number of one that is open now, else of any; NOBODY where none is known, whatever is wrong."""
        try:
            return self._to_call()
        except MobilityError:
            return NOBODY
        except Exception:
            LOG.exception("no counter to call could be found")
            return NOBODY

    def _to_call(self) -> tuple[str, str]:
        territory = self._service.current.territory()
        counters, at = self._in(territory.network.places), datetime.fromtimestamp(self._service.now(), territory.zone)
        first = next((one for one in counters if is_open(one.properties.get("opening_hours", ""), at)), None)
        one = first or next(iter(counters), None)
        return (one.name, one.properties["phone"]) if one else NOBODY

    def _in(self, places: tuple[TerritoryPlace, ...]) -> tuple[TerritoryPlace, ...]:
        known, counters = self._of_places
        if known is not places:
            counters = with_phone(places)
            self._of_places = places, counters
        return counters
