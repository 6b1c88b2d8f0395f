"""A question asked before any traveller's: what it needs is compiled, mapped and laid out once, for all workers."""

from __future__ import annotations

from datetime import date, time

import numpy as np
from numpy.typing import NDArray

from mobility.clock import at_clock, days_after, local_date
from mobility.geo import distances_m
from mobility.impact import Factors
from mobility.network.network import Network
from mobility.network.timetable import Int32s
from mobility.planning.local import local
from mobility.planning.planner import plan
from mobility.planning.rehearsal import rehearse
from mobility.ranking.costs import RankingSettings
from mobility.ranking.options import choose
from mobility.routing.itinerary import stop_spot
from mobility.routing.query import Query
from mobility.routing.territory import Territory

Floats = NDArray[np.float64]

MODES_OF_STREETS = ("WALK", "STEP_FREE", "BIKE", "CAR")
A_MINUTE_S, HOUR_S = 60, 3600
A_RIDE_M = 2000
"""Nearer stops may be those of one square, and nothing is ridden between them."""


def ask_first(territory: Territory, now_s: int) -> None:
    """From the busiest stop to the next that one rides to, by all modes of streets, with what is said beside an
    itinerary, and a ride in a driver's car; today's and tomorrow's days are laid out."""
    today = local_date(now_s, territory.zone)
    for offset in (0, 1):
        territory.days.on(days_after(today, offset))
    network, stops = territory.network, territory.network.stops
    busiest = busiest_stops(network)
    if len(busiest) < 2:
        return
    start = stop_spot(network, int(busiest[0]))
    away_m = distances_m(start.point, stops.lat[busiest], stops.lon[busiest])
    end = stop_spot(network, int(busiest[_row_of_end(away_m)]))
    for mode in MODES_OF_STREETS:
        territory.streets.access(start.point, A_MINUTE_S, territory.network.terrain.speed_mps, mode)
    noon_s = at_clock(_day_of_service(network, today), time(12), territory.zone)
    answer = plan(territory, Query(start, end, noon_s, direct_modes=("WALK", "BIKE"), widen=False, window_s=HOUR_S))
    choose(territory, answer, RankingSettings(), handful=True)
    local(territory, answer, Factors(), now_s)
    rehearse(territory, start, stop_spot(network, int(busiest[np.argmax(away_m)])), now_s)


def _row_of_end(away_m: Floats) -> int:
    """The first that is far enough, or else the second."""
    far = np.flatnonzero(away_m >= A_RIDE_M)
    return int(far[0]) if len(far) else 1


def _day_of_service(network: Network, today: date) -> date:
    """Today, or where no feed reaches it the last day that one serves: an answer without a ride warms nothing up."""
    if any(feed.covers(today) for feed in network.feeds):
        return today
    return max((feed.served_until for feed in network.feeds if feed.served_until), default=today)


def busiest_stops(network: Network) -> Int32s:
    """All that are served, the busiest first."""
    stops = network.stops
    served = np.flatnonzero((stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)).astype(np.int32)
    return served[np.argsort(-stops.importance[served], kind="stable")]
