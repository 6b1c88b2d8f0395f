"""The operators' interface: who may come in, and the verbs as jobs in processes of their own."""

from __future__ import annotations

import io
import os
import shutil
import time
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event
from werkzeug.test import TestResponse

from api.app import create_app
from api.config import Config
from api.feeds.jobs import JOBS
from api.territory.in_service import Following
from api.web.storage import Kept, kept
from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.lock import alone
from mobility.feeds.reload import reload
from mobility.operators.tokens import Operators, Role
from tests.api.conftest import LINES, STOPS, config
from tests.town import FOR_LONG, ZONE, moment, write_town

NOW = moment("2026-06-03 7:55")
LONGEST_S = 60
ANYTHING = [
    ("GET", "/api/operators/feeds"),
    ("DELETE", "/api/operators/feeds/t"),
    ("POST", "/api/operators/feeds/t/upload"),
    ("GET", "/api/operators/nothing"),
    ("PUT", "/api/operators"),
    ("GET", "/api/operators/feeds?odd=1"),
    ("OPTIONS", "/api/operators/log"),
]


def settings(**limits: int) -> Config:
    found = config()
    return found.model_copy(update={"limits": found.limits.model_copy(update=limits), "feeds": ()})


@pytest.fixture(scope="module")
def town_in_service(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """As feed `t`."""
    folder = tmp_path_factory.mktemp("operators")
    feed = Incoming(FeedSource("t", "test"), str(write_town(folder / "town", STOPS, LINES)))
    reload(LoadContext(folder / "data", BuildInputs(ZONE), date(2026, 6, 1)), [feed])
    kept(settings(), folder / "data", {}).store.close()
    return folder / "data"


@pytest.fixture
def stored(town_in_service: Path, tmp_path: Path) -> Iterator[Kept]:
    """A town of one's own."""
    found = kept(settings(), shutil.copytree(town_in_service, tmp_path / "data"), {})
    yield found
    found.store.close()


def client_of(stored: Kept, **limits: int) -> FlaskClient:
    chosen = settings(**limits)
    return create_app(chosen, Following(stored.data, chosen), lambda: NOW, stored).test_client()


def bearing(stored: Kept, role: Role, days: int = 30, now: int = NOW) -> dict[str, str]:
    token = Operators(stored.store).add(f"{role.name} for {days} from {now}", role, days, now)
    return {"Authorization": f"Bearer {token}"}


def zipped(folder: Path, stops: str, until: str = "") -> bytes:
    """until: its last day, `20260101`."""
    written, packed = write_town(folder, stops, LINES), io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for file in sorted(written.iterdir()):
            text = file.read_text("utf-8")
            archive.writestr(file.name, text.replace(FOR_LONG[1], until) if until else text)
    return packed.getvalue()


def done(client: FlaskClient, began: TestResponse, headers: dict[str, str]) -> Any:
    """The job once it has ended."""
    assert began.status_code == 202, began.text
    until_s = time.monotonic() + LONGEST_S
    while (job := client.get(began.headers["Location"], headers=headers).get_json())["state"] == "running":
        assert time.monotonic() < until_s, job
        time.sleep(0.1)
    return job


@pytest.mark.parametrize(("method", "path"), ANYTHING)
def test_who_bears_no_good_token_is_refused_in_the_same_words(stored: Kept, method: str, path: str) -> None:
    client = client_of(stored)
    expired = bearing(stored, Role.ADMIN, days=1, now=NOW - 2 * 86_400)
    revoked = bearing(stored, Role.ADMIN)
    Operators(stored.store).revoke(f"ADMIN for 30 from {NOW}", NOW)
    wrong = [{}, {"Authorization": "Bearer hent_wrong"}, {"Authorization": "Basic eDp5"}, expired, revoked]
    answers = [client.open(path, method=method, headers=headers) for headers in wrong]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert len({tuple(sorted(answer.headers.items())) for answer in answers}) == 1


def test_who_bears_no_token_is_told_of_a_token_and_not_of_a_session(stored: Kept) -> None:
    answer = client_of(stored).get("/api/operators", headers={"Accept-Language": "fr"})
    problem = answer.get_json()
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (problem["type"], problem["title"]) == (
        "/problems/token-needed",
        "Il faut une clé d’accès d’exploitant",
    )
    assert "une clé d’accès d’exploitant (Authorization: Bearer)" in problem["detail"]
    assert "session" not in answer.text


def test_every_refusal_costs_the_same_work(stored: Kept) -> None:
    client, asked = client_of(stored), []
    event.listen(stored.store.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    works = []
    for headers in ({}, {"Authorization": "Bearer x"}, bearing(stored, Role.READ, days=1, now=NOW - 2 * 86_400)):
        asked.clear()
        assert client.get("/api/operators/feeds", headers=headers).status_code == 401
        works.append([*asked])
    assert works[0] == works[1] == works[2]


def test_guessing_runs_out_of_tries_and_a_minute_later_has_some_again(stored: Kept) -> None:
    client, good = client_of(stored, guesses_per_minute=3), bearing(stored, Role.READ)
    guesses = [client.get("/api/operators/feeds", headers={"Authorization": "Bearer x"}) for _ in range(5)]
    assert [answer.status_code for answer in guesses] == [401, 401, 401, 429, 429]
    assert int(guesses[-1].headers["Retry-After"]) > 0
    assert client.get("/api/operators/feeds", headers=good).status_code == 429
    later = create_app(settings(), Following(stored.data, settings()), lambda: NOW + 60, stored).test_client()
    assert later.get("/api/operators/feeds", headers=good).status_code == 200


def test_a_good_token_may_ask_often(stored: Kept) -> None:
    client, good = client_of(stored, guesses_per_minute=3), bearing(stored, Role.READ)
    assert {client.get("/api/operators/me", headers=good).status_code for _ in range(8)} == {200}


@pytest.mark.parametrize(
    ("role", "method", "path", "least"),
    [
        (Role.READ, "POST", "feeds/t/fetch", "load"),
        (Role.READ, "POST", "feeds/t/upload", "load"),
        (Role.READ, "DELETE", "jobs/00", "load"),
        (Role.LOAD, "DELETE", "feeds/t", "admin"),
        (Role.LOAD, "GET", "log", "admin"),
    ],
)
def test_a_role_reaches_so_far_and_no_farther(stored: Kept, role: Role, method: str, path: str, least: str) -> None:
    answer = client_of(stored).open(f"/api/operators/{path}", method=method, headers=bearing(stored, role))
    assert (answer.status_code, answer.get_json()["least"]) == (403, least)


def test_an_operator_sees_feeds_versions_and_reports(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.READ)
    (feed,) = client.get("/api/operators/feeds", headers=headers).get_json()["loaded"]
    shown = client.get("/api/operators/feeds/t", headers=headers).get_json()
    assert (feed["id"], shown["inService"], shown["report"]["accepted"]) == ("t", True, True)
    out = client.get("/api/operators/feeds/t/export", headers=headers)
    assert zipfile.ZipFile(io.BytesIO(out.data)).testzip() is None


def test_an_upload_is_loaded_compared_and_rolled_back_and_all_of_it_is_logged(stored: Kept, tmp_path: Path) -> None:
    client, headers = client_of(stored), bearing(stored, Role.ADMIN)
    packed = zipped(tmp_path / "new", STOPS.replace("E 9 0", "E 9 0.5"))
    sent = client.post(
        "/api/operators/feeds/t/upload?licence=test", data=packed, content_type="application/zip", headers=headers
    )
    loaded = done(client, sent, headers)
    assert (loaded["state"], loaded["share"], loaded["result"]["state"]) == ("done", 1.0, "published"), loaded
    told = done(client, client.post("/api/operators/feeds/t/diff", json={}, headers=headers), headers)
    assert told["result"]["stops"]["moved"] == [{"name": "E", "metres": 500}]
    back = done(client, client.post("/api/operators/feeds/t/rollback", json={}, headers=headers), headers)
    assert back["result"]["feeds"][0]["sha256"] == told["result"]["before"]
    log = client.get("/api/operators/log", headers=headers).get_json()["actions"]
    assert [(one["verb"], one["outcome"]) for one in log] == [
        *(("rollback", "done"), ("rollback", "asked"), ("diff", "done"), ("diff", "asked")),
        *(("load", "done"), ("load", "asked")),
    ]
    assert {one["operator"] for one in log} == {f"ADMIN for 30 from {NOW}"}
    assert list((stored.data / JOBS).glob("*.zip")) == []


def test_a_feed_that_is_refused_says_why_and_changes_nothing(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    before = client.get("/api/operators/feeds", headers=headers).get_json()["loaded"]
    sent = client.post("/api/operators/feeds/t/upload", data=b"no zip", content_type="application/zip", headers=headers)
    job = done(client, sent, headers)
    assert (job["state"], job["result"]["type"]) == ("failed", "/problems/unreadable-feed")
    assert client.get("/api/operators/feeds", headers=headers).get_json()["loaded"] == before


def test_a_job_is_ended_by_whoever_may_begin_one(stored: Kept, tmp_path: Path) -> None:
    client, headers = client_of(stored), bearing(stored, Role.ADMIN)
    packed = zipped(tmp_path / "new", STOPS.replace("E 9 0", "E 9 0.5"))
    upload = {"data": packed, "content_type": "application/zip", "headers": headers}
    with alone(stored.data, lambda progress: None):  # so small a feed is loaded before anybody could end that
        sent = client.post("/api/operators/feeds/t/upload", **upload)
        assert client.delete(sent.headers["Location"], headers=headers).status_code == 200
    assert done(client, sent, headers)["state"] == "cancelled"
    assert client.delete(sent.headers["Location"], headers=headers).status_code == 409
    log = client.get("/api/operators/log", headers=headers).get_json()["actions"]
    assert {one["verb"] for one in log} == {"cancel", "load"}


def test_what_killed_jobs_left_is_gone_a_day_later(stored: Kept) -> None:
    client, headers = client_of(stored, zip_mib=1), bearing(stored, Role.LOAD)
    left = stored.data / JOBS / "0123.zip"
    left.parent.mkdir()
    left.touch()
    os.utime(left, (time.time() - 2 * 86_400,) * 2)
    too_large = {"data": b"x" * (2**20 + 1), "content_type": "application/zip"}
    assert client.post("/api/operators/feeds/t/upload", headers=headers, **too_large).status_code == 413
    assert not left.exists()


def test_an_address_of_the_machine_itself_is_not_loaded(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    asked = {"url": "http://localhost:9/feed.zip"}
    job = done(client, client.post("/api/operators/feeds/t/load", json=asked, headers=headers), headers)
    reason = "cannot be fetched: localhost: is no public address; a host of one's own is named in config.toml"
    assert (job["state"], job["result"]["reason"]) == ("failed", reason)


def test_an_upload_beyond_the_limit_leaves_nothing_behind(stored: Kept) -> None:
    client, headers = client_of(stored, zip_mib=1), bearing(stored, Role.LOAD)
    for stream in (False, True):
        body = io.BytesIO(b"x" * (2**20 + 1))
        more = {"wsgi.input_terminated": True} if stream else {}
        sent = client.post(
            *("/api/operators/feeds/t/upload",), input_stream=body, headers=headers, environ_overrides=more,
            content_type="application/zip", content_length=None if stream else 2**20 + 1,
        )  # fmt: skip
        assert sent.status_code == 413
    assert list((stored.data / JOBS).glob("*")) == []


@pytest.mark.parametrize("feed", ["..", "T", "a_b", "%2e%2e%2fetc"])
def test_what_cannot_be_the_id_of_a_feed_is_refused(stored: Kept, feed: str) -> None:
    answer = client_of(stored).get(f"/api/operators/feeds/{feed}", headers=bearing(stored, Role.READ))
    assert answer.status_code in (400, 404)


def test_a_path_of_the_machine_is_no_feed(stored: Kept) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    for url in ("/etc/passwd", "file:///etc/passwd", str(stored.data / "town")):
        assert client.post("/api/operators/feeds/t/load", json={"url": url}, headers=headers).status_code == 400


def test_the_interface_is_shut_without_a_database(stored: Kept) -> None:
    app = create_app(settings(), Following(stored.data, settings()), lambda: NOW)
    assert app.test_client().get("/api/operators/feeds").status_code == 503


def test_what_reaches_less_far_is_held_back_until_somebody_says_force(stored: Kept, tmp_path: Path) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    packed = zipped(tmp_path / "new", STOPS, until="20260101")

    def uploaded(query: str) -> Any:
        path = f"/api/operators/feeds/t/upload?licence=test{query}"
        began = client.post(path, data=packed, content_type="application/zip", headers=headers)
        return done(client, began, headers)["result"]

    held = uploaded("")
    assert (held["type"], held["feeds"], held["reasons"]) == ("/problems/held-back", ["t"], ["ended"])
    assert held["report"]["accepted"]
    forced = uploaded("&force=true")
    assert (forced["state"], forced["forced"][0]["version"]) == ("published", held["versions"][0])
    assert client.post("/api/operators/feeds/t/upload?force=x", headers=headers).status_code == 400
