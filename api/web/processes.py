"""Processes of ours beside the web workers: niced in every thread, so that no traveller waits for them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from threading import Thread

from api.config import Config

NICE = 15


def begin_process(module: str, arguments: Sequence[str], config: Config, inherited: Sequence[int] = ()) -> None:
    """Returns at once; the process reads the config as JSON from its standard input. inherited: open files that it
    keeps open as long as it lives. Raises OSError."""
    process = subprocess.Popen(
        ["nice", "-n", str(NICE), sys.executable, "-m", module, *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=inherited,
    )
    Thread(target=process.wait, daemon=True).start()
    assert process.stdin
    with process.stdin as told:
        told.write(config.model_dump_json().encode())
