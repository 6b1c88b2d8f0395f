"""What it takes to go along an arc: centimetres of level, even ground that take as long; by car, centiseconds.

No cost is less than the arc's length (by car: than at FASTEST_KMH), so that a search may look ahead in a straight line.
Sources: uphill walking after Naismith (1 m of height as 8 m of way), checked by A. Langmuir, Mountaincraft and
Leadership, 1984; stairs at half the speed of level ground.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from mobility.streets.graph import CLOSED, Mode, Segments
from mobility.streets.tags import BIKE, CAR, FOOT, UNKNOWN_SLOPE, Surface, Use, Wheelchair

Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Scalar = TypeVar("Scalar", bound=np.generic)

STAIRS = 2.0
PUSHING = 3.2
ROUGH_BIKE, BAD_BIKE = 1.4, 2.5
WALK_CLIMB, BIKE_CLIMB = 0.08, 0.15
ROUGH_WHEELS = 1.3
STEEPEST_STEP_FREE = 8
"""Percent. Above 5 % a ramp needs rests, above 8 % it is no ramp (arrêté du 15 janvier 2007, article 1)."""
FASTEST_KMH = 130


def costs(segments: Segments, mode: Mode) -> Int32s:
    """By arc, CLOSED where one may not go."""
    length = np.repeat(segments.length_cm.astype(np.float64), 2)
    factor = {Mode.WALK: _walk, Mode.STEP_FREE: _step_free, Mode.BIKE: _bike, Mode.CAR: _car}[mode](segments)
    cost = np.minimum(np.ceil(length * factor), 2**30)
    return np.where(_is_open(segments, mode), cost, CLOSED).astype(np.int32)


def step_free_states(segments: Segments) -> NDArray[np.uint8]:
    """Of each segment: whether one can go without a step, as Wheelchair.YES, .NO or .UNKNOWN."""
    use, wheelchair, ground = segments.use, segments.wheelchair, segments.ground
    steep = np.where(segments.slope_percent == UNKNOWN_SLOPE, 0, np.abs(segments.slope_percent)) > STEEPEST_STEP_FREE
    no = (use & int(Use.STAIRS) > 0) | (use & int(Use.RAISED_KERB) > 0) | (ground == Surface.BAD) | steep
    yes = (ground == Surface.SMOOTH) & ((use & int(Use.CROSSING) == 0) | (use & int(Use.LOW_KERB) > 0))
    state = np.where(yes, Wheelchair.YES, Wheelchair.UNKNOWN)
    state = np.where(no, Wheelchair.NO, state)
    state = np.where(wheelchair == Wheelchair.YES, Wheelchair.YES, state)
    state = np.where(wheelchair == Wheelchair.NO, Wheelchair.NO, state)
    limited = (wheelchair == Wheelchair.LIMITED) & (state == Wheelchair.YES)
    return np.where(limited, Wheelchair.UNKNOWN, state).astype(np.uint8)


def _is_open(segments: Segments, mode: Mode) -> Bools:
    both = {Mode.WALK: FOOT, Mode.STEP_FREE: FOOT, Mode.BIKE: BIKE, Mode.CAR: CAR}[mode]
    forward = int(both) & int(Use.FOOT_FORWARD | Use.BIKE_FORWARD | Use.CAR_FORWARD)
    backward = int(both) & ~forward
    is_open = _both_ways(segments.use & forward > 0, segments.use & backward > 0)
    if mode is Mode.STEP_FREE:
        is_open &= np.repeat(step_free_states(segments) != Wheelchair.NO, 2)
    return is_open


def _walk(segments: Segments) -> Floats:
    stairs = np.where(segments.use & int(Use.STAIRS) > 0, STAIRS, 1.0)
    return np.repeat(stairs, 2) * (1 + WALK_CLIMB * _climb(segments))


def _step_free(segments: Segments) -> Floats:
    rough = np.where(segments.ground == Surface.ROUGH, ROUGH_WHEELS, 1.0)
    return np.repeat(rough, 2) * (1 + WALK_CLIMB * _climb(segments))


def _bike(segments: Segments) -> Floats:
    ground = np.choose(segments.ground, [1.0, 1.0, ROUGH_BIKE, BAD_BIKE])
    ridden = np.repeat(ground, 2) * (1 + BIKE_CLIMB * _climb(segments))
    pushed = np.repeat(segments.use & int(Use.PUSHED_BIKE) > 0, 2)
    factor: Floats = np.where(pushed, np.maximum(PUSHING, ridden), ridden)
    return factor


def _car(segments: Segments) -> Floats:
    """Seconds a metre."""
    return np.repeat(3.6 / np.clip(segments.speed_kmh, 1, FASTEST_KMH), 2)


def _climb(segments: Segments) -> Floats:
    """Percent uphill of each arc, 0 downhill or where it is not known."""
    slope = np.where(segments.slope_percent == UNKNOWN_SLOPE, 0, segments.slope_percent).astype(np.float64)
    climb: Floats = np.maximum(_both_ways(slope, -slope), 0.0)
    return climb


def _both_ways(forward: NDArray[Scalar], backward: NDArray[Scalar]) -> NDArray[Scalar]:
    """By arc from by segment."""
    return np.stack([forward, backward], axis=1).ravel()
