"""What all sheets are made of, and how they call lines, stops and days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from api.pages.colour import shades
from api.paper.week import WEEK
from api.web.days import written
from api.web.sentences import Sentences
from api.web.spaces import NO_BREAK
from mobility.network.network import Network

IN_A_ROW = 3
"""So many days that follow each other are told by the first and the last."""


@dataclass(frozen=True, slots=True)
class Sign:
    name: str
    long_name: str
    fill: str
    ink: str
    file: str


@dataclass(frozen=True, slots=True)
class Paper:
    """What all sheets are made of. first_day: of the week that they tell."""

    network: Network
    territory: str
    said: Sentences
    first_day: date

    @property
    def week(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=n) for n in range(WEEK))

    @property
    def covered(self) -> tuple[date, date]:
        """The first and the last of these days that a timetable reaches."""
        known = [day for day in self.week if any(feed.covers(day) for feed in self.network.feeds)] or self.week
        return known[0], known[-1]

    def spoken(self, day: date, pattern: str) -> str:
        return written(day, pattern, self.said.locale)

    def sign(self, line: int) -> Sign:
        lines = self.network.lines
        name = lines.name(line)
        return Sign(name, lines.long_name[line], *shades(lines.color[line]), f"line-{_slug(lines.id[line])}.html")

    def stop_file(self, stop: int) -> str:
        return f"stop-{_slug(self.network.stops.id[stop])}.html"

    def days(self, days: Sequence[date]) -> str:
        """`mardi 24 – vendredi 27, lundi 30`."""
        return self._in_rows(days, "EEEE d")

    def days_in_short(self, days: Sequence[date]) -> str:
        """For the head of a column: `mar. 24 – ven. 27, lun. 30`, of which no day is parted."""
        return self._in_rows(days, f"EEE{NO_BREAK}d")

    def _in_rows(self, days: Sequence[date], pattern: str) -> str:
        if len(days) == WEEK:
            return self.said["paper"]["every_day"]
        rows = [list(row) for _, row in groupby(enumerate(days), lambda one: one[1] - timedelta(days=one[0]))]
        return ", ".join(self._row([self.spoken(day, pattern) for _, day in row]) for row in rows)

    def _row(self, told: Sequence[str]) -> str:
        return f"{told[0]}{NO_BREAK}– {told[-1]}" if len(told) >= IN_A_ROW else ", ".join(told)


def _slug(text: str) -> str:
    """Every identifier has a name of its own: what is no letter or digit stands as its number."""
    return re.sub(r"[^A-Za-z0-9_-]", lambda found: f"~{ord(found[0]):x}", text)
