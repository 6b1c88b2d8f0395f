"""`python -m benchmarks.first_start`: a clone of the last commit, caches that are empty, `make setup`, then `make run`
until /health/ready answers. It takes minutes and is no part of `make bench`."""

from __future__ import annotations

import os
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.start import processor_of_all_s, served
from benchmarks.table import Row, table

ROOT = Path(__file__).parents[1]


def run() -> str:
    with TemporaryDirectory() as folder:
        clone, environment = Path(folder) / "hent", empty_caches(Path(folder) / "caches")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        began_s = time.perf_counter()
        subprocess.run(["make", "setup"], cwd=clone, env=environment, check=True, capture_output=True)
        setup_s = time.perf_counter() - began_s
        with served(["make", "run", "PORT=0"], cwd=clone, env=environment) as (process, run_s):
            ready_s, of_processor_s = time.perf_counter() - run_s, processor_of_all_s(process.pid)
    rows = [
        Row("`make setup`, kernels included", f"{setup_s:.1f} s"),
        Row("`make run` after it, until ready", f"{ready_s:.1f} s"),
        Row("the same, processor time", f"{of_processor_s:.1f} s"),
    ]
    return table("First start on a machine", rows)


def empty_caches(folder: Path) -> dict[str, str]:
    """Packages that were fetched before are not fetched again."""
    fetched = os.environ.get("UV_CACHE_DIR") or str(Path("~/.cache/uv").expanduser())
    kept = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    return kept | {"XDG_CACHE_HOME": str(folder), "UV_CACHE_DIR": fetched}


if __name__ == "__main__":
    print(run())
