"""Makes the files of the network in service in a process of its own, politely, so that no traveller waits for it."""

from __future__ import annotations

import fcntl
import sys
import time
from pathlib import Path

from api.config import Config
from api.processes import begin_process

LOCK = ".open-data"
AGAIN_S = 30


def start(data: Path, config: Config) -> None:
    """Returns at once. Where another process is at it, this one ends by itself."""
    (data / LOCK).touch()
    begin_process("api.portal.child", [str(data)], config)


def making(data: Path) -> bool:
    """Whether a process is at it, or was begun so lately that another one would end the same way."""
    file = data / LOCK
    if file.exists() and time.time() - file.stat().st_mtime < AGAIN_S:
        return True
    with file.open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


def main() -> None:
    """DIR as the argument, the config as JSON on standard input."""
    from api.portal.making import make
    from api.territory.in_service import Following

    data, config = Path(sys.argv[1]), Config.model_validate_json(sys.stdin.read())
    with (data / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        territory = Following(data, config).territory()
        make(data, config, territory.network, territory.streets)


if __name__ == "__main__":
    main()
