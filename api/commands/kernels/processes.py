"""All kernels compiled by two processes at once. Each asks questions of its own; what both need is compiled by the
first that comes to it, and read from the disk by the other."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from tempfile import TemporaryDirectory
from threading import Thread

from api.commands.failures import Failed
from api.commands.kernels.questions import OF, PARTS, kernels

QUESTIONS = "api.commands.kernels.questions"


class Count:
    """Which kernels are ready, as the processes say it line by line."""

    def __init__(self, said: Callable[[object], None]) -> None:
        self._said = said
        self.ready: set[str] = set()
        self._every = 0

    def hear(self, lines: Iterable[str]) -> None:
        for line in map(str.strip, lines):
            if line.startswith(OF):
                self._every = max(self._every, int(line.removeprefix(OF)))
            else:
                self.ready.add(line)
            self._said(f"preparing kernels: {len(self.ready)} of {self._every}")


def compile_all(said: Callable[[object], None]) -> int:
    """How many are ready. Raises Failed where a process ends before its last question; it has said why on stderr."""
    count = Count(said)
    with TemporaryDirectory(prefix="hent-kernels-") as folder:
        commands = [[sys.executable, "-m", QUESTIONS, part, folder] for part in PARTS]
        running = [subprocess.Popen(one, stdout=subprocess.PIPE, text=True) for one in commands]
        hearing = [Thread(target=count.hear, args=[one.stdout]) for one in running]
        for thread in hearing:
            thread.start()
        for thread in hearing:
            thread.join()
        ended = [one.wait() for one in running]
        if any(ended):
            raise Failed("kernels cannot be prepared")
    return len(count.ready)


def compile_missing(said: Callable[[object], None]) -> None:
    """Where a kernel of loading or planning was never compiled from this source for this kind of processor, all are;
    else nothing is done. What cannot be kept is compiled when it is called."""
    from api.feeds import desk
    from gtfs.compiler import can_be_written, folder_of, is_kept

    if all(map(is_kept, kernels().values())) or not can_be_written(folder_of(desk.__file__)):
        return
    with suppress(Failed):
        compile_all(said)
