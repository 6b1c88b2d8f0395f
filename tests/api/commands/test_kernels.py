"""`hent kernels`: every kernel of the project is compiled before anybody asks, and asking compiles none."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from api.commands.kernels.questions import PARTS, tell
from tests.api.terminal import hent

EVERY = """
import importlib, pkgutil
import gtfs, mobility
from api.commands.kernels.questions import kernels
from gtfs.compiler import is_kept

for top in gtfs, mobility:
    for module in pkgutil.walk_packages(top.__path__, top.__name__ + "."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
every = kernels()
print(len(every), *(name for name, one in every.items() if not is_kept(one)))
"""

USED = """
import atexit, sys
from api.commands.kernels.questions import kernels

def tell():
    for name, kernel in kernels().items():
        for signature in kernel.signatures:
            print("used", name, signature, file=sys.stderr)

atexit.register(tell)
"""
PREPARING = USED + "from api.commands.kernels.questions import main; main(*sys.argv[1:])"
SERVING = (
    USED
    + """
from tests.api.commands.service_asked import ask_everything
ask_everything(*sys.argv[1:])
"""
)


def ran(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def used(program: str, *words: object) -> set[str]:
    """Kernels by name with the types that they were given, in another process."""
    found = ran(program, *words)
    assert found.returncode == 0, found.stderr
    return {line for line in found.stderr.splitlines() if line.startswith("used ")}


def test_after_hent_kernels_none_of_the_project_is_missing() -> None:
    assert hent("kernels").exit_code == 0
    every = ran(EVERY)
    count, *missing = every.stdout.split()
    assert (int(count) > 90, missing) == (True, []), every.stderr


def test_a_service_gives_kernels_no_other_types_than_they_were_compiled_for(demo: Path, tmp_path: Path) -> None:
    """Else its first question compiles: on streets, live, by every kind of question, with another feed loaded."""
    data = copytree(demo, tmp_path / "var")
    prepared = set().union(*(used(PREPARING, part, tmp_path / part) for part in PARTS))
    asked = used(SERVING, data)
    assert len(asked) > 30
    assert sorted(asked - prepared) == []


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
