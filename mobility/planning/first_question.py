"""A question asked before any traveller's: what it needs is compiled, mapped and laid out once, for all workers."""

from __future__ import annotations

import numpy as np

from mobility.clock import days_after, local_date
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

MODES_OF_STREETS = ("WALK", "STEP_FREE", "BIKE", "CAR")
A_MINUTE_S = 60


def ask_first(territory: Territory, now_s: int) -> None:
    """From the busiest stop to the next, by all modes of streets, with what is said beside an itinerary, and a ride in
    a driver's car; today's and tomorrow's days are laid out."""
    today = local_date(now_s, territory.zone)
    for offset in (0, 1):
        territory.days.on(days_after(today, offset))
    network, stops = territory.network, territory.network.stops
    busiest = busiest_stops(network)
    if len(busiest) < 2:
        return
    start, end = (stop_spot(network, stop) for stop in busiest[:2].tolist())
    for mode in MODES_OF_STREETS:
        territory.streets.access(start.point, A_MINUTE_S, territory.network.terrain.speed_mps, mode)
    answer = plan(territory, Query(start, end, now_s, direct_modes=("WALK", "BIKE"), widen=False))
    choose(territory, answer, RankingSettings(), handful=True)
    local(territory, answer, Factors(), now_s)
    away_m = distances_m(start.point, stops.lat[busiest], stops.lon[busiest])
    rehearse(territory, start, stop_spot(network, int(busiest[np.argmax(away_m)])), now_s)


def busiest_stops(network: Network) -> Int32s:
    """All that are served, the busiest first."""
    stops = network.stops
    served = np.flatnonzero((stops.kind == 0) & (stops.modes != 0) & ~np.isnan(stops.lat)).astype(np.int32)
    return served[np.argsort(-stops.importance[served], kind="stable")]
