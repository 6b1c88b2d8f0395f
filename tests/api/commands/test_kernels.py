"""`hent kernels`: every kernel of the project is compiled before anybody asks, and asking compiles none."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.api.terminal import CONFIG, hent

EVERY = """
import importlib, pkgutil
import gtfs, mobility
from api.commands.kernels.questions import kernels
from mobility.network.kernel import index_of

for top in gtfs, mobility:
    for module in pkgutil.walk_packages(top.__path__, top.__name__ + "."):
        if "migrations" not in module.name:
            importlib.import_module(module.name)
every = kernels()
print(len(every), *(name for name, one in every.items() if not index_of(one._cache).is_file()))
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
