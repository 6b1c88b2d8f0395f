"""What a file of the catalogue is at this moment: since when it is there, when it changed, how large it is.

Of files alone; what is made for each request has no size to name beforehand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.portal.datasets import BASE, LATEST, Dataset, Distribution
from api.portal.downloads import changed
from api.portal.folder import open_folder
from mobility.feeds.versions import stored_feed
from mobility.network.files import find_status
from mobility.network.network import Network


@dataclass(frozen=True, slots=True)
class FileFacts:
    """issued: of the first version that is kept."""

    issued: datetime
    modified: datetime
    size: int


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where the files of a network lie. None: there is no folder."""

    data: Path | None = None
    network: Network | None = None

    def facts(self, file: Distribution) -> FileFacts | None:
        """None of what is no file, or not made yet."""
        path = self._path(file.path.removeprefix(f"{BASE}/")) if self.data and self.network else None
        status = find_status(path) if path else None
        if path is None or status is None:
            return None
        before = (one for file in self._before(path) if (one := find_status(file)))
        return FileFacts(min(map(changed, (status, *before))), changed(status), status.st_size)

    def span(self, one: Dataset, published: datetime) -> tuple[datetime, datetime]:
        """When a dataset was first issued, and changed last. published: of the network, where it has no file."""
        known = [facts for file in one.distributions if (facts := self.facts(file))]
        if one.feed:
            known = known[:1]
        issued = min((facts.issued for facts in known), default=published)
        return issued, max((facts.modified for facts in known), default=published)

    def _path(self, address: str) -> Path | None:
        folder, _, name = address.rpartition("/")
        assert self.data and self.network
        if folder == "files":
            return open_folder(self.data, self.network.version) / name
        feed = next((one for one in self.network.feeds if folder == f"gtfs/{one.id}"), None)
        if feed is None:
            return None
        kept = stored_feed(self.data, feed.id, feed.sha256)
        return {LATEST: kept, kept.name: kept, "report.json": kept.with_suffix(".json")}.get(name)

    def _before(self, path: Path) -> list[Path]:
        """Earlier versions of a timetable as published."""
        return list(path.parent.glob("*.zip")) if path.suffix == ".zip" and path.parent.name != "files" else []


NOWHERE = Shelves()
