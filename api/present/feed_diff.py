"""What changed between two versions of a feed, for operators: as JSON and as lines of a terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from api.present.json_value import Json
from gtfs.connections import Connection
from gtfs.counted import counted
from gtfs.diff import DateSpan, DayChange, LineChange, OrdinaryDay
from mobility.feeds.diff import VersionDiff

SHORT = 12
MOST_LINES = 20


def diff_json(found: VersionDiff) -> Json:
    change = found.change
    return {
        "feed": found.feed,
        "before": change.before,
        "after": change.after,
        "runs": {"before": _span_json(change.runs[0]), "after": _span_json(change.runs[1])},
        "daysLost": [day.isoformat() for day in change.days_lost],
        "days": [_day_json(one) for one in change.days],
        "lines": {
            "added": list(change.lines_added),
            "removed": list(change.lines_removed),
            "changed": [_line_json(one) for one in change.changed],
        },
        "stops": {
            "added": list(change.stops_added),
            "removed": list(change.stops_removed),
            "moved": [{"name": one.name, "metres": one.metres} for one in change.stops_moved],
        },
        "connectionsLost": [
            {"stop": one.stop, "line": one.line, "onward": one.onward, "meetingsBefore": meetings}
            for one, meetings in change.connections_lost
        ],
        "answersChanged": [
            {"query": str(one.query), "before": str(one.before), "after": str(one.after)} for one in found.answers
        ],
    }


def _span_json(span: DateSpan | None) -> Json | None:
    return {"firstDay": span[0].isoformat(), "lastDay": span[1].isoformat()} if span else None


def _day_json(one: DayChange) -> Json:
    return {
        "day": one.day.value,
        "tripsBefore": one.before,
        "tripsAfter": one.after,
        "before": one.before_on.isoformat() if one.before_on else None,
        "after": one.after_on.isoformat() if one.after_on else None,
    }


def _line_json(one: LineChange) -> Json:
    return {"line": one.line, "day": one.day.value, "before": _run_json(one.before), "after": _run_json(one.after)}


def _run_json(run: OrdinaryDay | None) -> Json | None:
    return {"trips": run.trips, "first": clock(run.first_s), "last": clock(run.last_s)} if run else None


def clock(seconds: int) -> str:
    """Of the service day: 25:10 is after midnight."""
    return f"{seconds // 3600}:{seconds % 3600 // 60:02}"


def diff_lines(found: VersionDiff) -> Iterator[str]:
    change = found.change
    yield f"{found.feed}: {change.before[:SHORT]} -> {change.after[:SHORT]}"
    yield f"runs from {_span(change.runs[0])} -> {_span(change.runs[1])}"
    if change.days_lost:
        yield f"days without any trip that had one: {days_told(change.days_lost)}"
    for day in change.days:
        days = f"({day.before_on or 'never'} -> {day.after_on or 'never'})"
        yield f"trips on a {day.day}: {day.before} -> {day.after}  {days}"
    yield from _named("lines added", change.lines_added)
    yield from _named("lines removed", change.lines_removed)
    yield from _block("lines that run otherwise", [_line(one) for one in change.changed])
    yield from _block("stops added", change.stops_added)
    yield from _block("stops removed", change.stops_removed)
    yield from _block("stops moved", [f"{one.name}, {one.metres} m" for one in change.stops_moved])
    lost = [_lost(one, n) for one, n in change.connections_lost]
    yield from _block("connections lost", lost)
    answers = [f"{one.query}\n    before: {one.before}\n    after:  {one.after}" for one in found.answers]
    yield from _block("golden queries answered otherwise", answers)


def _span(span: DateSpan | None) -> str:
    return f"{span[0]} to {span[1]}" if span else "no day"


def days_told(days: Sequence[date]) -> str:
    return f"{len(days)}, {days[0]}" + (f" to {days[-1]}" if len(days) > 1 else "")


def _named(title: str, names: Sequence[str]) -> Iterator[str]:
    if names:
        yield f"{title}: {', '.join(names)}"


def _lost(one: Connection, meetings: int) -> str:
    return f"{one.stop}: {one.line} > {one.onward}, met {counted(meetings, 'time')} a day"


def _block(title: str, rows: Sequence[str]) -> Iterator[str]:
    """The first of them; --json has all."""
    if rows:
        yield f"{title}: {len(rows)}"
        yield from (f"  {row}" for row in rows[:MOST_LINES])
    if len(rows) > MOST_LINES:
        yield f"  and {len(rows) - MOST_LINES} more"


def _line(one: LineChange) -> str:
    return f"{one.line} on a {one.day}: {_run(one.before)} -> {_run(one.after)}"


def _run(run: OrdinaryDay | None) -> str:
    return f"{counted(run.trips, 'trip')} {clock(run.first_s)} to {clock(run.last_s)}" if run else "none"
