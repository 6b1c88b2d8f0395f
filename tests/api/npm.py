"""The client library of the MOTIS project, from npm, unchanged."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

Json = Any
CLIENT = "@motis-project/motis-client"
ASK = """
import * as motis from '@motis-project/motis-client';
import { readFileSync } from 'node:fs';
const told = [];
for (const [baseUrl, name, query] of JSON.parse(readFileSync(0, 'utf-8'))) {
  motis.client.setConfig({ baseUrl });
  const { data, error } = await motis[name]({ query, throwOnError: false });
  told.push(error ? { error } : data);
}
console.log(JSON.stringify(told));
"""


def client_project(folder: Path) -> Path:
    """A folder with the client installed; HENT_NPM_PROJECT names one that is kept between runs. Skips without npm."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed")
    kept = os.environ.get("HENT_NPM_PROJECT")
    folder = Path(kept) if kept else folder
    if not (folder / "node_modules" / CLIENT).exists() and not _installs(folder):
        pytest.skip(f"npm cannot install {CLIENT} here")
    return folder


def run(project: Path, script: str, *words: str, given: str = "") -> Json:
    """What a script prints, as JSON."""
    (project / "ask.mjs").write_text(script, "utf-8")
    command = ["node", "ask.mjs", *words]
    done = subprocess.run(command, cwd=project, input=given, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def ask(project: Path, questions: list[tuple[str, str, dict[str, object]]]) -> list[Json]:
    """Each of a service's address, a function of the client and its query."""
    return list(run(project, ASK, given=json.dumps(questions)))


def _installs(folder: Path) -> bool:
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), CLIENT]
    try:
        return subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False
