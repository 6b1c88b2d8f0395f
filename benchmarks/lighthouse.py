"""What Lighthouse says of the pages, as on a telephone: the best of three runs of each, of 100.

Fetches the pinned `lighthouse` of the npm registry into a folder of its own; asks the demo on this machine alone.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from benchmarks.browser import demo
from benchmarks.table import Row, table

LIGHTHOUSE = "lighthouse@12.8.2"
RUNS, LOST = 3, 6
"""Of each page: runs that count, and those that Chromium may break off on a busy machine before it is said."""
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
QUESTION = {"from": "Gare d'Échanges", "to": "Port-Louis", "when": "leave", "moment": "2026-11-24T08:00"}
PAGES = {
    "home": "/",
    "answer": f"/?{urlencode(QUESTION)}",
    "stop": "/stops/lorient_gare",
    "line": "/lines/lorient_T1",
    "news": "/disruptions",
}


def run() -> str:
    missing = [name for name, path in (("npm", shutil.which("npm")), ("Chromium", _chromium())) if not path]
    if missing:
        return f"lighthouse: {' and '.join(missing)} not there"
    with TemporaryDirectory() as made:
        folder = Path(made)
        npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", folder, LIGHTHOUSE)
        if subprocess.run(npm).returncode:
            return f"lighthouse: {LIGHTHOUSE} not there, npm could not fetch it"
        with demo() as at:
            rows = [Row(name, best(folder, at.address + path)) for name, path in PAGES.items()]
    return table(f"Lighthouse, mobile, best of {RUNS}: {' / '.join(CATEGORIES)}", rows)


def _chromium() -> str:
    """Its path, "" where none is known."""
    return shutil.which("chromium") or os.environ.get("CHROMIUM", "")


def best(folder: Path, address: str) -> str:
    """With how many runs it is the best of, where they are fewer."""
    tried = (_scores(folder, address) for _ in range(RUNS + LOST))
    runs = list(islice((scores for scores in tried if scores), RUNS))
    if not runs:
        return "not there: every run was broken off"
    best = " / ".join(str(max(scores)) for scores in zip(*runs, strict=True))
    return best if len(runs) == RUNS else f"{best} (of {len(runs)})"


def _scores(folder: Path, address: str) -> list[int]:
    """Of each category; [] of a run that was broken off."""
    done = subprocess.run(
        [
            *(folder / "node_modules/.bin/lighthouse", address, "--quiet", "--output=json"),
            f"--only-categories={','.join(CATEGORIES)}",
            "--chrome-flags=--headless=new --no-sandbox --disable-gpu",
        ],
        check=False,
        capture_output=True,
        env={**os.environ, "CHROME_PATH": _chromium()},
    )
    categories = {} if done.returncode else json.loads(done.stdout)["categories"]
    scores = [categories.get(name, {}).get("score") for name in CATEGORIES]
    return [] if None in scores else [round(100 * score) for score in scores]
