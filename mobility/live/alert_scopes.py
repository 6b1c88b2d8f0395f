"""What alerts are about, in rows of the network: AND within a selector, OR between selectors."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from gtfs.realtime.records import Alert, EntitySelector, Period, TripDescriptor
from mobility.live.found_runs import NoSuchRun, Reason
from mobility.live.timetable_index import TimetableIndex
from mobility.network.live_alerts import AlertScope, LiveAlert, Span

WORDS = (
    "cause", "effect", "severity", "header", "description", "url", "tts_header", "tts_description", "cause_detail",
    "effect_detail",
)  # fmt: skip


def live_alerts(
    index: TimetableIndex, alerts: Iterable[Alert], source: int = 0
) -> tuple[tuple[LiveAlert, ...], Counter[Reason]]:
    """Those that are about something of this network and say something; why the others are left out."""
    found, reasons = [], Counter[Reason]()
    for alert in alerts:
        scopes = list(_scopes(index, alert.informed, reasons))
        if scopes and (alert.header or alert.description):
            found.append(_alert(index, alert, scopes, source))
    return tuple(found), reasons


def _alert(index: TimetableIndex, alert: Alert, scopes: Sequence[AlertScope], source: int) -> LiveAlert:
    return LiveAlert(
        id=f"{index.feed}_{alert.entity}",
        scopes=tuple(dict.fromkeys(scopes)),
        communication=_spans(alert.communication),
        impact=_spans(alert.impact),
        **same_words(alert),
        source=source,
    )


def same_words(alert: Alert | LiveAlert) -> dict[str, Any]:
    """What an alert says is the same in a feed and in rows of the network."""
    return {name: getattr(alert, name) for name in WORDS}


def _spans(periods: Iterable[Period]) -> tuple[Span, ...]:
    return tuple((one.from_s, one.until_s) for one in periods)


def _scopes(
    index: TimetableIndex, informed: Iterable[EntitySelector], reasons: Counter[Reason]
) -> Iterable[AlertScope]:
    for selector in informed:
        try:
            yield _scope(index, selector)
        except NoSuchRun as error:
            reasons[error.reason] += 1


def _scope(index: TimetableIndex, said: EntitySelector) -> AlertScope:
    """Raises NoSuchRun where it names what the network does not have, or nothing."""
    if said == EntitySelector():
        raise NoSuchRun(Reason.UNREADABLE)
    scope = AlertScope(feed=index.feed_row)
    if said.agency_id:
        scope = scope._replace(agency=_row(index.agencies.get(said.agency_id), Reason.UNKNOWN_LINE))
    if said.route_type is not None:
        scope = scope._replace(type=said.route_type)
    if said.route_id:
        scope = scope._replace(line=_row(index.lines.get(said.route_id), Reason.UNKNOWN_LINE))
        if said.direction is not None:
            scope = scope._replace(direction=said.direction)
    if said.trip is not None:
        scope = _with_trip(index, scope, said.trip)
    if said.stop_id:
        scope = scope._replace(stops=_stops(index, said.stop_id))
    return scope


def _with_trip(index: TimetableIndex, scope: AlertScope, trip: TripDescriptor) -> AlertScope:
    """schedule_relationship means nothing here. Raises NoSuchRun."""
    if trip.route_id and scope.line < 0:
        scope = scope._replace(line=_row(index.lines.get(trip.route_id), Reason.UNKNOWN_LINE))
    if trip.direction is not None and scope.line >= 0:
        scope = scope._replace(direction=trip.direction)
    if trip.trip_id:
        rows = index.trips.get(trip.trip_id)
        if not rows:
            raise NoSuchRun(Reason.UNKNOWN_TRIP)
        if trip.start_s is not None:
            rows = tuple(row for row in rows if index.first_departure_s[row] == trip.start_s) or rows
        scope = scope._replace(trips=rows, line=index.line_of(rows[0]))
    return scope._replace(day=trip.start_date.toordinal()) if trip.start_date else scope


def _stops(index: TimetableIndex, stop_id: str) -> tuple[int, ...]:
    """The stop; of a station, its stops as well. Raises NoSuchRun."""
    stop = _row(index.stops.get(stop_id), Reason.UNKNOWN_STOP)
    return (stop, *index.network.stops.children(stop))


def _row(found: int | None, reason: Reason) -> int:
    if found is None:
        raise NoSuchRun(reason)
    return found
