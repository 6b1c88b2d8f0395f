"""The timetables among the open data: their versions, reports, and what changed from one to the next."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.portal.products import make
from api.territory.in_service import Following
from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from mobility.feeds.versions import stored_feed
from mobility.network.network import FeedVersion
from tests.api.conftest import LINES, STOPS, config
from tests.api.portal.conftest import rows
from tests.town import ZONE, write_town


def test_the_latest_file_is_at_an_address_that_stays(client: FlaskClient) -> None:
    (version,) = client.get("/data/gtfs/lorient/versions.json").json
    latest = client.get("/data/gtfs/lorient/latest.zip")
    assert hashlib.sha256(latest.data).hexdigest() == version["sha256"], "as published, byte for byte"
    assert latest.headers["Content-Location"] == version["url"]
    assert "no-cache" in latest.headers["Cache-Control"], "tomorrow it may be another"
    same = client.get("/data/gtfs/lorient/latest.zip", headers={"If-None-Match": latest.headers["ETag"]})
    assert (same.status_code, same.data) == (304, b"")
    assert client.get("/data/gtfs/nobody/latest.zip").status_code == 404


def test_every_version_has_an_address_for_good(client: FlaskClient) -> None:
    (version,) = client.get("/data/gtfs/lorient/versions.json").json
    answer = client.get(version["url"])
    assert version["inService"]
    assert len(answer.data) == version["bytes"]
    assert client.get(version["url"].replace(version["sha256"], version["sha256"][:8])).status_code == 404
    assert "max-age=86400" in answer.headers["Cache-Control"]


def test_a_version_has_its_report_and_what_changed_since_the_one_before(client: FlaskClient) -> None:
    (version,) = client.get("/data/gtfs/lorient/versions.json").json
    assert client.get(version["report"]).json == client.get("/data/gtfs/lorient/report.json").json
    assert version["notices"]["ERROR"] == 0
    assert client.get("/data/files/lorient.diffs.json").json == []


@pytest.mark.parametrize(("language", "words"), [("fr", "Que faire"), ("br", "Petra ober"), ("en", "What to do")])
def test_a_report_reads_as_a_page_that_says_what_to_do(client: FlaskClient, language: str, words: str) -> None:
    told = client.get(f"/data/gtfs/lorient/report.html?lang={language}").text
    counted = client.get("/data/gtfs/lorient/report.json").json["notices"]
    assert told.count(words) == len(counted) > 0
    assert all(f'id="{one["code"]}"' in told for one in counted)


LATER, LATEST = LINES.replace("8:30  8:50", "8:35  8:55"), LINES.replace("8:30  8:50", "8:40  8:55")


def loaded(folder: Path, *versions: str) -> list[FeedVersion]:
    """Versions of a feed, one after the other; the folder of all state is `data` in it."""
    at = LoadContext(folder / "data", BuildInputs(ZONE), date(2026, 6, 1))
    towns = (write_town(folder / str(number), STOPS, lines) for number, lines in enumerate(versions))
    return [reload(at, [Incoming(FeedSource("t", "test"), str(town))]).feeds[0] for town in towns]


def changes(data: Path) -> Any:
    folder = make(data, config(), Following(data, config()).territory())
    return json.loads((folder / "t.diffs.json").read_bytes())


def test_a_kept_version_that_cannot_be_read_bars_no_file(tmp_path: Path) -> None:
    """Of three versions the second is damaged: what changed from the first to the third is told."""
    first, second, third = loaded(tmp_path, LINES, LATER, LATEST)
    stored_feed(tmp_path / "data", "t", second.sha256).write_bytes(b"no zip")
    assert [(one["before"], one["after"]) for one in changes(tmp_path / "data")] == [(first.sha256, third.sha256)]


def test_a_new_version_tells_what_changed(tmp_path: Path) -> None:
    loaded(tmp_path, LINES, LATER)
    (change,) = changes(tmp_path / "data")
    assert change["lines"]["changed"][0] == {
        "line": "Boat2",
        "day": "weekday",
        "before": {"trips": 2, "first": "8:30", "last": "9:30"},
        "after": {"trips": 2, "first": "8:35", "last": "9:30"},
    }


@pytest.mark.parametrize(
    "path", ["catalog.json", "catalog.ttl", "gtfs/lorient/versions.json", "gtfs/lorient/report.json"]
)
def test_who_has_a_list_already_is_told_that_it_is_unchanged(client: FlaskClient, path: str) -> None:
    whole = client.get(f"/data/{path}")
    assert "ETag" in whole.headers["Access-Control-Expose-Headers"]
    assert client.get(f"/data/{path}", headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_a_feed_is_described_in_a_file_and_on_the_page_of_its_report(client: FlaskClient) -> None:
    told, lines = client.get("/data/files/lorient.description.json").json, rows(client, "indicators_lines.csv")
    assert [one["date"] for one in told["days"]] == sorted({row["date"] for row in lines})
    tuesday = [row for row in lines if row["date"] == "2026-11-24"]
    assert told["days"][0]["trips"] == sum(int(row["trips"]) for row in tuesday)
    assert told["days"][0]["lines"] == len(tuesday)
    assert f"<td>{told['days'][0]['trips']}</td>" in client.get("/data/gtfs/lorient/report.html").text
