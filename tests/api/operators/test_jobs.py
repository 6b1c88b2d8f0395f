"""The verbs that begin jobs, and what the log says of those that were cancelled or killed."""

from __future__ import annotations

import fcntl
import io
import os
import signal
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.config.feeds import FeedSection, GoldenSection
from api.feeds import jobs
from api.feeds.chores import Watched, chores
from api.territory.in_service import Following
from api.web.storage import Kept
from mobility.mail import NoPost
from mobility.operators.jobs import JobState
from mobility.operators.log import actions
from mobility.operators.tokens import Role
from tests.api.conftest import STOPS
from tests.api.feeds.test_jobs import process_of
from tests.api.operators.test_operators import (
    LONGEST_S,
    NOW,
    bearing,
    client_of,
    done,
    settings,
    stored,
    town_in_service,
    zipped,
)
from tests.api.terminal import Publisher

__all__ = ["stored", "town_in_service"]
FEED = "/api/operators/feeds/t"


@pytest.fixture
def held(stored: Kept) -> Iterator[None]:
    """Another load is under way, so that jobs wait."""
    with (stored.data / ".loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def upload(client: FlaskClient, headers: dict[str, str], folder: Path, path: str = FEED) -> TestResponse:
    packed = zipped(folder, STOPS.replace("E 9 0", "E 9 0.5"))
    return client.post(f"{path}/upload?licence=test", data=packed, content_type="application/zip", headers=headers)


def waiting(client: FlaskClient, headers: dict[str, str], folder: Path) -> Any:
    began, until_s = upload(client, headers, folder), time.monotonic() + LONGEST_S
    while not (job := client.get(began.headers["Location"], headers=headers).get_json())["step"].startswith("waiting"):
        assert time.monotonic() < until_s, job
        time.sleep(0.05)
    return job


def logged(stored: Kept) -> list[tuple[str, str, str]]:
    return [(one.operator[:4], one.verb, one.outcome) for one in actions(stored.store)]


def test_a_feed_is_fetched_from_the_address_of_the_config(stored: Kept, tmp_path: Path) -> None:
    publisher = Publisher(zipped(tmp_path / "new", STOPS.replace("E 9 0", "E 9 0.5")))
    Thread(target=publisher.server.serve_forever, daemon=True).start()
    feed = FeedSection(id="t", licence="test", url=publisher.address)
    chosen = settings().model_copy(update={"feeds": (feed,), "golden": ()})
    client = create_app(chosen, Following(stored.data, chosen), lambda: NOW, stored).test_client()
    headers = bearing(stored, Role.LOAD)
    fetched = done(client, client.post(f"{FEED}/fetch", headers=headers), headers)
    assert (fetched["state"], fetched["result"]["state"], publisher.asked) == ("done", "published", 1)
    publisher.server.shutdown()


def test_a_job_that_golden_queries_bar_tells_what_travellers_lose(stored: Kept, tmp_path: Path) -> None:
    at_night = GoldenSection.model_validate({"from": "t_A", "to": "t_C", "at": "03:00"})
    feed = FeedSection(id="t", licence="test", url="https://feeds.example/t.zip")
    chosen = settings().model_copy(update={"feeds": (feed,), "golden": (at_night,)})
    client = create_app(chosen, Following(stored.data, chosen), lambda: NOW, stored).test_client()
    headers = bearing(stored, Role.LOAD)
    job = done(client, upload(client, headers, tmp_path / "new"), headers)
    assert job["result"]["type"] == "/problems/not-answered"
    (loss,) = job["result"]["losses"]
    assert (loss["feed"], loss["lines"], job["result"]["report"]["accepted"]) == ("t", [], True)


def test_what_has_no_address_cannot_be_fetched(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    job = done(client, client.post(f"{FEED}/fetch", headers=headers), headers)
    assert (job["state"], job["result"]["type"]) == ("failed", "/problems/not-found")


def test_a_feed_is_taken_out_but_never_the_last(stored: Kept, tmp_path: Path) -> None:
    client, headers = client_of(stored), bearing(stored, Role.ADMIN)
    assert done(client, upload(client, headers, tmp_path / "new", f"{FEED}2"), headers)["state"] == "done"
    gone = done(client, client.delete(f"{FEED}2", headers=headers), headers)
    assert gone["state"] == "done", gone
    assert [one["id"] for one in client.get("/api/operators/feeds", headers=headers).get_json()["loaded"]] == ["t"]
    last = done(client, client.delete(FEED, headers=headers), headers)
    assert (last["state"], last["result"]["type"]) == ("failed", "/problems/wrong-state")


def test_a_feed_as_served_is_made_once_somebody_asks(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.READ)
    served, until_s = f"{FEED}/export?form=served", time.monotonic() + LONGEST_S
    first = client.get(served, headers=headers)
    assert first.status_code == 503 and int(first.headers["Retry-After"]) > 0
    while (answer := client.get(served, headers=headers)).status_code == 503:
        assert time.monotonic() < until_s
        time.sleep(0.2)
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert {"stops.txt", "trips.txt", "stop_times.txt"} <= set(names)
    assert client.get(f"{FEED}/export?form=other", headers=headers).status_code == 400


@pytest.mark.usefixtures("held")
def test_a_cancelled_job_has_its_end_in_the_log(stored: Kept, tmp_path: Path) -> None:
    client, headers = client_of(stored), bearing(stored, Role.ADMIN)
    job = waiting(client, headers, tmp_path / "new")
    client.delete(f"/api/operators/jobs/{job['id']}", headers=headers)
    until_s = time.monotonic() + LONGEST_S
    while jobs.job(stored.data, job["id"]).state is JobState.RUNNING:
        assert time.monotonic() < until_s
        time.sleep(0.05)
    assert logged(stored) == [("ADMI", "load", "cancelled"), ("ADMI", "cancel", "done"), ("ADMI", "load", "asked")]


@pytest.mark.usefixtures("held")
@pytest.mark.parametrize("looks", ["operator", "chore"])
def test_a_killed_job_has_its_end_in_the_log_once_somebody_looks(stored: Kept, tmp_path: Path, looks: str) -> None:
    client, headers = client_of(stored), bearing(stored, Role.ADMIN)
    job = waiting(client, headers, tmp_path / "new")
    os.kill(process_of(jobs.job(stored.data, job["id"])), signal.SIGKILL)
    until_s = time.monotonic() + LONGEST_S
    while jobs.job(stored.data, job["id"]).state is JobState.RUNNING:
        assert time.monotonic() < until_s
        time.sleep(0.05)
    for _ in range(2):
        if looks == "operator":
            assert client.get(f"/api/operators/jobs/{job['id']}", headers=headers).get_json()["state"] == "lost"
        else:
            watched = Watched(settings(), stored.data, stored.store, NoPost())
            next(one for one in chores(watched) if one.name == "lost jobs").work(NOW)
    assert logged(stored) == [("ADMI", "load", "lost"), ("ADMI", "load", "asked")]


def test_one_job_works_some_wait_and_one_more_is_told_to_come_again(stored: Kept, held: None, tmp_path: Path) -> None:
    client, headers = client_of(stored, jobs=2), bearing(stored, Role.LOAD)
    began = [client.post(f"{FEED}/rollback", json={}, headers=headers) for _ in range(2)]
    assert [answer.status_code for answer in began] == [202, 202]
    for answer in (client.post(f"{FEED}/rollback", json={}, headers=headers), upload(client, headers, tmp_path / "n")):
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "30")
        assert answer.get_json()["type"] == "/problems/too-many-requests"
    assert not list((stored.data / jobs.JOBS).glob("*.zip"))
    for answer in began:
        client.delete(answer.headers["Location"], headers=headers)
    for answer in began:
        assert done(client, answer, headers)["state"] == "cancelled"
