"""A leg of an itinerary and its ends, as a page shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.pages.told_now import NOTHING_KNOWN, CallNow, ToldNews


@dataclass(frozen=True, slots=True)
class StopLine:
    """clock: when one is there; href: its page, "" of a place that is no stop. quay: as the sign there says. now: what
    is known of it. about: the clock in words where one is there only about then, else ""."""

    clock: str
    name: str
    href: str
    quay: str = ""
    now: CallNow = NOTHING_KNOWN
    about: str = ""

    @property
    def when(self) -> str:
        return self.about or self.clock


@dataclass(frozen=True, slots=True)
class LegLine:
    """start_s, end_s: epoch seconds. ride: on a vehicle of the timetable. text: what one does; wait: before it, or what
    is to spare. points: the encoded line, six digits. seat: of a driver's car, what one asks for a seat with.
    news: that no leg before has. missed: what is left to who misses it; is_last: of the day. every: of a ride at a
    headway, in words."""

    mode: str
    icon: str
    start_s: int
    end_s: int
    start: StopLine
    end: StopLine
    text: str
    lasting: str
    fill: str
    ink: str
    points: str = ""
    line: str = ""
    headsign: str = ""
    wait: str = ""
    between: tuple[StopLine, ...] = ()
    steps: tuple[str, ...] = ()
    operator: str = ""
    ride: bool = False
    notes: tuple[str, ...] = ()
    seat: Mapping[str, str] | None = None
    news: tuple[ToldNews, ...] = ()
    missed: str = ""
    is_last: bool = False
    every: str = ""
