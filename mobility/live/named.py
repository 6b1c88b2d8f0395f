"""What an operator means by an id or a name: a trip, a line, a stop of the network, by its id as Hent shows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches

from mobility.errors import InvalidQuery, NotFound
from mobility.live.timetable_index import PlannedRun, TimetableIndex
from mobility.network.network import Network
from mobility.value_faults import ValueFault

MOST_MEANT = 5


def named_run(network: Network, named: str, day: date) -> PlannedRun:
    """Its first row. Raises NotFound, InvalidQuery where it does not run on that day."""
    for feed in network.feeds:
        index = TimetableIndex(network, feed.id)
        rows = index.trips.get(named.removeprefix(f"{feed.id}_")) or index.trips.get(named)
        if rows:
            running = [row for row in rows if index.runs_on(row, day)]
            if not running:
                raise InvalidQuery("date", ValueFault.DAY_NOT_RUN)
            return index.run(running[0], day)
    raise NotFound("trip", "trip")


def trip_id(network: Network, run: PlannedRun) -> str:
    return network.trips.id[int(network.trips.id_row[run.trip])]


def departure_s(network: Network, run: PlannedRun) -> int:
    """When it leaves its first stop, by plan."""
    return run.start_s + int(network.calls.departure[network.trips.first_call[run.trip]])


def like_trips(network: Network, named: str) -> tuple[str, ...]:
    """The name itself where it is that of a trip, with or without its feed; else those most like it, none or a few."""
    ids = {network.trips.id[row] for row in set(network.trips.id_row.tolist())}
    known = ids | {id.partition("_")[2] for id in ids}
    return (named,) if named in known else tuple(get_close_matches(named, known, MOST_MEANT))


def named_line(network: Network, named: str) -> str:
    """By id, with or without its feed, or by name. Raises NotFound."""
    lines = network.lines
    rows = [row for row, id in enumerate(lines.id) if named in (id, id.partition("_")[2])]
    rows = rows or [row for row in range(len(lines.feed)) if lines.name(row).casefold() == named.casefold()]
    if len(rows) != 1:
        rows = rows or _like(named, [lines.name(row) for row in range(len(lines.feed))])
        raise NotFound("line", "line", meant=tuple(lines.id[row] for row in rows[:MOST_MEANT]))
    return lines.id[rows[0]]


def named_stop(network: Network, named: str, parameter: str = "stop") -> str:
    """By id, with or without its feed, or by name: of a station and its quays the station is meant. Raises NotFound."""
    stops = network.stops
    rows = [row for row, id in enumerate(stops.id) if named in (id, id.partition("_")[2])]
    if not rows:
        rows = [row for row, name in enumerate(stops.name) if name.casefold() == named.casefold()]
        roots = [row for row in rows if stops.parent[row] < 0]
        rows = roots if len(roots) == 1 else rows
    if len(rows) != 1:
        rows = rows or _like(named, stops.name)
        raise NotFound("stop", parameter, meant=tuple(stops.id[row] for row in rows[:MOST_MEANT]))
    return stops.id[rows[0]]


def _like(named: str, names: Iterable[str]) -> list[int]:
    """Those that have each of the words, the shortest first; else those that are most alike."""
    folded, words = [name.casefold() for name in names], named.casefold().split()
    having = [row for row, name in enumerate(folded) if words and all(word in name for word in words)]
    if having:
        return sorted(having, key=lambda row: len(folded[row]))
    close = get_close_matches(named.casefold(), set(folded), MOST_MEANT)
    return [row for one in close for row, name in enumerate(folded) if name == one]
