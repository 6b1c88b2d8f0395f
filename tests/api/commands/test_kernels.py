"""`hent kernels`: every kernel of the project is compiled before anybody asks, and asking compiles none."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from api.commands.kernels.questions import tell
from tests.api.terminal import CONFIG, hent

EVERY = """
import importlib, pkgutil
import gtfs, mobility
from api.commands.kernels.questions import kernels
from mobility.network.kernel import is_kept

for top in gtfs, mobility:
    for module in pkgutil.walk_packages(top.__path__, top.__name__ + "."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
every = kernels()
print(len(every), *(name for name, one in every.items() if not is_kept(one)))
"""

COMPILED = """
import sys
from numba.core import event

class Told(event.Listener):
    def on_start(self, begun):
        print("compiles", begun.data["dispatcher"].py_func, file=sys.stderr)
    def on_end(self, ended):
        pass

event.register("numba:compile", Told())
from api.commands import main
main(sys.argv[1:])
"""


def ran(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_after_hent_kernels_none_of_the_project_is_missing_and_a_plan_compiles_nothing(demo: Path) -> None:
    assert hent("kernels").exit_code == 0
    every = ran(EVERY)
    count, *missing = every.stdout.split()
    assert (int(count) > 90, missing) == (True, []), every.stderr
    at = f"{datetime.now(UTC).date() + timedelta(days=7)}T12:00"
    planned = ran(COMPILED, "plan", "Groix", "Gare d'Échanges", "--at", at, "--config", CONFIG, "--data", demo)
    assert (planned.returncode, "compiles" in planned.stderr) == (0, False), planned.stderr


class Written(StringIO):
    """Stdout that keeps apart what was written at once."""

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []

    def write(self, text: str) -> int:
        self.pieces.append(text)
        return len(text)


def test_what_is_told_of_kernels_is_written_at_once_as_two_threads_tell(monkeypatch: pytest.MonkeyPatch) -> None:
    """`77of 77` was read where the lines of one came between those of the other."""
    out = Written()
    monkeypatch.setattr(sys, "stdout", out)
    tell()
    assert len(out.pieces) == 1
    first, *_, last = out.pieces[0].split("\n")
    assert (first.startswith("of "), last) == (True, "")
