"""Ways under one's own steam between any two points: what they are, and the protocol of whoever finds them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from mobility.geo import Point

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

CAR = "CAR"


@dataclass(frozen=True, slots=True, eq=False)
class Reach:
    """Stops (rows of Network.stops, in no order) with the seconds and metres of the way to each.

    estimated: the way is no way on streets. unknown_m: of ground of which nobody knows whether it is free of steps;
    empty unless asked step-free.
    """

    stop: Int32s
    seconds: Int32s
    metres: Int32s
    estimated: Bools
    unknown_m: Int32s = field(default_factory=lambda: np.empty(0, np.int32))

    def among(self, stops: Int32s) -> Reach:
        """Those that are among the stops."""
        return self.taken(np.isin(self.stop, stops))

    def taken(self, row: Bools) -> Reach:
        unknown_m = self.unknown_m[row] if len(self.unknown_m) else self.unknown_m
        return Reach(self.stop[row], self.seconds[row], self.metres[row], self.estimated[row], unknown_m)

    def with_guesses(self, guessed: Reach) -> Reach:
        """These and other stops that are guessed: of them nobody knows whether a way has steps."""
        if not len(guessed.stop):
            return self
        unknown_m = np.concatenate([self.unknown_m, guessed.metres]) if len(self.unknown_m) else self.unknown_m
        return Reach(
            np.concatenate([self.stop, guessed.stop]),
            np.concatenate([self.seconds, guessed.seconds]),
            np.concatenate([self.metres, guessed.metres]),
            np.concatenate([self.estimated, guessed.estimated]),
            unknown_m,
        )


NOWHERE = Reach(np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0, bool))


class Turn(StrEnum):
    """Which way at the beginning of a step, seen from the one before."""

    DEPART = "DEPART"
    STRAIGHT = "STRAIGHT"
    SLIGHTLY_LEFT = "SLIGHTLY_LEFT"
    LEFT = "LEFT"
    SHARP_LEFT = "SHARP_LEFT"
    SLIGHTLY_RIGHT = "SLIGHTLY_RIGHT"
    RIGHT = "RIGHT"
    SHARP_RIGHT = "SHARP_RIGHT"
    BACK = "BACK"


class Passage(StrEnum):
    """What one goes along."""

    STREET = "STREET"
    STAIRS = "STAIRS"
    CROSSING = "CROSSING"


@dataclass(frozen=True, slots=True)
class Step:
    """street: its name, empty where it has none. Points first_point .. last_point (inclusive) of the way's line."""

    turn: Turn
    passage: Passage
    street: str
    distance_m: int
    first_point: int
    last_point: int


class Drawn(NamedTuple):
    line: tuple[Point, ...]
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class StreetWay:
    """From one point to another. draw: for whoever looks at it; many ways are only measured. unknown_m: see Reach; None
    where nobody asked."""

    seconds: int
    metres: int
    estimated: bool
    draw: Callable[[], Drawn] = field(repr=False, compare=False)
    unknown_m: int | None = None

    @cached_property
    def _drawn(self) -> Drawn:
        return self.draw()

    @property
    def line(self) -> tuple[Point, ...]:
        return self._drawn.line

    @property
    def steps(self) -> tuple[Step, ...]:
        return self._drawn.steps


class StreetRouter(Protocol):
    """mode: WALK, STEP_FREE, BIKE or CAR, at speed_mps on level, even ground (by car that of the streets)."""

    @property
    def estimated(self) -> bool:
        """Whether metres are estimated, not measured on streets."""

    @property
    def goes_straight(self) -> bool:
        """Whether each way is nothing but the line between its ends, so that there is no more of it to draw."""

    def access(self, point: Point, longest_s: int, speed_mps: float, mode: str = "WALK", inward: bool = False) -> Reach:
        """The stops served by a line within longest_s of the point (inward: from which the point is as near)."""

    def has_street_at(self, stop: int) -> bool:
        """Whether ways from and to the stop (row of Network.stops) are ways on streets."""

    def towards(self, start: Point, ends: tuple[Point, ...], longest_s: int, speed_mps: float, mode: str) -> Reach:
        """Those of the ends within longest_s of the start; Reach.stop holds their numbers. Always the same few tuples
        of ends are asked for: what is known of them is kept."""

    def direct(self, start: Point, end: Point) -> float | None:
        """Metres on foot, None where there is no way."""

    def way(self, start: Point, end: Point, longest_s: int, speed_mps: float, mode: str = "WALK") -> StreetWay | None:
        """The way itself, None where there is none within longest_s."""
