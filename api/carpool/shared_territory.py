"""Drivers' offers inside the search of trips: the territory in service, with the live offers of the registry."""

from __future__ import annotations

from dataclasses import replace

from api.carpool.carpooling import Offered
from api.territory.taken_once import InService
from mobility.carpool.overlay import Overlay
from mobility.routing.carpool.rules import CarpoolRules, CarpoolSearch
from mobility.routing.territory import Territory


class WithCarpools:
    """Safe between threads: two that meet a new network at once make the same of it."""

    def __init__(self, current: InService, carpooling: CarpoolSearch) -> None:
        self._current, self._carpooling = current, carpooling
        self._known: tuple[Territory, Territory] | None = None

    def territory(self) -> Territory:
        """Raises NetworkUnavailable."""
        found, known = self._current.territory(), self._known
        if known is None or known[0] is not found:
            planned = replace(found.planned, carpooling=self._carpooling) if found.planned else None
            self._known = known = found, replace(found, carpooling=self._carpooling, planned=planned)
        return known[1]


def with_carpools(current: InService, registered: Offered | None) -> InService:
    """As it is where there is no registry, or the config wants no carpools among trips."""
    if registered is None or not registered.config.carpool.search:
        return current
    overlay = Overlay(registered.live, registered.zone, registered.school_holidays)
    said = registered.config.carpool
    rules = CarpoolRules(said.margin_s, said.early_s, said.nearer_m, said.nearer_share, said.most)
    return WithCarpools(current, CarpoolSearch(overlay, registered.now, rules))
