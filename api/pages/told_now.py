"""What pages say of the present: of a call, and as news. Values alone; the words are made in live_words.py."""

from __future__ import annotations

from dataclasses import dataclass

SEVERE = 3
LEVELS = ("info", "info", "warning", "severe")
"""By rank."""


@dataclass(frozen=True, slots=True)
class CallNow:
    """words: in words, "" where nothing is to be said. planned: the clock by timetable where another is expected,
    expected: that one; after_s: so many seconds it comes after what was planned; late_min: by clocks without seconds, 0
    where it is not late. gone: of what is struck, with the reason and without what leaves next; anchor: of the news
    that tell more, where they do not name a reason, "" where none do. is_past: it has left. by_timetable_alone: nothing
    is known of this one, though its line is heard."""

    words: str = ""
    planned: str = ""
    is_struck: bool = False
    is_late: bool = False
    expected: str = ""
    after_s: int = 0
    late_min: int = 0
    gone: str = ""
    anchor: str = ""
    is_past: bool = False
    by_timetable_alone: bool = False

    @property
    def is_heard_of(self) -> bool:
        return bool(self.words) and not self.by_timetable_alone


NOTHING_KNOWN = CallNow()


@dataclass(frozen=True, slots=True)
class ToldNews:
    """An alert as plain text. when: the days and hours that it is felt. level: of LEVELS. href: where its publisher
    says more, "" nowhere. anchor: its name on the page. about: what it is about where the reader does not see that, as
    a single departure or stop."""

    header: str
    text: str
    when: str
    level: str
    href: str
    anchor: str
    about: str = ""

    @property
    def is_severe(self) -> bool:
        return self.level == LEVELS[SEVERE]
