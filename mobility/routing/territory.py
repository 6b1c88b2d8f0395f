"""All that one request reads, taken once: a network and what opens it for questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from math import inf
from typing import Protocol
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from mobility.network.lengths import Lengths, lengths
from mobility.network.live import LiveNetwork
from mobility.network.live_alerts import NO_ALERTS, LiveAlerts
from mobility.network.live_files import LivePosition
from mobility.network.network import Network
from mobility.network.ways import StreetRouter
from mobility.places.addresses.address_index import AddressIndex
from mobility.places.aliases import Aliases
from mobility.places.gazetteer import NO_ALIASES, Gazetteer
from mobility.places.index import PlaceIndex
from mobility.places.landmarks.landmark_index import LandmarkIndex
from mobility.rentals.systems import NO_RENTALS, RentalBoard
from mobility.routing.carpool.meeting_ways import MeetingWays
from mobility.routing.carpool.rules import CarpoolSearch
from mobility.routing.last_kilometre.option import USUAL_RULES, LastKilometreRules
from mobility.routing.neighbourhood import Neighbourhood
from mobility.search.pace import Needs, Pace
from mobility.search.searchday import SearchDay


class SearchDays(Protocol):
    """Lays out the searchable day of a date; see mobility/search/days.py."""

    def on(self, day: date, needs: Needs = ..., pace: Pace | None = ...) -> SearchDay: ...


@dataclass(frozen=True, slots=True)
class SearchBounds:
    """widest_window_s: how far a window is widened until there are enough results. answer_s: by the clock, after which
    a question ends with what was found."""

    widest_window_s: int = 24 * 3600
    most_results: int = 60
    answer_s: float = inf


@dataclass(frozen=True)
class Territory:
    network: Network
    streets: StreetRouter
    days: SearchDays
    places: PlaceIndex | None = None
    bounds: SearchBounds = SearchBounds()
    last_km: LastKilometreRules = USUAL_RULES
    rentals: RentalBoard = NO_RENTALS
    carpooling: CarpoolSearch | None = None
    planned: Territory | None = None
    """The same by timetable alone, where `network` is a LiveNetwork."""
    alerts: LiveAlerts = NO_ALERTS
    positions: tuple[LivePosition, ...] = ()
    addresses: AddressIndex | None = None
    aliases: Aliases = NO_ALIASES
    landmarks: LandmarkIndex | None = None
    around: frozenset[str] = frozenset()
    """Words that only say in which country or region the territory lies."""

    def gazetteer(self, languages: Sequence[str] = ()) -> Gazetteer | None:
        """All names and positions that can be asked for; None where there is no place index. languages: in which the
        names are told, the dearest first."""
        if self.places is None:
            return None
        landmarks = self.landmarks.called_in(languages) if self.landmarks else None
        return Gazetteer(self.places, self.addresses, self.streets, self.aliases, landmarks, self.around)

    @property
    def as_planned(self) -> Territory:
        return self.planned or self

    @property
    def live(self) -> LiveNetwork | None:
        return self.network if isinstance(self.network, LiveNetwork) else None

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.network.zones[0])

    @cached_property
    def lengths(self) -> Lengths:
        """How far each ride goes; measured once, when first asked for."""
        return lengths(self.network) if self.planned is None else lengths(self.network, self.planned.lengths.shape)

    @cached_property
    def has_street(self) -> NDArray[np.uint8]:
        """By stop, 1 where walks between stops are on streets; asked of each once."""
        if self.planned is not None:
            return self.planned.has_street
        stops = range(len(self.network.stops))
        known = [self.network.terrain.on_streets and self.streets.has_street_at(stop) for stop in stops]
        return np.array(known, np.uint8)

    def meeting_ways(self, mode: str) -> MeetingWays:
        """mode: WALK or STEP_FREE. Those of one network, filled as they are asked for."""
        return self.as_planned._meeting_ways[mode]

    @cached_property
    def _meeting_ways(self) -> dict[str, MeetingWays]:
        return {mode: MeetingWays(self.network, self.streets, mode) for mode in ("WALK", "STEP_FREE")}

    @cached_property
    def neighbourhood(self) -> Neighbourhood:
        if self.planned is not None:
            return self.planned.neighbourhood
        return Neighbourhood(self.network, self.streets, self.last_km)

    def service_zone(self, trip: int) -> ZoneInfo:
        """The zone that a trip's service day is counted in: its agency's."""
        return self.zone_of_service(int(self.network.trips.service[trip]))

    def zone_of_service(self, service: int) -> ZoneInfo:
        return ZoneInfo(self.network.zones[int(self.network.services.zone[service])])
