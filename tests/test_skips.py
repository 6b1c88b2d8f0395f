"""Nobody takes a run for whole from which tests were left out."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
ONE_SKIPPED = """
import pytest


def test_one():
    pytest.skip("no moon on this machine")


def test_other():
    pass
"""


@pytest.mark.parametrize(("setting", "code"), [({}, 0), ({"HENT_NO_SKIPS": "1"}, 1)])
def test_what_was_skipped_is_said_last_and_fails_where_nothing_may_be(
    tmp_path: Path, setting: dict[str, str], code: int
) -> None:
    (tmp_path / "test_moon.py").write_text(ONE_SKIPPED)
    environment = {name: value for name, value in os.environ.items() if name != "HENT_NO_SKIPS"} | setting
    environment["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # one that the benchmarks bring asks for a redis at once
    run = [
        sys.executable,
        "-m",
        "pytest",
        "-p",
        "tests.skips",
        "-p",
        "no:cacheprovider",
        "--rootdir",
        tmp_path,
        tmp_path,
    ]
    done = subprocess.run(run, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == code, done.stdout
    assert done.stdout.splitlines()[-2:] == ["1 tests skipped", "  1: no moon on this machine"]


def test_the_run_from_a_fresh_clone_skips_nothing() -> None:
    script = (ROOT / ".ci" / "run").read_text("utf-8")
    assert script.index("export HENT_NO_SKIPS=1") < script.index("make test ||")
