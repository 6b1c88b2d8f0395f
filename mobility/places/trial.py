"""Texts with what is expected of them, asked of a gazetteer: what an operator should mend."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mobility.errors import ConfigFault, InvalidConfig
from mobility.places.gazetteer import Gazetteer
from mobility.places.match import Match
from mobility.places.words import words

MOST_FOUND = 3


@dataclass(frozen=True, slots=True)
class PlaceTrial:
    """found: names with their communes, best first."""

    text: str
    expected: str
    found: tuple[str, ...]
    is_right: bool


def read_questions(path: Path) -> list[tuple[str, str]]:
    """Text and what is expected. Raises InvalidConfig, which names the file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            if missing := {"text", "expected"} - set(reader.fieldnames or ()):
                raise InvalidConfig(
                    path.name, f"has no column {min(missing)}", ConfigFault.BAD_COLUMN, columns=min(missing)
                )
            return [(row["text"].strip(), row["expected"].strip()) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidConfig(path.name, "cannot be read as CSV in UTF-8", ConfigFault.BAD_FILE) from error


def tried(known: Gazetteer, questions: Sequence[tuple[str, str]]) -> Iterator[PlaceTrial]:
    for text, expected in questions:
        found = known.search(text, MOST_FOUND)
        right = _is_meant(found[0], expected) if found and expected else not found and not expected
        yield PlaceTrial(text, expected, tuple(map(_called, found)), right)


def _called(found: Match) -> str:
    return found.name if found.area in ("", found.name) else f"{found.name}, {found.whereabouts}"


def _is_meant(found: Match, expected: str) -> bool:
    names = [_plain(name) for name in (found.name, f"{found.name} {found.area}", f"{found.name} {found.whereabouts}")]
    return _plain(expected) in names or found.id == expected or found.id.endswith(f"/{expected}")


def _plain(text: str) -> list[str]:
    return [word.text for word in words(text)]
