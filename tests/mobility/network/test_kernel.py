"""Compiled functions are kept on disk between runs, and never longer than what they were compiled from."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

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
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(folder), *sys.path]), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", "import doubling"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout.split()


def test_a_kernel_is_compiled_again_when_a_number_of_another_file_has_changed(tmp_path: Path) -> None:
    assert run(tmp_path, 3) == ["6", "0"]
    assert run(tmp_path, 3) == ["6", "1"]
    assert run(tmp_path, 40) == ["80", "0"]
    assert run(tmp_path, 40) == ["80", "1"]
