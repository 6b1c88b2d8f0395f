"""Aliases that operators add while the service runs: a file in the data folder, beside that of the config.

DIR/aliases.csv   as the file of the config: alias, name; what is typed later holds, what is taken out is forgotten
"""

from __future__ import annotations

import csv
import fcntl
import io
import logging
from dataclasses import replace
from pathlib import Path

from mobility.errors import InvalidConfig, InvalidQuery
from mobility.network.files import find_status, write_whole
from mobility.places.aliases import Aliases, read_aliases
from mobility.places.words import words
from mobility.value_faults import ValueFault

LOG = logging.getLogger("hent.aliases")
TYPED, LOCK = "aliases.csv", ".aliases.lock"
HEADING = b"alias,name\n"
LONGEST = 100


def add_alias(data: Path, alias: str, name: str) -> None:
    """One more line, whole for whoever reads it. Raises InvalidQuery, OSError."""
    for parameter, said in (("alias", alias), ("name", name)):
        if not words(said) or len(said) > LONGEST:
            raise InvalidQuery(parameter, ValueFault.NO_WORD_OR_LONG, most=LONGEST)
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow([" ".join(alias.split()), " ".join(name.split())])
    with (data / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        path = data / TYPED
        known = path.read_bytes() if path.exists() else HEADING
        write_whole(path, known + line.getvalue().encode())


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
        found = find_status(self._path)
        return (found.st_mtime_ns, found.st_size) if found else (0, 0)

    def _read(self) -> Aliases:
        if not self._path.exists():
            return self._configured
        try:
            return replace(self._configured, of={**self._configured.of, **read_aliases(self._path).of})
        except InvalidConfig as error:
            LOG.warning("aliases that operators typed cannot be read", extra={"fault": str(error)})
            return self._known
