"""A process that is forked for a test is what python would begin: the same words, folder, environment and end."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from mobility import clock
from tests.forked import Forked, forked

TOLD = """
import os, sys, tempfile
print(__name__, sys.argv, os.getcwd(), sorted(os.environ.items()), sys.stdin.read(), tempfile.gettempdir())
"""


@pytest.mark.parametrize("end", ["", "sys.exit(3)", "sys.exit('why')", "1 / 0", "os.kill(os.getpid(), 9)"])
def test_a_forked_program_is_what_python_makes_of_it(end: str, tmp_path: Path) -> None:
    words, environment = ["-c", TOLD + end, "a", "b c"], {"LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}
    by_python = subprocess.run(
        [sys.executable, *words], input="given", capture_output=True, text=True, cwd=tmp_path, env=environment
    )
    with (tmp_path / "errors").open("w") as errors:
        ours = forked(words, "given", stdout=subprocess.PIPE, stderr=errors, cwd=tmp_path, env=environment)
    assert ours.stdout
    assert (ours.stdout.read(), ours.wait(20)) == (by_python.stdout, by_python.returncode)
    assert (tmp_path / "errors").read_text().splitlines()[-1:] == by_python.stderr.splitlines()[-1:]


def test_a_forked_process_can_be_waited_for_and_ended(tmp_path: Path) -> None:
    ours = forked(["-c", "import time; time.sleep(60)"])
    with pytest.raises(subprocess.TimeoutExpired):
        ours.wait(0.01)
    assert ours.poll() is None
    ours.terminate()
    assert (ours.wait(20), ours.poll()) == (-15, -15)


def test_one_that_has_ended_before_that_is_told_is_ended_in_peace() -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait(20)
    with pytest.raises(ProcessLookupError):
        os.kill(gone.pid, signal.SIGTERM)
    told, tell = os.pipe()
    with os.fdopen(told) as reads, os.fdopen(tell, "w") as writes:
        print(gone.pid, file=writes, flush=True)
        ours = Forked(reads)
        ours.terminate()
    assert ours.pid == gone.pid


def test_what_tests_have_patched_is_not_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "FIRST_YEAR", "patched")
    ours = forked(["-c", "from mobility import clock; print(clock.FIRST_YEAR)"], stdout=subprocess.PIPE)
    assert ours.stdout
    assert (ours.stdout.read(), ours.wait(20)) == ("1971\n", 0)


def test_a_command_is_forked_as_it_is_typed() -> None:
    ours = forked(["hent", "--version"], stdout=subprocess.PIPE)
    assert ours.stdout
    assert (ours.stdout.read().split(",")[0], ours.wait(20)) == ("hent", 0)
