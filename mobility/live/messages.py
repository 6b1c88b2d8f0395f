"""What an operator types: a run, a line or a stop, from when until when, what and why. It outranks every feed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum

from gtfs.realtime.records import TripDescriptor, TripUpdate
from mobility.clock import DAY_S, days_after, local_date
from mobility.live.retimed import PlannedUpdate
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.changed_runs import RunState
from mobility.network.live_alerts import AlertScope, LiveAlert, Texts
from mobility.network.network import Network


class MessageEffect(StrEnum):
    """CANCELLED changes the search, and MOVED where it says to which hour or quay; the others are told."""

    CANCELLED = "cancelled"
    AT_RISK = "at_risk"
    MOVED = "moved"
    WORKS = "works"
    EVENT = "event"


class MessageCause(StrEnum):
    WEATHER = "weather"
    TECHNICAL = "technical"
    STRIKE = "strike"
    ACCIDENT = "accident"
    WORKS = "works"
    EVENT = "event"
    OTHER = "other"


CAUSES = {
    MessageCause.WEATHER: "WEATHER",
    MessageCause.TECHNICAL: "TECHNICAL_PROBLEM",
    MessageCause.STRIKE: "STRIKE",
    MessageCause.ACCIDENT: "ACCIDENT",
    MessageCause.WORKS: "CONSTRUCTION",
    MessageCause.EVENT: "SPECIAL_EVENT",
    MessageCause.OTHER: "OTHER_CAUSE",
}
"""Names of GTFS-Realtime."""
OWN_CAUSES = {MessageEffect.WORKS: MessageCause.WORKS, MessageEffect.EVENT: MessageCause.EVENT}
"""Of effects that are their own reason, unless another one is said."""
EFFECTS = {
    MessageEffect.CANCELLED: ("NO_SERVICE", "SEVERE"),
    MessageEffect.AT_RISK: ("OTHER_EFFECT", "WARNING"),
    MessageEffect.MOVED: ("MODIFIED_SERVICE", "WARNING"),
    MessageEffect.WORKS: ("OTHER_EFFECT", "INFO"),
    MessageEffect.EVENT: ("OTHER_EFFECT", "INFO"),
}
"""Effect and severity. What works and events do to the service nobody has said."""
ANOTHER_QUAY = "STOP_MOVED"
"""Effect of MOVED where the hour stays."""


@dataclass(frozen=True, slots=True)
class OperatorMessage:
    """Holds in [from_s, until_s). One of trip, line, stop is named, by its id as Hent shows it; day: of the trip.

    clock: `09:30`: when a MOVED trip leaves now, or by when it is decided of what is AT_RISK. to_stop: where is called
    now: by a trip instead of at its first stop, by all instead of at the stop. departs_s: when the trip leaves by plan,
    0 where none is named.
    text: (language, words); empty: the ready-made sentence of effect and cause. by: who typed it, at_s: when."""

    id: str
    effect: MessageEffect
    cause: MessageCause
    from_s: int
    until_s: int
    trip: str = ""
    day: date | None = None
    line: str = ""
    stop: str = ""
    clock: str = ""
    to_stop: str = ""
    text: tuple[tuple[str, str], ...] = ()
    by: str = ""
    at_s: int = 0
    departs_s: int = 0

    def holds(self, now_s: int) -> bool:
        """Until its end; what is to come is told as well."""
        return now_s < self.until_s


UNDER_WAY_S = 2 * DAY_S
"""A run may have begun so long ago and be under way still."""
LAID_OUT_S = 28 * DAY_S
"""So far ahead a message changes runs (docs/decisions/0043): of later ones it is news alone, and the search knows it
when the day comes nearer."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Nobody gets in or out at these stops (rows) in [from_s, until_s)."""

    stops: frozenset[int]
    from_s: int
    until_s: int


def typed_updates(index: TimetableIndex, messages: Iterable[OperatorMessage]) -> list[PlannedUpdate]:
    """Of this feed's runs. What is said of a trip holds before what is said of its line; of two about one trip, the one
    that was typed later."""
    said, found = list(messages), dict[PlannedRun, PlannedUpdate]()
    for message in said:
        if message.effect is MessageEffect.CANCELLED and message.line:
            found |= {run: PlannedUpdate(run, state=RunState.CANCELLED) for run in runs_of_line(index, message)}
    for message in said:
        for run in runs_of_trip(index, message):
            if message.effect is MessageEffect.CANCELLED:
                found[run] = PlannedUpdate(run, state=RunState.CANCELLED)
            elif message.effect is MessageEffect.MOVED and (message.clock or message.to_stop):
                found.pop(run, None)
                if message.clock:
                    found[run] = PlannedUpdate(run, _later(later_s(index, run, message)))
    return list(found.values())


def _later(delay_s: int) -> TripUpdate:
    return TripUpdate("", TripDescriptor(), delay_s=delay_s)


def runs_of_trip(index: TimetableIndex, message: OperatorMessage) -> list[PlannedRun]:
    if not message.trip or message.day is None:
        return []
    rows = index.trips.get(local_id(index, message.trip), ())
    return [index.run(row, message.day) for row in rows if index.runs_on(row, message.day)]


def runs_of_line(index: TimetableIndex, message: OperatorMessage) -> Iterator[PlannedRun]:
    """All that leave their first stop in the time."""
    line = index.lines.get(local_id(index, message.line)) if message.line else None
    if line is not None:
        yield from leaving(index, index.of_line(line), (message.from_s, message.until_s))


