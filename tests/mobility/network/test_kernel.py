"""Compiled functions are kept on disk between runs, and never longer than what they were compiled from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from mobility.network.kernel import stamps_of_called
from mobility.search import tripbased

KERNEL = """
from constants import LIMIT
from mobility.network.kernel import kernel

@kernel
def twice():
    return 2 * LIMIT

print(twice(), sum(twice.stats.cache_hits.values()))
"""


def run(folder: Path, limit: int) -> list[str]:
    """What the kernel answers, and how often it came out of the cache."""
    (folder / "constants.py").write_text(f"LIMIT = {limit}")
    (folder / "doubling.py").write_text(KERNEL)
    os.utime(folder / "doubling.py", (1_780_000_000, 1_780_000_000))
    return printed(folder, "doubling")


def printed(folder: Path, module: str) -> list[str]:
    """By a module of the folder, imported by another process."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", f"import {module}"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_a_kernel_is_compiled_again_when_a_number_of_another_file_has_changed(tmp_path: Path) -> None:
    assert run(tmp_path, 3) == ["6", "0"]
    assert run(tmp_path, 3) == ["6", "1"]
    assert run(tmp_path, 40) == ["80", "0"]
    assert run(tmp_path, 40) == ["80", "1"]


CALLED = """
from mobility.network.kernel import kernel

@kernel
def least():
    return {}
"""
BETWEEN = """
from called import least
from mobility.network.kernel import kernel

@kernel
def twice_least():
    return 2 * least()
"""
CALLING = """
from between import twice_least
from mobility.network.kernel import kernel

@kernel
def four_times():
    return 2 * _by_way_of()

@kernel
def _by_way_of():
    return twice_least()

print(four_times(), sum(four_times.stats.cache_hits.values()))
"""


def test_a_kernel_is_compiled_again_when_one_that_it_calls_by_way_of_others_has_changed(tmp_path: Path) -> None:
    for name, text in (("between", BETWEEN), ("calling", CALLING)):
        (tmp_path / f"{name}.py").write_text(text)

    def answer(least: str) -> list[str]:
        (tmp_path / "called.py").write_text(CALLED.format(least))
        return printed(tmp_path, "calling")

    assert answer("3") == ["12", "0"]
    assert printed(tmp_path, "calling") == ["12", "1"]
    assert answer("3 + 7") == ["40", "0"]
    assert printed(tmp_path, "calling") == ["40", "1"]


def test_what_is_no_kernel_but_compiled_into_one_counts_too() -> None:
    assert "prefetch" in dict(stamps_of_called(vars(tripbased)))
