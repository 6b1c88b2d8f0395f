"""Rides at a headway: their timetable promises no minute, and neither do pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from api.pages.leg_line import LegLine, StopLine
from api.present.prose import clock_about
from api.web.sentences import Sentences


def told_about(legs: Sequence[LegLine], said: Sentences) -> Iterator[LegLine]:
    """Their ends, and those of the ways that follow, as about then; but for what is known now."""
    is_about = False
    for leg in legs:
        is_about = bool(leg.every) or (is_about and not leg.ride and leg.seat is None)
        one = replace(leg, start=_about(leg.start, said), end=_about(leg.end, said)) if is_about else leg
        yield one
        is_about = is_about and not leg.end.now.is_heard_of


def _about(stop: StopLine, said: Sentences) -> StopLine:
    return stop if stop.now.is_heard_of else replace(stop, about=clock_about(stop.clock, True, said))


def wait_about(leg: LegLine, before: Sequence[LegLine], words: str, said: Sentences) -> str:
    """words: what is to spare before a ride. None is promised before one at a headway, nor to the minute after one."""
    if leg.every:
        return ""
    last = next((one for one in reversed(before) if one.ride or one.seat is not None), None)
    return str(said["text"]["margin_about"].format(margin=words)) if last and last.every else words
