"""What outlives the process: the database, and the secret that personal data in it are sealed with.

Which database: the environment before the config before a file in the data folder. The secret: the environment before
a file in the data folder, made where there is none.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from errno import EACCES, EROFS
from pathlib import Path

from api.config import Config
from mobility.carpool.sealing import Sealing, read_secret
from mobility.errors import StorageUnavailable
from mobility.storage.revision import is_prepared
from mobility.storage.store import Store, open_store, sqlite_file, sqlite_url

FILE = "hent.sqlite3"
URL, SECRET = "HENT_STORAGE_URL", "HENT_SECRET_KEY"


@dataclass(frozen=True, slots=True)
class Kept:
    """store: with the tables of this version. data: the folder of networks and feeds."""

    store: Store
    sealing: Sealing
    data: Path = Path("var")


def unwritable(folder: Path) -> OSError | None:
    """Why nothing can be written there; None where something can."""
    if os.access(folder, os.W_OK):
        return None
    number = EROFS if os.statvfs(folder).f_flag & os.ST_RDONLY else EACCES
    return OSError(number, os.strerror(number))


def kept(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> Kept:
    """Raises InvalidConfig, StorageUnavailable."""
    sealing = Sealing(read_secret(environment.get(SECRET), data))
    return Kept(ready_store(config, data, environment), sealing, data)


def ready_store(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> Store:
    """The database with the tables of this version. Raises InvalidConfig, StorageUnavailable."""
    store = open_store(storage_url(config, data, environment))
    if not is_prepared(store):
        from mobility.storage.migrate import prepare

        prepare(store)
    return store


def store_at_hand(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> Store | None:
    """The database as it stands, for who only reads: None where there is none, or one of another version. Makes and
    changes nothing. Raises InvalidConfig."""
    url = storage_url(config, data, environment)
    file = sqlite_file(url)
    if file is not None and not file.is_file():
        return None
    try:
        store = open_store(url)
        return store if is_prepared(store) else None
    except (OSError, StorageUnavailable):
        return None


def storage_url(config: Config, data: Path, environment: Mapping[str, str] = os.environ) -> str:
    return environment.get(URL) or config.storage.url or sqlite_url(data / FILE)
