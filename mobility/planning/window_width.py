"""How wide a window is searched: from the one asked for, piece by piece, as far as the query's patience goes."""

from __future__ import annotations

from mobility.ranking.filters import moment
from mobility.routing.itinerary import Itinerary
from mobility.routing.query import Query
from mobility.routing.territory import Territory
from mobility.routing.time_span import TimeSpan

BEYOND_FIRST_S = 2 * 3600
WIDEN_BY_S = 3600
MOST_WIDENED_BY_S = 3 * 3600
"""A window is widened in such pieces: at night the first bus ends the search, not the whole morning after it."""


def widen_by_s(query: Query, span: TimeSpan, n_found: int) -> int:
    """As wide as the missing ones need if they come as often as those found; piece by piece where none was."""
    if not n_found:
        return min(span.width_s, WIDEN_BY_S)
    missing_s = span.width_s * (query.results - n_found) // n_found
    return max(min(span.width_s, WIDEN_BY_S), min(missing_s, MOST_WIDENED_BY_S))


def widest_s(territory: Territory, query: Query, found: list[Itinerary]) -> int:
    limit_s = territory.bounds.widest_window_s
    if found:
        first_s = min(abs(moment(query, one) - query.at_s) for one in found)
        limit_s = min(limit_s, max(query.patience_s, first_s + BEYOND_FIRST_S))
    return max(query.window_s, limit_s)


def span_of(query: Query, width_s: int) -> TimeSpan:
    """Looking for departures one goes forward from the time asked, for arrivals back; a page back the other way."""
    if query.arrive_by != query.earlier:
        return TimeSpan(query.at_s - width_s + 1, query.at_s + 1)
    return TimeSpan(query.at_s, query.at_s + width_s)
