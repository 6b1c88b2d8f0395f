"""Days as people call them, counted from the clock of who reads and not from the moment that was asked about: today,
tomorrow, yesterday, tonight; any other by its date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from api.present.legs import AnswerContext
from api.present.prose import clock, duration
from api.web.days import spoken_day, written
from api.web.sentences import Sentences, sentences
from mobility.clock import MINUTE_S, evening, has_left, local_date

NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}
NOON_H = 12
A_WHILE_MIN = 120
"""What is told as so many minutes ago, be it on the day before."""


@dataclass(frozen=True, slots=True)
class DayWords:
    """now_s: epoch seconds of the clock, whatever is asked about. about: the day of the heading that all this stands
    under; beneath another day than today, `demain` would be read as the day after that one. None: there is no such
    heading."""

    said: Sentences
    zone: ZoneInfo
    now_s: int
    about: date | None = None

    @property
    def today(self) -> date:
        return local_date(self.now_s, self.zone)

    def day(self, day: date) -> str:
        """When it is: `demain`, `mardi 8 décembre`."""
        text = self.said["day"]
        return self._near(day) or text["on"].format(day=spoken_day(day, self.today, self.said.locale))

    def heading(self, day: date) -> str:
        """The same as a heading, by itself: no language says `on` there."""
        return self._near(day) or spoken_day(day, self.today, self.said.locale)

    def opening(self, day: date) -> str:
        """The same at the beginning of a sentence."""
        told = self.heading(day)
        return told[:1].upper() + told[1:]

    def day_of_service(self, at_s: int) -> str:
        """The day on which timetables have it: after midnight `cette nuit`, of another night both its dates."""
        day, night = local_date(at_s, self.zone), evening(at_s, self.zone)
        if night == day:
            return self.day(day)
        if night == evening(self.now_s, self.zone):
            return self.said["day"]["tonight"]
        return self.said["day"]["night"].format(
            first=written(night, "EEEE d" if night.month == day.month else "EEEE d MMMM", self.said.locale),
            second=spoken_day(day, self.today, self.said.locale),
        )

    def moment(self, at_s: int, at: str = "", *, about: bool = False) -> str:
        """`à 17:30` of today, `demain à 6:40`. at: the clock with what stands beside it, else the clock alone. about:
        that no timetable promises it: `vers 17:30`."""
        is_today = local_date(at_s, self.zone) == self.today
        return self._at("", at_s, at, about=about) if is_today else self.coming(at_s, at, about=about)

    def next(self, at_s: int) -> str:
        """`17:30` of today, `demain à 6:40`."""
        is_today = local_date(at_s, self.zone) == self.today
        return clock(at_s, self.zone) if is_today else self.coming(at_s)

    def approximately(self, at_s: int) -> str:
        """Where no timetable promises the minute: `vers 17:30` of today, `demain vers 6:40`."""
        return self.moment(at_s, about=True)

    def at(self, at_s: int, about: bool) -> str:
        """`à 17:30`, `vers 17:30`, of whatever day."""
        return self._at("", at_s, "", about=about)

    def coming(self, at_s: int, at: str = "", *, about: bool = False) -> str:
        """With its day in any case: `aujourd’hui à 17:30`, after midnight `cette nuit à 0:20`, `ce matin à 5:50`."""
        return self._at(self._day_to_come(at_s), at_s, at, about=about)

    def gone(self, at_s: int) -> str:
        """Of a departure: `parti il y a 12 min`, `parti hier`; "" of what is to leave yet."""
        if not has_left(at_s, self.now_s):
            return ""
        minutes, day = self.now_s // MINUTE_S - at_s // MINUTE_S, local_date(at_s, self.zone)
        if day == self.today or minutes < A_WHILE_MIN:
            return self.said["gone"]["ago"].format(duration=duration(minutes * MINUTE_S, self.said))
        return self.said["gone"]["on_day"].format(day=self.day(day))

    def dated(self, at_s: int) -> str:
        """By its date, for what is read on other days than it is written: `mardi 1er décembre à 18:00`."""
        day = spoken_day(local_date(at_s, self.zone), self.today, self.said.locale)
        return self._at(self.said["day"]["on"].format(day=day), at_s, "")

    def _near(self, day: date) -> str:
        """In a word, where it has one that nobody can mistake."""
        name = NEAR.get((day - self.today).days, "")
        return self.said["day"][name] if name and (day == self.today or self.about in (None, self.today)) else ""

    def _day_to_come(self, at_s: int) -> str:
        day = local_date(at_s, self.zone)
        if day != self.today or at_s < self.now_s or datetime.fromtimestamp(at_s, self.zone).hour >= NOON_H:
            return self.day(day)
        return self.said["day"]["tonight" if evening(at_s, self.zone) < day else "this_morning"]

    def _at(self, day: str, at_s: int, at: str, *, about: bool = False) -> str:
        words = self.said["text"]["about"] if about else self.said["day"]["at"]
        text = str(words.format(clock=at or clock(at_s, self.zone)))
        return f"{day} {text}" if day else text


def days_of(context: AnswerContext) -> DayWords:
    return DayWords(sentences(context.wishes.language), context.zone, context.now_s, context.about)
