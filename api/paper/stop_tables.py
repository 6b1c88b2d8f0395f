"""The departures of a stop as posters show them: a line in one direction is one table, hours by kinds of day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from api.paper.paper import Paper, Sign
from api.paper.week import StopDepartures
from api.present.footnotes import Footnotes
from api.present.run_names import direction
from mobility.routing.line_days import CallTerms
from mobility.routing.reservation import REGULAR

HourOfColumn = tuple[tuple[str, str], ...]
"""Of one hour, each with the letters beside it."""
Leaving = tuple[int, CallTerms, int]
"""Seconds of the service day, what is said of the call, and the headsign that its direction is told by."""


@dataclass(frozen=True, slots=True)
class StopTable:
    """days: the heads of the columns, each with the letters that all below it bear. hours: as clocks show them, with
    the minutes of each column. notes: letter and words."""

    sign: Sign
    towards: str
    days: tuple[tuple[str, str], ...]
    hours: tuple[tuple[int, tuple[HourOfColumn, ...]], ...]
    notes: tuple[tuple[str, str], ...]

    @property
    def across(self) -> int:
        """Minutes side by side, each column as wide as its fullest hour."""
        rows = (columns for _, columns in self.hours)
        return sum(max(map(len, column)) for column in zip(*rows, strict=True))


def stop_tables(paper: Paper, found: Sequence[StopDepartures]) -> list[StopTable]:
    """Each direction once, in the order of the lines; what leaves at several stops of a name stands together."""
    by_direction: defaultdict[tuple[int, str], list[StopDepartures]] = defaultdict(list)
    for one in found:
        by_direction[one.line, _towards(paper, one)].append(one)
    order = {line: row for row, line in enumerate(dict.fromkeys(line for line, _ in by_direction))}
    ways = sorted(by_direction, key=lambda way: order[way[0]])
    return [_table(paper, way, by_direction[way]) for way in ways]


def _towards(paper: Paper, one: StopDepartures) -> str:
    return direction(paper.network, one.line, one.headsign) or paper.network.stops.name[one.towards]


def _table(paper: Paper, way: tuple[int, str], found: Sequence[StopDepartures]) -> StopTable:
    line, towards = way
    notes = Footnotes(paper.network, line, paper.said)
    columns = list(_columns(found))
    told = [_by_hour(leaving, notes) for _, leaving in columns]
    shared = [_shared(one) for one in told]
    return StopTable(
        sign=paper.sign(line),
        towards=towards,
        days=tuple((paper.days_in_short(days), letters) for (days, _), letters in zip(columns, shared, strict=True)),
        hours=tuple(_rows(told, shared)),
        notes=tuple(notes.texts),
    )


def _shared(hours: Mapping[int, HourOfColumn]) -> str:
    """Letters that each minute of a column bears: they stand once, in its head. Of one minute they stay beside it."""
    borne = [letters for minutes in hours.values() for _, letters in minutes]
    return borne[0] if len(borne) > 1 and len({*borne}) == 1 else ""


def _rows(
    told: Sequence[dict[int, HourOfColumn]], shared: Sequence[str]
) -> Iterator[tuple[int, tuple[HourOfColumn, ...]]]:
    for hour in sorted(set[int]().union(*told)):
        columns = zip((one.get(hour, ()) for one in told), shared, strict=True)
        yield hour % 24, tuple(_without(minutes, letters) for minutes, letters in columns)


def _without(minutes: HourOfColumn, letters: str) -> HourOfColumn:
    return tuple((minute, "") for minute, _ in minutes) if letters else minutes


def _columns(found: Sequence[StopDepartures]) -> Iterator[tuple[list[date], list[Leaving]]]:
    """Days on which all of it leaves alike, and what does."""
    by_day: defaultdict[date, list[Leaving]] = defaultdict(list)
    for one in found:
        for day in one.days:
            by_day[day] += [(*call, one.headsign) for call in zip(one.times_s, one.terms, strict=True)]
    alike: defaultdict[tuple[Leaving, ...], list[date]] = defaultdict(list)
    for day in sorted(by_day):
        alike[tuple(sorted(by_day[day]))].append(day)
    yield from ((days, list(leaving)) for leaving, days in alike.items())


def _by_hour(leaving: Sequence[Leaving], notes: Footnotes) -> dict[int, HourOfColumn]:
    """By hour of the service day."""
    hours: dict[int, HourOfColumn] = {}
    for time_s, terms, headsign in leaving:
        letters = notes.of(terms._replace(drop_off=REGULAR), headsign)
        hours[time_s // 3600] = (*hours.get(time_s // 3600, ()), (f"{time_s // 60 % 60:02}", letters))
    return hours