def later_s(index: TimetableIndex, run: PlannedRun, message: OperatorMessage) -> int:
    """By how much a moved run leaves later than planned, less than 0 earlier: the nearest moment of that clock."""
    planned_s, zone = run.start_s + index.first_departure_s[run.trip], index.zone(index.zone_of(run.trip))
    clock = time.fromisoformat(message.clock)
    moments = [
        int(datetime.combine(days_after(local_date(planned_s, zone), days), clock, zone).timestamp())
        for days in (-1, 0, 1)
    ]
    return min((moment - planned_s for moment in moments), key=abs)


def cancelled_lines(network: Network, messages: Iterable[OperatorMessage]) -> dict[int, list[tuple[int, int]]]:
    """When the lines (rows) do not run: [from_s, until_s)."""
    found: dict[int, list[tuple[int, int]]] = {}
    for message in messages:
        line = network.lines.id.find(message.line) if message.line and not message.trip else None
        if line is not None and message.effect is MessageEffect.CANCELLED:
            found.setdefault(line, []).append((message.from_s, message.until_s))
    return found


def closures(network: Network, messages: Iterable[OperatorMessage]) -> list[Closure]:
    found = []
    for message in messages:
        stop = network.stops.id.find(message.stop) if message.stop else None
        if stop is not None and message.effect is MessageEffect.CANCELLED:
            stops = frozenset({stop, *network.stops.children(stop)})
            found.append(Closure(stops, message.from_s, message.until_s))
    return found


def calling_runs(index: TimetableIndex, closure: Closure) -> Iterator[PlannedRun]:
    """Runs of the feed that call at one of the stops while it is closed, by plan."""
    network = index.network
    patterns, calls = network.patterns, network.calls
    for trip in index.calling_at(closure.stops):
        first = int(patterns.first_position[network.trips.pattern[trip]])
        last = int(patterns.first_position[network.trips.pattern[trip] + 1])
        at = int(network.trips.first_call[trip])
        times = [
            int(calls.departure[at + position - first])
            for position in range(first, last)
            if int(patterns.stop[position]) in closure.stops
        ]
        yield from (
            run
            for run in _around(index, trip, closure.from_s, closure.until_s)
            if any(closure.from_s <= run.start_s + time_s < closure.until_s for time_s in times)
        )


def leaving(index: TimetableIndex, trips: Iterable[int], span: tuple[int, int]) -> Iterator[PlannedRun]:
    for trip in trips:
        for run in _around(index, trip, *span):
            if span[0] <= run.start_s + index.first_departure_s[trip] < span[1]:
                yield run


def near(messages: Iterable[OperatorMessage], now_s: int) -> list[OperatorMessage]:
    """Those of the days that are laid out, cut to them; one of a single run is as it is."""
    first_s, last_s = now_s - UNDER_WAY_S, now_s + LAID_OUT_S
    found = []
    for message in messages:
        from_s, until_s = max(message.from_s, first_s), min(message.until_s, last_s)
        if message.trip:
            found.append(message)
        elif from_s < until_s:
            found.append(replace(message, from_s=from_s, until_s=until_s))
    return found


def _around(index: TimetableIndex, trip: int, from_s: int, until_s: int) -> Iterator[PlannedRun]:
    """Runs of a trip on the service days around a time; a day begins up to two days before its last call."""
    zone, services = index.zone(index.zone_of(trip)), index.network.services
    day = max(days_after(local_date(from_s, zone), -2), services.first_day)
    last = min(days_after(local_date(until_s, zone), 1), days_after(services.first_day, services.active.shape[1] - 1))
    while day <= last:
        if index.runs_on(trip, day):
            yield index.run(trip, day)
        day = days_after(day, 1)


def local_id(index: TimetableIndex, shown: str) -> str:
    """The id in the feed, "" of another feed's."""
    feed, _, local = shown.partition("_")
    return local if feed == index.feed else ""


QUAY = "{quay}"
"""In ready-made sentences: where is called now."""


def told_texts(network: Network, message: OperatorMessage, texts: Texts) -> Texts:
    """With the name of the quay."""
    row = network.stops.id.find(message.to_stop) if message.to_stop else None
    quay = "" if row is None else network.stops.name[row]
    return tuple((language, text.replace(QUAY, quay)) for language, text in texts)


def alert_of(network: Network, message: OperatorMessage, texts: Texts) -> LiveAlert | None:
    """Told until its end; None where the network does not have what it is about. texts: in each language."""
    scope = _scope(network, message)
    if scope is None:
        return None
    effect, severity = EFFECTS[message.effect]
    is_quay_alone = message.effect is MessageEffect.MOVED and message.to_stop and not message.clock
    return LiveAlert(
        id=f"operator_{message.id}",
        scopes=(scope,),
        communication=((None, message.until_s),),
        impact=((message.from_s, message.until_s),),
        cause=CAUSES[_cause(message)],
        effect=ANOTHER_QUAY if is_quay_alone else effect,
        severity=severity,
        header=told_texts(network, message, texts),
        description=message.text,
        source=0,
    )


def _cause(message: OperatorMessage) -> MessageCause:
    is_said = message.cause is not MessageCause.OTHER
    return message.cause if is_said else OWN_CAUSES.get(message.effect, MessageCause.OTHER)


def _scope(network: Network, message: OperatorMessage) -> AlertScope | None:
    if message.stop:
        stop = network.stops.id.find(message.stop)
        return None if stop is None else AlertScope(stops=(stop, *network.stops.children(stop)))
    if message.line:
        line = network.lines.id.find(message.line)
        return None if line is None else AlertScope(line=line)
    row = network.trips.id.find(message.trip)
    if row is None:
        return None
    rows = tuple((network.trips.id_row == row).nonzero()[0].tolist())
    line = int(network.patterns.line[network.trips.pattern[rows[0]]]) if rows else -1
    return AlertScope(line=line, trips=rows, day=message.day.toordinal() if message.day else -1)
