"""A folder with Hent in it and its own .venv (`make setup`): its commands, service and benchmarks are run there.

Nothing of it is imported, so that it may be of any commit that knows the commands used.
"""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path


class NotSetUp(Exception):
    """A folder without .venv/bin/hent."""


class Failed(Exception):
    """A command of a checkout that ended with a fault: the command and the end of what it said."""


@dataclass(frozen=True, slots=True)
class Checkout:
    folder: Path

    @classmethod
    def at(cls, folder: str) -> Checkout:
        """Raises NotSetUp."""
        found = cls(Path(folder).resolve())
        if not found.hent.exists():
            raise NotSetUp(f"{found.folder} has no .venv/bin/hent: run `make setup` there")
        return found

    @property
    def hent(self) -> Path:
        return self.folder / ".venv/bin/hent"

    def run(self, *words: str | Path) -> str:
        """What `hent WORDS` prints. Raises Failed."""
        return self._printed(self.hent, *words)

    def benchmark(self, name: str) -> str:
        """The tables of its own `python -m benchmarks NAME`. Raises Failed."""
        return self._printed(self.folder / ".venv/bin/python", "-m", "benchmarks", name)

    def _printed(self, *command: str | Path) -> str:
        done = subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failed(f"{' '.join(map(str, command))}: {done.returncode}\n{done.stderr[-2000:]}")
        return done.stdout
