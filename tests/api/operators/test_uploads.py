"""Uploads that mean harm, over HTTP: bombs, links, names that leave the archive, and bodies that never end."""

from __future__ import annotations

import io
import json
import socket
import stat
import time
import zipfile
from pathlib import Path

import pytest

from api.feeds.jobs import CHECKED, JOBS
from api.operators.uploads import drop_upload
from api.web.storage import Kept
from mobility.operators.jobs import Order, Verb
from mobility.operators.tokens import Role
from tests.api.conftest import STOPS
from tests.api.operators.test_operators import bearing, client_of, done, stored, town_in_service, zipped
from tests.api.serving import serving
from tests.api.test_config import MINIMAL

__all__ = ["stored", "town_in_service"]
SLOW = "[limits]\nfetch_s = 1\n"


def link() -> zipfile.ZipInfo:
    found = zipfile.ZipInfo("levels.txt")
    found.external_attr, found.create_system = (stat.S_IFLNK | 0o777) << 16, 3
    return found


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("levels.txt", b"0" * 2**24, "unpacks to more than"),
        (link(), b"/etc/passwd", "levels.txt: is a link"),
        ("../levels.txt", b"x", "a name that leaves the archive"),
        ("/etc/levels.txt", b"x", "a name that leaves the archive"),
    ],
    ids=["bomb", "link", "parent", "root"],
)
def test_an_upload_that_means_harm_is_refused_and_changes_nothing(
    stored: Kept, tmp_path: Path, name: str | zipfile.ZipInfo, content: bytes, reason: str
) -> None:
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    before = client.get("/api/operators/feeds", headers=headers).get_json()["loaded"]
    packed = io.BytesIO(zipped(tmp_path / "new", STOPS))
    with zipfile.ZipFile(packed, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    sent = {"data": packed.getvalue(), "content_type": "application/zip", "headers": headers}
    job = done(client, client.post("/api/operators/feeds/t/upload", **sent), headers)
    assert (job["state"], job["result"]["type"]) == ("failed", "/problems/unreadable-feed")
    assert reason in json.dumps(job["result"])
    assert client.get("/api/operators/feeds", headers=headers).get_json()["loaded"] == before
    assert list((stored.data / JOBS).glob("*.zip")) == []


def test_a_body_that_trickles_in_is_ended_by_the_clock(stored: Kept, tmp_path: Path) -> None:
    token = bearing(stored, Role.LOAD, days=400, now=int(time.time()))["Authorization"]
    settings = tmp_path / "config.toml"
    settings.write_text(MINIMAL + SLOW)
    head = f"POST /api/operators/feeds/t/upload HTTP/1.1\r\nHost: hent\r\nAuthorization: {token}\r\n"
    with serving(stored.data, settings, workers=1) as served, connected(served.port) as connection:
        connection.sendall(f"{head}Content-Type: application/zip\r\nContent-Length: 99999\r\n\r\n".encode())
        answer = trickle(connection)
    assert answer.startswith(b"HTTP/1.1 408 "), answer
    assert list((stored.data / JOBS).iterdir()) == []


@pytest.mark.parametrize(("verb", "stays"), [(Verb.CHECK, False), (Verb.LOAD, True)])
def test_an_order_that_is_refused_leaves_no_file_unless_it_was_checked_before(
    tmp_path: Path, verb: Verb, stays: bool
) -> None:
    file = tmp_path / JOBS / CHECKED / "a.zip"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    drop_upload(tmp_path, Order(verb, "t", str(file)))
    assert file.exists() is stays


def connected(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port))


def trickle(connection: socket.socket, longest_s: float = 15) -> bytes:
    """A byte every tenth of a second until there is an answer."""
    connection.settimeout(0.1)
    until_s = time.monotonic() + longest_s
    while time.monotonic() < until_s:
        try:
            return connection.recv(4096)
        except TimeoutError:
            connection.sendall(b"x")
    raise AssertionError("no answer")
