"""Which network is in service: a folder of published networks and one pointer file, followed by every worker.

DIR/networks/VERSION/   a network (mobility/network/storage.py), named by its content, never changed
DIR/current             the version in service; the lines below it are the ones before, latest first
DIR/published/          a record of each of them (mobility/feeds/state.py), as old as its last coming into service
DIR/feeds/FEED/state.json   of a feed, which versions were in service
"""

from __future__ import annotations

import json
import logging
import re
from contextlib import suppress
from pathlib import Path
from threading import Lock

from mobility.errors import NetworkUnavailable
from mobility.network.files import changed_ns
from mobility.network.network import Network
from mobility.network.storage import find_network

LOG = logging.getLogger("hent.network")
POINTER = "current"
VERSION = re.compile(r"\w[\w.-]*", re.ASCII)
NETWORKS, PUBLISHED, FEEDS = "networks", "published", "feeds"


def network_folder(data: Path, version: str) -> Path:
    return data / NETWORKS / version


def published_versions(data: Path) -> list[str]:
    """The version in service, then the ones before it; where the pointer is damaged, as their records tell."""
    named = _named(data)
    return (is_pointer_damaged(data) and _recorded(data)) or named


def is_pointer_damaged(data: Path) -> bool:
    """Whether it names no network of which anything is known: cut short, written over, or gone from beside them."""
    if (data / POINTER).exists():
        return not any(_is_known(data, version) for version in _named(data))
    return bool(_recorded(data)) and _has_served(data)


def is_forgotten(data: Path) -> bool:
    """Whether some feed was in service, and neither the pointer nor a record is left that says which."""
    return not (data / POINTER).exists() and not _recorded(data) and _has_served(data)


def _has_served(data: Path) -> bool:
    """Whether some feed says so of itself. A first load that was killed before its end has left a record, too, but no
    such word: that is written once the pointer stands."""
    for state in (data / FEEDS).glob("*/state.json"):
        with suppress(OSError, ValueError, AttributeError):
            if json.loads(state.read_bytes()).get("published"):
                return True
    return False


def _named(data: Path) -> list[str]:
    pointer = data / POINTER
    words = pointer.read_bytes().decode("ascii", "replace").split() if pointer.exists() else []
    return [word for word in words if VERSION.fullmatch(word)]


def _is_known(data: Path, version: str) -> bool:
    return network_folder(data, version).is_dir() or (data / PUBLISHED / f"{version}.json").exists()


def _recorded(data: Path) -> list[str]:
    """The latest first; another load may forget one meanwhile."""
    files = [(changed_ns(file), file.stem) for file in (data / PUBLISHED).glob("[!.]*.json")]
    return [version for changed, version in sorted(files, reverse=True) if changed]


class Current:
    """The network in service, opened again when the pointer has moved. A call costs one stat; safe between threads.

    A network that cannot be opened never takes the place of one that can: a file may be damaged, a shared folder away.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._lock = Lock()
        self._seen: tuple[tuple[int, int], Network] | None = None

    def network(self) -> Network:
        """Raises NetworkUnavailable where none was published yet."""
        seen = self._seen
        try:
            status = (self._data / POINTER).stat()
            mark = (status.st_mtime_ns, status.st_ino)
        except OSError:
            if seen:
                return seen[1]
            if not is_pointer_damaged(self._data):
                raise NetworkUnavailable from None
            mark = (0, 0)
        return seen[1] if seen and seen[0] == mark else self._follow(mark)

    def folder(self) -> Path:
        return network_folder(self._data, self.network().version)

    def _follow(self, mark: tuple[int, int]) -> Network:
        with self._lock:
            if self._seen is None or self._seen[0] != mark:
                self._seen = mark, self._opened()
            return self._seen[1]

    def _opened(self) -> Network:
        """Where the version in service is damaged, the one that was served until now, else the last that is sound."""
        for version in published_versions(self._data):
            found = find_network(network_folder(self._data, version))
            if found:
                return found
            LOG.error("the network in service cannot be opened")
            if self._seen:
                return self._seen[1]
        raise NetworkUnavailable
