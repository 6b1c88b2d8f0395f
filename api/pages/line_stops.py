"""The stops of a line below each other, with what calls there next and the vehicles between them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from api.pages.line_sign import line_sign
from api.pages.live_words import LivePage
from api.pages.told_now import CallNow
from mobility.clock import has_left

TableCell = tuple[str, CallNow, str]
TableRow = tuple[str, str, tuple[TableCell, ...]]
CallTimes = Sequence[int | None]
"""Seconds of the service day, None where it does not call."""
NOTHING = [("", CallNow())] * 2


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A vehicle between two stops, or what that sign means, in words. is_live: it is heard of."""

    words: str
    is_live: bool


@dataclass(frozen=True, slots=True)
class LineStop:
    """A stop and what calls there next: clock, "" where nothing does that day; now: what is known of it; then: the one
    after. on_the_way: the sign that it is between the stop before and this one now; None where it is not."""

    name: str
    href: str
    clock: str
    now: CallNow
    then: str
    on_the_way: OnTheWay | None = None


VehicleSign = Callable[[CallNow], OnTheWay]


def between(live: LivePage, line: int) -> VehicleSign:
    """`Bus ici`, or where its timetable has it: the clocks of stops before it are of another one."""
    return lambda now: _sign(live, line, "on_the_way" if now.is_heard_of else "on_the_way_planned")


def legend(live: LivePage, line: int, stops: Iterable[LineStop]) -> Iterator[OnTheWay]:
    """Of the signs that stand there."""
    shown = {one.on_the_way.is_live for one in stops if one.on_the_way}
    for is_live, key in ((True, "on_the_way_means"), (False, "on_the_way_planned_means")):
        if is_live in shown:
            yield replace(_sign(live, line, key), is_live=is_live)


def _sign(live: LivePage, line: int, key: str) -> OnTheWay:
    said = live.of.said
    name = said["mode"].get(line_sign(live.of, line).mode, said["mode"]["OTHER"])
    words: str = said["lines"][key].format(vehicle=name)
    return OnTheWay(words[:1].upper() + words[1:], key == "on_the_way")


def upcoming(
    rows: Sequence[TableRow], runs: Sequence[CallTimes], from_s: int, between: VehicleSign
) -> Iterator[LineStop]:
    """runs: of each its time at each stop."""
    called = set[int]()
    for at, (name, link, cells) in enumerate(rows):
        ahead = sorted(_ahead(cells, [run[at] for run in runs], from_s))
        (first, now), (then, after) = [*((cells[run][0], cells[run][1]) for _, run in ahead[:2]), *NOTHING][:2]
        next_run = ahead[0][1] if ahead else None
        is_between = next_run is not None and next_run not in called and _is_between(rows, runs, (next_run, at), from_s)
        called |= {next_run} if next_run is not None else set()
        yield LineStop(name, link, first, now, after.expected or then, between(now) if is_between else None)


def _ahead(cells: Sequence[TableCell], times: CallTimes, from_s: int) -> Iterator[tuple[int, int]]:
    """When it is there, and which run it is. What does not run is no answer to when one can leave."""
    for run, (time_s, (_, now, _)) in enumerate(zip(times, cells, strict=True)):
        if time_s is not None and not now.is_struck and not has_left(time_s + now.after_s, from_s):
            yield time_s + now.after_s, run


def _is_between(rows: Sequence[TableRow], runs: Sequence[CallTimes], call: tuple[int, int], from_s: int) -> bool:
    """Whether it has left the row before, where it calls there at all. call: which run, at which stop."""
    run, at = call
    left_s = runs[run][at - 1] if at else None
    return left_s is not None and has_left(left_s + rows[at - 1][2][run][1].after_s, from_s)
