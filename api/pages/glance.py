"""What a closed entry tells at a glance, in two lines of a telephone: what presses; what has no room is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from api.pages.card import Card
from api.web.sentences import Sentences

LINES, LETTERS = 2, 38
"""Of an entry on a screen of 360 px; letters as wide as most are."""
DAY, PAST, SEVERE = "day", "past", "look severe"
NARROW = 15
"""Of a severe news that shares its line."""
PICTURE, GAP = 3, 1
"""What the picture of a warning takes, and what lies between two parts."""


@dataclass(frozen=True, slots=True)
class GlancePart:
    """style: its classes. warns: with the picture of a warning. points: how many things to look at it stands for.
    one_line: it is cut where it is longer, as news are that anybody writes; the opened entry has them whole. is_kept:
    whatever room there is. is_narrow: as much of it as others leave."""

    text: str
    style: str
    warns: bool = False
    points: int = 0
    one_line: bool = False
    is_kept: bool = False
    is_narrow: bool = False

    @property
    def grows(self) -> bool:
        """Whether the line grows for it."""
        return self.points > 0 or self.style in (DAY, PAST)

    @property
    def letters(self) -> int:
        letters = len(self.text) + (PICTURE if self.warns else 0)
        return min(letters, NARROW) if self.is_narrow else letters

    @property
    def classes(self) -> str:
        return " ".join(filter(None, (self.style, "cut" if self.one_line else "", "narrow" if self.is_narrow else "")))


def glance(card: Card, said: Sentences) -> tuple[GlancePart, ...]:
    """What has left tells that alone."""
    if card.past:
        return (GlancePart(card.past, PAST),)
    width = LETTERS - GAP - len(card.price) if card.price_beside else LETTERS
    warnings, calm = list(_warnings(card, width, said)), _calm(card, said)
    told = _with_room(warnings, width, said)
    if not warnings or (told == warnings and _lines([*told, *calm], width) <= LINES):
        return (*told, *calm)
    whole = [part if part.is_kept else replace(part, one_line=False) for part in told]
    return tuple(whole if _lines(whole, width) <= LINES else told)


def _warnings(card: Card, width: int, said: Sentences) -> Iterator[GlancePart]:
    """The most pressing first, after the day."""
    text, points = said["answer"], len(card.steps) + len(card.cautions)
    if card.day:
        yield GlancePart(card.day, DAY, is_kept=True)
    if card.severe:
        yield GlancePart(" · ".join(card.severe), SEVERE, True, len(card.severe), one_line=True, is_kept=True)
    if card.off:
        off = card.off if len(card.off) <= width else card.off_short
        yield GlancePart(off, "off", points=1, is_kept=True)
    if card.last:
        yield GlancePart(text["last_of_day"].format(lines=", ".join(card.last)), "look", True, 1)
    if card.news and not card.severe:
        yield GlancePart(" · ".join(card.news), "look", True, len(card.news), one_line=True)
    if points:
        yield to_look_at(points, said)


def to_look_at(points: int, said: Sentences) -> GlancePart:
    text = said["answer"]["one_caution" if points == 1 else "cautions"]
    return GlancePart(text.format(n=points), "look", True, points)


def _with_room(parts: Sequence[GlancePart], width: int, said: Sentences) -> list[GlancePart]:
    """All of them, or as many as leave room for how many there are besides; what presses in any case."""
    narrow = [replace(part, is_narrow=part.style == SEVERE) for part in parts]
    if whole := next((some for some in (parts, narrow) if _lines(some, width) <= LINES), None):
        return list(whole)
    pressing = sum(part.is_kept for part in parts)
    folded = [_folded(narrow, kept, said) for kept in range(len(parts) - 1, pressing - 1, -1)]
    return next((some for some in folded if _lines(some, width) <= LINES), folded[-1] if folded else narrow)


def _folded(parts: Sequence[GlancePart], kept: int, said: Sentences) -> list[GlancePart]:
    return [*parts[:kept], to_look_at(sum(part.points for part in parts[kept:]), said)]


def _lines(parts: Sequence[GlancePart], width: int) -> int:
    """As a browser breaks them: a part that does not fit begins a line, and one of several lines has them to itself."""
    lines, left = 0, -1
    for part in parts:
        letters = min(part.letters, width) if part.one_line else part.letters
        if letters > left:
            lines += -(-letters // width)
            left = width
        left = left - letters - GAP if letters <= width else -1
    return lines


def _calm(card: Card, said: Sentences) -> tuple[GlancePart, ...]:
    """That it is on time, or that nobody knows, and what speaks for it."""
    words = said["live"]["scheduled_short"] if card.now.by_timetable_alone else card.now.words
    known = (GlancePart(words, "known"),) if words and not card.off else ()
    praised = card.label and not (card.severe or card.steps or card.cautions)
    label = (GlancePart(card.label, "tag best" if card.is_best else "tag"),) if praised else ()
    return (*known, *label)
