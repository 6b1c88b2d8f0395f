"""Aliases that operators add while the service runs: a file in the data folder, beside that of the config.

DIR/aliases.csv   as the file of the config: alias, name; what is typed later holds, what is taken out is forgotten
"""

from __future__ import annotations

import csv
import io
import logging
import os
from pathlib import Path

from mobility.errors import InvalidConfig, InvalidQuery
from mobility.places.aliases import Aliases, read_aliases
from mobility.places.words import words

LOG = logging.getLogger("hent.aliases")
TYPED = "aliases.csv"
LONGEST = 100


def add_alias(data: Path, alias: str, name: str) -> None:
    """One more line, whole for whoever reads it. Raises InvalidQuery, OSError."""
    for parameter, said in (("alias", alias), ("name", name)):
        if not words(said) or len(said) > LONGEST:
            raise InvalidQuery(parameter, f"has at least one word, and at most {LONGEST} characters")
    path, line = data / TYPED, io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([" ".join(alias.split()), " ".join(name.split())])
    try:
        with path.open("x", encoding="utf-8") as new:
            new.write("alias,name\n")
    except FileExistsError:
        pass
    handle = os.open(path, os.O_WRONLY | os.O_APPEND)
    try:
        os.write(handle, line.getvalue().encode())
    finally:
        os.close(handle)


class FollowedAliases:
    """Those of the config, once, and those of the data folder as they are now. configured: None for none."""

    def __init__(self, data: Path, configured: Path | None) -> None:
        """Raises InvalidConfig for a file of the config that cannot be read."""
        self._path = data / TYPED
        self._seen = 0, 0
        self._configured = read_aliases(configured) if configured else Aliases()
        self._known = self._configured

    def content(self) -> Aliases:
        """The same object as long as nothing changes. A line that cannot be read takes nothing that was known."""
        seen = self._stamp()
        if seen != self._seen:
            self._seen = seen
            self._known = self._read()
        return self._known

    def _stamp(self) -> tuple[int, int]:
        try:
            found = self._path.stat()
        except FileNotFoundError:
            return 0, 0
        return found.st_mtime_ns, found.st_size

    def _read(self) -> Aliases:
        if not self._path.exists():
            return self._configured
        try:
            return Aliases({**self._configured.of, **read_aliases(self._path).of})
        except InvalidConfig as error:
            LOG.warning("aliases that operators typed cannot be read", extra={"fault": str(error)})
            return self._known
