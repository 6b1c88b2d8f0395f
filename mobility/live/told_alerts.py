"""News as alerts for others: what each is about, in the words of the feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from gtfs.realtime.records import Alert, EntitySelector, Period, TripDescriptor
from mobility.live.alert_scopes import same_words
from mobility.live.timetable_index import TimetableIndex
from mobility.network.live_alerts import AlertScope, LiveAlert, Span

OPERATOR = 0
"""Row of the sources: what an operator has typed."""


def told_alerts(index: TimetableIndex, alerts: Iterable[LiveAlert]) -> Iterator[Alert]:
    """Those that are about something of the feed."""
    for alert in alerts:
        selectors = dict.fromkeys(one for scope in alert.scopes for one in _selectors(index, scope))
        if selectors:
            yield _alert(index, alert, tuple(selectors))


def _alert(index: TimetableIndex, alert: LiveAlert, informed: tuple[EntitySelector, ...]) -> Alert:
    return Alert(
        entity=alert.id if alert.source == OPERATOR else index.local(alert.id),
        informed=informed,
        communication=_periods(alert.communication),
        impact=_periods(alert.impact),
        **same_words(alert),
    )


def _periods(spans: Iterable[Span]) -> tuple[Period, ...]:
    return tuple(Period(*span) for span in spans)


def _selectors(index: TimetableIndex, scope: AlertScope) -> Iterator[EntitySelector]:
    if not _is_of_feed(index, scope):
        return
    network = index.network
    whole = EntitySelector(
        agency_id=_agency(index, scope.agency) if scope.agency >= 0 else "",
        route_id=index.local(network.lines.id[scope.line]) if scope.line >= 0 and not scope.trips else "",
        route_type=scope.type if scope.type >= 0 else None,
        direction=scope.direction if scope.direction >= 0 and not scope.trips else None,
        trip=None,
        stop_id=index.local(network.stops.id[scope.stops[0]]) if scope.stops else "",
    )
    if scope.trips or scope.day >= 0:
        for trip in _descriptors(index, scope):
            yield EntitySelector(
                whole.agency_id, whole.route_id, whole.route_type, whole.direction, trip, whole.stop_id
            )
    elif whole == EntitySelector():
        yield from (EntitySelector(agency_id=agency) for agency in index.agencies)
    else:
        yield whole


def _descriptors(index: TimetableIndex, scope: AlertScope) -> Iterator[TripDescriptor]:
    day = date.fromordinal(scope.day) if scope.day >= 0 else None
    direction = scope.direction if scope.direction >= 0 else None
    if not scope.trips:
        yield TripDescriptor(start_date=day)
    for row in scope.trips:
        name = index.local(index.network.trips.id[int(index.network.trips.id_row[row])])
        is_one_of_several = len(scope.trips) < len(index.trips[name]) and index.is_repeated(name)
        start_s = index.first_departure_s[row] if is_one_of_several else None
        yield TripDescriptor(trip_id=name, direction=direction, start_date=day, start_s=start_s)


def _is_of_feed(index: TimetableIndex, scope: AlertScope) -> bool:
    """Operators name lines, stops and trips of whatever feed."""
    if scope.feed >= 0:
        return scope.feed == index.feed_row
    if scope.line >= 0:
        return int(index.network.lines.feed[scope.line]) == index.feed_row
    return bool(scope.stops) and index.is_named(index.network.stops.id[scope.stops[0]])


def _agency(index: TimetableIndex, row: int) -> str:
    return next((name for name, of in index.agencies.items() if of == row), "")
