"""Workers of xdist have whole files, whichever versions of pytest and xdist deal them out."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOUR_TESTS = """
import os, pathlib, time
import pytest


@pytest.mark.parametrize("number", range(4))
def test_where(number):
    time.sleep(0.1)
    with pathlib.Path("workers").open("a") as told:
        told.write(f"{__name__} {os.environ['PYTEST_XDIST_WORKER']}\\n")
"""


def test_one_worker_has_all_tests_of_a_file_and_another_those_of_the_next(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / f"test_{name}.py").write_text(FOUR_TESTS)
    plugins = [part for name in ("xdist", "tests.groups", "no:cacheprovider") for part in ("-p", name)]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    environment = {**inherited, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1", "PYTHONPATH": str(ROOT)}
    run = [sys.executable, "-m", "pytest", *plugins, "-n", "2", "--dist", "loadscope", "--rootdir", tmp_path, tmp_path]
    done = subprocess.run(run, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    workers = defaultdict(list)
    for line in (tmp_path / "workers").read_text().splitlines():
        file, worker = line.split()
        workers[file].append(worker)
    assert {file: (len(where), len(set(where))) for file, where in workers.items()} == {
        "test_one": (4, 1),
        "test_two": (4, 1),
    }
