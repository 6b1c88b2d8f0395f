"""Which database: the environment before the config before a file in the data folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from api.config import Config
from mobility.storage.migrate import prepare
from mobility.storage.store import Store, open_store, sqlite_url

FILE = "hent.sqlite3"
VARIABLE = "HENT_STORAGE_URL"


def ready_store(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> Store:
    """The database with the tables of this version. Raises InvalidConfig, StorageUnavailable."""
    store = open_store(storage_url(config, data, environment))
    prepare(store)
    return store


def storage_url(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> str:
    return environment.get(VARIABLE) or config.storage.url or sqlite_url(data / FILE)
