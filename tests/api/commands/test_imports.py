"""What a command needs is imported when it runs, and nothing else: most of the time of a short one is imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.terminal import CONFIG

IMPORTED = """
import sys
from api.commands import main
try:
    main(sys.argv[2:])
except SystemExit as ended:
    print(ended.code, *(name for name in sys.argv[1].split(",") if name in sys.modules), file=sys.stderr)
"""


@pytest.mark.parametrize(
    ("words", "without"),
    [
        (["feeds", "list"], "numba scipy alembic sqlalchemy flask requests mobility.planning.planner gtfs.load"),
        (["feeds", "show", "lorient"], "numba scipy alembic flask requests mobility.planning.planner"),
        (
            ["plan", "Groix", "Lorient"],
            "alembic rdflib rich scipy.spatial api.app api.portal api.openapi api.pages gtfs.load",
        ),
    ],
    ids=lambda one: one if isinstance(one, str) else " ".join(one),
)
def test_a_command_imports_only_what_it_needs(words: list[str], without: str, demo: Path) -> None:
    command = [sys.executable, "-c", IMPORTED, without.replace(" ", ","), *words, "--config", CONFIG, "--data", demo]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.stderr.splitlines()[-1].split() == ["0"], ran.stderr
