"""What a short command of the demo costs before it answers: mostly imports."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.table import Row, table

TIMES = 4
HENT = "from api.commands import main; main()"
COMMANDS = (("feeds", "list"), ("plan", "Groix", "Lorient"))


def run() -> str:
    with TemporaryDirectory() as folder:
        processor_s(COMMANDS[1], Path(folder))  # which loads the demo
        rows = [
            Row(f"`hent {' '.join(words)}`", f"{min(processor_s(words, Path(folder)) for _ in range(TIMES)):.2f} s")
            for words in COMMANDS
        ]
    return table(f"Commands on the demo, processor time, best of {TIMES}", rows)


def processor_s(words: tuple[str, ...], data: Path) -> float:
    """Of the process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-c", HENT, *words, "--data", data]
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
