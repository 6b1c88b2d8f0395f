"""`hent kernels`: every kernel of the project is compiled before anybody asks, and asking compiles none."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO
from pathlib import Path
from shutil import copytree

import pytest

from api.commands.kernels import processes
from api.commands.kernels.questions import PARTS, tell
from tests.api.commands import telling_questions
from tests.api.commands.telling_questions import ASKED, TOLD
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

SERVING = """
import atexit, sys
from tests.api.commands.service_asked import ask_everything
from tests.api.commands.telling_questions import given

atexit.register(lambda: print(given(), file=sys.stderr))
ask_everything(*sys.argv[1:])
"""


def ran(program: str, *words: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", program, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What `hent kernels` has given its kernels, by name with their types."""
    folder = tmp_path_factory.mktemp("told")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(TOLD, str(folder))
        patch.setenv(ASKED, processes.QUESTIONS)
        patch.setattr(processes, "QUESTIONS", telling_questions.__name__)
        assert hent("kernels").exit_code == 0
    told = list(folder.iterdir())
    assert len(told) == len(PARTS)
    return {line for file in told for line in file.read_text().splitlines()}


def test_after_hent_kernels_none_of_the_project_is_missing(prepared: set[str]) -> None:
    every = ran(EVERY)
    count, *missing = every.stdout.split()
    assert (int(count) > 90, missing) == (True, []), every.stderr


def test_a_service_gives_kernels_no_other_types_than_they_were_compiled_for(
    prepared: set[str], demo: Path, tmp_path: Path
) -> None:
    """Else its first question compiles: on streets, live, by every kind of question, with another feed loaded."""
    found = ran(SERVING, copytree(demo, tmp_path / "var"))
    assert found.returncode == 0, found.stderr
    asked = {line for line in found.stderr.splitlines() if line.startswith("used ")}
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
