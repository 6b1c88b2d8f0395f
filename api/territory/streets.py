"""Streets that another version of Hent has laid out: read again from the extract that the config names, before the
networks that follow them are built."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from api.config import Config
from mobility.errors import MobilityError
from mobility.feeds.lock import alone, folder_faults
from mobility.feeds.progress import Watch
from mobility.streets.build import build_streets
from mobility.streets.storage import cannot_be_opened, save_streets, version_of


class StreetsFound(StrEnum):
    """As they stand; read again; or not to be had: ways are straight lines then."""

    SOUND = "sound"
    BUILT = "built"
    LOST = "lost"


def restore_streets(data: Path, config: Config, watch: Watch, said: Callable[[str], None]) -> StreetsFound:
    """Who starts at the same time waits for the first. Raises FolderUnavailable."""
    if not cannot_be_opened(data):
        return StreetsFound.SOUND
    with alone(data, watch):
        if not cannot_be_opened(data):
            return StreetsFound.BUILT
        extract = Path(config.streets.extract or "")
        if not extract.is_file():
            return StreetsFound.LOST
        try:
            streets = build_streets(extract, said=said)
        except MobilityError:
            return StreetsFound.LOST
        with folder_faults(data):
            save_streets(data, version_of(extract), streets)
    return StreetsFound.BUILT
