"""What people call places that no file calls so: An Oriant, CHBS, BSM. A file of the operator names them."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mobility.errors import ConfigFault, InvalidConfig
from mobility.places.words import Word, words

LEAST_BEGUN = 3
"""Letters of the last word from which an alias is recognised while it is typed."""


@dataclass(frozen=True, slots=True)
class Aliases:
    """of: the name that is meant, by the words of the alias as they are compared. names: by language what a place of
    that name is called in it."""

    of: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    names: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def name_in(self, name: str, language: str) -> str:
        """As the language calls the place; the name itself where that is not known."""
        return self.names.get(language, {}).get(name, name)

    def in_full(self, text: str) -> str:
        """The text with its longest alias as the name that is meant; as it is where it has none."""
        said = words(text)
        for alias, name in sorted(self.of.items(), key=lambda one: -len(one[0])):
            for start in range(len(said) - len(alias) + 1):
                if _is_said(said, start, alias):
                    last = said[start + len(alias) - 1]
                    return text[: said[start].start] + name + text[last.start + last.length :]
        return text


def read_aliases(path: Path) -> Aliases:
    """A CSV with the columns alias and name; with a column language, the first alias of a name is what that language
    calls it. Raises InvalidConfig, which names the file, the line and the column."""
    found: dict[tuple[str, ...], str] = {}
    names: defaultdict[str, dict[str, str]] = defaultdict(dict)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="")
            if missing := {"alias", "name"} - set(reader.fieldnames or ()):
                raise InvalidConfig(
                    path.name, f"has no column {min(missing)}", ConfigFault.BAD_COLUMN, columns=min(missing)
                )
            for row in reader:
                alias, name = (_value(path, reader.line_num, row, column) for column in ("alias", "name"))
                found[tuple(word.text for word in words(alias))] = name
                if language := (row.get("language") or "").strip():
                    names[language].setdefault(name, alias)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InvalidConfig(path.name, "cannot be read as CSV in UTF-8", ConfigFault.BAD_FILE) from error
    return Aliases(found, dict(names))


def _is_said(said: list[Word], start: int, alias: tuple[str, ...]) -> bool:
    typed = tuple(word.text for word in said[start : start + len(alias)])
    is_last = start + len(alias) == len(said)
    begun = is_last and len(typed[-1]) >= LEAST_BEGUN and alias[-1].startswith(typed[-1])
    return typed == alias or (len(alias) > 1 and typed[:-1] == alias[:-1] and begun)


def _value(path: Path, line: int, row: dict[str, str], column: str) -> str:
    value = (row.get(column) or "").strip()
    if not value or not words(value):
        raise InvalidConfig(path.name, f"{line}: {column} is empty", ConfigFault.BAD_ROW, line=line)
    return value
