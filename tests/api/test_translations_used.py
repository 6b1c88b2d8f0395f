"""No catalogue holds a text that nobody asks for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from api.web.sentences import sentences
from gtfs.remedy import REMEDIES

ROOT = Path(__file__).parent.parent.parent
WORD = re.compile(r"[\"']([\w-]+)[\"']|[.|](\w+)\b")
"""Quoted, after a dot, or one of several that a pattern reads."""
BUILT = re.compile(r"f\"([\w-]*{[^\"]*)\"|\"(\w+_)\" ~|~ \"(_\w+)\"")
"""A key that is built of a value: `f"drive_{number}"`, `"drive_" ~ number`, `number ~ "_drive"`."""
MANY = 4
HOLE = re.compile(r"\\{.*?\\}")


@dataclass(frozen=True, slots=True)
class Source:
    """words: that a key may be, in small letters. built: patterns of the keys that are built here."""

    text: str
    words: frozenset[str]
    built: tuple[str, ...]

    def asks_for(self, key: str) -> bool:
        """By its name, or built: a key of which little is known is built of numbers and words that stand somewhere."""
        if key.lower() in self.words:
            return True
        built = [(known_letters(one), re.fullmatch(one, key)) for one in self.built]
        return any(found and (known >= MANY or all(map(is_value, found.groups()))) for known, found in built)

    def takes_whole(self, section: str) -> bool:
        """Whether a section is handed on, or asked with a value: the value may stand elsewhere."""
        return bool(re.search(rf"\.{section}(?!\.|\w)|\[\"{section}\"\](?!\[\")", self.text))


@cache
def sources() -> tuple[Source, ...]:
    files = [file for folder in ("api", "mobility", "gtfs") for file in (ROOT / folder).rglob("*.*")]
    return tuple(source(file.read_text("utf-8")) for file in files if file.suffix in (".py", ".html", ".js"))


def source(text: str) -> Source:
    words = frozenset((quoted or named).lower() for quoted, named in WORD.findall(text))
    parts = [(filled, f"{before}{{}}" if before else f"{{}}{after}") for filled, before, after in BUILT.findall(text)]
    return Source(text, words, tuple(HOLE.sub("(.+)", re.escape(filled or joined)) for filled, joined in parts))


def known_letters(pattern: str) -> int:
    return len(pattern.replace("(.+)", "").replace("\\", ""))


def is_value(word: str) -> bool:
    return word.isdigit() or word in REMEDIES or any(word.lower() in one.words for one in sources())


def is_used(section: str, key: str) -> bool:
    """What is said in other words to who climbs no steps is asked for by the name of what anybody reads."""
    usual = section.removesuffix("_step_free")
    if usual != section:
        return key in sentences("fr")[usual] and is_used(usual, key)
    near = [one for one in sources() if section in one.words]
    if any(one.asks_for(key) for one in near):
        return True
    return any(one.takes_whole(section) for one in near) and is_value(key)


def test_every_text_is_asked_for_by_code_or_a_template() -> None:
    known = [(section, key) for section, texts in sentences("fr").sections.items() for key in texts]
    assert [f"{section}.{key}" for section, key in known if not is_used(section, key)] == []
    assert len(known) > 800


def test_a_text_that_nobody_asks_for_would_be_noticed() -> None:
    assert is_used("board", "title")
    assert is_used("carpool_about", "drive_1")
    assert is_used("reason", "already_there")
    assert not is_used("board", "every_single_stop")
    assert not is_used("reason", "every_single_reason")
    assert not is_used("no_such_section", "title")
