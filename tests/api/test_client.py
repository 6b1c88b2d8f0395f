"""The client library of the MOTIS project, from npm, unchanged, against the served API."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

CLIENT = "@motis-project/motis-client"
SCRIPT = """
import * as motis from '@motis-project/motis-client';
motis.client.setConfig({ baseUrl: process.argv[2] });
const told = {};
const ask = async (name, query) => {
  const { data, error } = await motis[name]({ query, throwOnError: false });
  told[name] = error ? { error } : data;
};
await ask('plan', { fromPlace: 't_A', toPlace: '47.75,-3.2798', time: '2026-06-03T06:00:00Z', maxTransfers: 0 });
await ask('stoptimes', { stopId: 't_A', time: '2026-06-03T06:00:00Z', n: 2 });
await ask('trip', { tripId: told.plan.itineraries[0].legs[0].tripId });
await ask('oneToAll', { one: 't_A', maxTravelTime: 30, time: '2026-06-03T06:00:00Z' });
await ask('stops', { min: '47,-4', max: '48,-3' });
await ask('geocode', { text: 'A' });
await ask('reverseGeocode', { place: '47.75,-3.36' });
await ask('initial', {});
await ask('rentals', {});
const unknown = await motis.stoptimes({ query: { stopId: 'nowhere' }, throwOnError: false });
told.unknown = { status: unknown.response?.status, error: unknown.error };
console.log(JSON.stringify(told));
"""


def _installs(folder: Path) -> bool:
    command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(folder), CLIENT]
    try:
        return subprocess.run(command, capture_output=True, timeout=120, check=False).returncode == 0
    except subprocess.TimeoutExpired:
        return False


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the client installed; HENT_NPM_PROJECT names one that is kept between runs."""
    if not (shutil.which("npm") and shutil.which("node")):
        pytest.skip("npm and node are not installed")
    kept = os.environ.get("HENT_NPM_PROJECT")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("npm")
    if not (folder / "node_modules" / CLIENT).exists() and not _installs(folder):
        pytest.skip(f"npm cannot install {CLIENT} here")
    return folder


@pytest.fixture(scope="module")
def url(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


def test_the_client_of_the_motis_project_works_unchanged(project: Path, url: str) -> None:
    (project / "ask.mjs").write_text(SCRIPT, "utf-8")
    done = subprocess.run(
        ["node", "ask.mjs", url], cwd=project, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert [leg["mode"] for leg in told["plan"]["itineraries"][0]["legs"]] == ["BUS", "WALK"]
    assert len(told["stoptimes"]["stopTimes"]) == 2
    assert told["trip"]["legs"][0]["displayName"] == "Bus1"
    assert {one["place"]["name"] for one in told["oneToAll"]["all"]} >= {"B", "C"}
    assert len(told["stops"]) == 7
    assert told["geocode"][0]["id"] == "t_A"
    assert told["reverseGeocode"][0]["id"] == "t_A"
    assert told["initial"]["serverConfig"]["hasStreetRouting"] is False
    assert told["rentals"]["stations"] == []
    assert told["unknown"] == {"status": 404, "error": told["unknown"]["error"]}
    assert told["unknown"]["error"]["error"] == "no such stop"
