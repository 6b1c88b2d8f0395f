"""A day ready to be searched, forwards and backwards: every array that the kernels read, of one kind, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.network.day import mirrored, mirrored_footpaths
from mobility.network.timetable import DayTimetable, Footpaths, Int32s
from mobility.search.labels import Labels
from mobility.search.pace import Change
from mobility.search.shortcuts import Shortcuts, print_of, shortcuts

TRAITS = "traits"
LONGEST_S = 500_000_000
"""Longer than any trip, and no int32 overflows by adding to it: some changes are forbidden by a very long time."""
PARTS = ("timetable", "footpaths", "mirror", "mirrored_footpaths", "shortcuts", "mirrored_shortcuts")

Array = NDArray[Any]
T = TypeVar("T", DayTimetable, Footpaths, Shortcuts)


@dataclass(frozen=True, slots=True, eq=False)
class Direction:
    """A timetable with its walks, to be searched forwards; `spare`: labels that no query is using just now."""

    timetable: DayTimetable
    footpaths: Footpaths
    shortcuts: Shortcuts | None = None
    spare: list[Labels] = field(default_factory=list)

    def labels(self) -> Borrowed:
        return Borrowed(self)


class Borrowed:
    """Labels that no other thread uses: pop and append of a list are atomic. After a failure they are thrown away."""

    __slots__ = ("_direction", "_labels")

    def __init__(self, direction: Direction) -> None:
        self._direction = direction

    def __enter__(self) -> Labels:
        try:
            self._labels = self._direction.spare.pop()
        except IndexError:
            self._labels = Labels.of(self._direction.timetable)
        return self._labels

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            self._direction.spare.append(self._labels)


@dataclass(frozen=True, eq=False)
class SearchDay:
    """`mirror` and `mirrored_footpaths` are timetable and footpaths run backwards in time, for arriving by."""

    timetable: DayTimetable
    footpaths: Footpaths
    mirror: DayTimetable
    mirrored_footpaths: Footpaths
    shortcuts: Shortcuts | None = None
    mirrored_shortcuts: Shortcuts | None = None

    @cached_property
    def ahead(self) -> Direction:
        return _direction(self.timetable, self.footpaths, self.shortcuts)

    @cached_property
    def back(self) -> Direction:
        return _direction(self.mirror, self.mirrored_footpaths, self.mirrored_shortcuts)


def _direction(timetable: DayTimetable, footpaths: Footpaths, ready: Shortcuts | None) -> Direction:
    """Shortcuts made for other walks (another speed, other change times) do not hold."""
    holds = ready is not None and ready.walks_print == print_of(footpaths)
    return Direction(_frozen(timetable), _frozen(footpaths), _frozen(ready) if ready and holds else None)


def search_day(timetable: DayTimetable, footpaths: Footpaths) -> SearchDay:
    return SearchDay(timetable, footpaths, mirrored(timetable), mirrored_footpaths(footpaths))


def accelerated(day: SearchDay, arriving: bool = False, workers: int = 2) -> SearchDay:
    """The same day with shortcuts for leaving, and for arriving where wanted: answers are the same, and sooner there.

    Costs seconds and memory once (see docs/search.md); a day that is too large for it comes back as it is.
    """
    ahead = shortcuts(day.ahead.timetable, day.ahead.footpaths, day.back.footpaths, workers)
    back = shortcuts(day.back.timetable, day.back.footpaths, day.ahead.footpaths, workers) if arriving else None
    return SearchDay(day.timetable, day.footpaths, day.mirror, day.mirrored_footpaths, ahead, back)


def with_changes(day: SearchDay, change: Change) -> SearchDay:
    """The same day with other times for changes and for walks between rides."""
    if change == Change():
        return day
    ahead, back = changed(day.footpaths, change), changed(day.mirrored_footpaths, change)
    return SearchDay(day.timetable, ahead, day.mirror, back)


def changed(footpaths: Footpaths, change: Change) -> Footpaths:
    if change == Change():
        return footpaths

    def timed(seconds: Int32s) -> Int32s:
        scaled: Int32s = np.minimum(np.ceil(seconds * change.factor), LONGEST_S).astype(np.int32)
        return np.maximum(scaled, np.int32(change.minimum_s)) + np.int32(change.additional_s)

    return replace(footpaths, duration_s=timed(footpaths.duration_s), change_s=timed(footpaths.change_s))


def arrays(day: SearchDay) -> dict[str, Array]:
    """All of a day as arrays by name, to be written as they are; `from_arrays` makes the day of them again."""
    out: dict[str, Array] = {}
    for part in PARTS:
        held = getattr(day, part)
        out |= {f"{part}.{column}": array for column, array in _columns(held).items()} if held else {}
        if isinstance(held, Shortcuts):
            out[f"{part}.{TRAITS}"] = np.array([held.position_bits, held.must_be_closed, held.walks_print], np.int64)
    out["day"] = np.array([day.timetable.day.toordinal(), day.timetable.anchor_s, day.timetable.n_stops], np.int64)
    return out


def from_arrays(named: Mapping[str, Array]) -> SearchDay:
    """Nothing is copied: arrays mapped from disk stay mapped."""
    ordinal, anchor_s, n_stops = (int(number) for number in named["day"])
    timetable, footpaths, mirror, mirrored_footpaths, ahead, back = (_part(named, f"{part}.") for part in PARTS)
    whole_day = date.fromordinal(ordinal), anchor_s, n_stops
    return SearchDay(
        DayTimetable(*whole_day, **timetable),
        Footpaths(**footpaths),
        DayTimetable(*whole_day, **mirror),
        Footpaths(**mirrored_footpaths),
        _shortcuts(ahead),
        _shortcuts(back),
    )


def _shortcuts(columns: dict[str, Any]) -> Shortcuts | None:
    if not columns:
        return None
    position_bits, must_be_closed, walks_print = (int(number) for number in columns.pop(TRAITS))
    return Shortcuts(
        **columns, position_bits=position_bits, must_be_closed=bool(must_be_closed), walks_print=walks_print
    )


def _part(named: Mapping[str, Array], prefix: str) -> dict[str, Any]:
    return {name.removeprefix(prefix): array for name, array in named.items() if name.startswith(prefix)}


def _columns(held: DayTimetable | Footpaths | Shortcuts) -> dict[str, Any]:
    named = {column.name: getattr(held, column.name) for column in fields(held)}
    return {name: value for name, value in named.items() if isinstance(value, np.ndarray)}


def _frozen(held: T) -> T:
    """With every array read-only and contiguous, so that the kernels are compiled for one kind of array only."""
    columns: dict[str, Any] = {name: _read_only(array) for name, array in _columns(held).items()}
    return replace(held, **columns)


def _read_only(array: Array) -> Array:
    plain = np.ascontiguousarray(array).view(np.ndarray)
    plain.flags.writeable = False
    return plain
