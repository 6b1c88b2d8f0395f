"""The client library of the MOTIS project, from npm, unchanged, against the served API."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask
from werkzeug.serving import make_server

from tests.api.npm import run

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
const span = { startTime: '2026-06-03T06:00:00Z', endTime: '2026-06-03T06:05:00Z' };
await ask('trips', { min: '47,-4', max: '48,-3', zoom: 12, ...span });
await ask('geocode', { text: 'A' });
await ask('reverseGeocode', { place: '47.75,-3.36' });
await ask('initial', {});
await ask('rentals', {});
const unknown = await motis.stoptimes({ query: { stopId: 'nowhere' }, throwOnError: false });
told.unknown = { status: unknown.response?.status, error: unknown.error };
console.log(JSON.stringify(told));
"""


@pytest.fixture(scope="module")
def url(app: Flask) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join(10)


def test_the_client_of_the_motis_project_works_unchanged(npm_project: Path, url: str) -> None:
    told = run(npm_project, SCRIPT, url)
    assert [leg["mode"] for leg in told["plan"]["itineraries"][0]["legs"]] == ["BUS", "WALK"]
    assert len(told["stoptimes"]["stopTimes"]) == 2
    assert told["trip"]["legs"][0]["displayName"] == "Bus1"
    assert {one["place"]["name"] for one in told["oneToAll"]["all"]} >= {"B", "C"}
    assert len(told["stops"]) == 7
    assert [one["trips"][0]["displayName"] for one in told["trips"]] == ["Bus1"]
    assert told["geocode"][0]["id"] == "t_A"
    assert told["reverseGeocode"][0]["id"] == "t_A"
    assert told["initial"]["serverConfig"]["hasStreetRouting"] is False
    assert told["rentals"]["stations"] == []
    assert told["unknown"] == {"status": 404, "error": told["unknown"]["error"]}
    assert told["unknown"]["error"]["error"] == "arrêt introuvable"
