"""Somebody who works on /operateurs without a script: signed in, with forms sent and jobs waited for."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.web.storage import Kept
from mobility.operators.tokens import Operators, Role
from tests.api.conftest import STOPS
from tests.api.operators.test_operators import LONGEST_S, NOW, client_of, zipped

PAGE = {"Accept": "text/html"}


def other(folder: Path) -> bytes:
    """The town with one stop elsewhere."""
    return zipped(folder / "town", STOPS.replace("N 3 4", "N 3 4.6"))


def token_of(stored: Kept, role: Role) -> str:
    return Operators(stored.store).add(role.name.title(), role, 30, NOW)


def signed_in(stored: Kept, role: Role = Role.LOAD, **limits: int) -> FlaskClient:
    client = client_of(stored, **limits)
    answer = client.post("/operateurs/session", data={"token": token_of(stored, role)})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/operateurs")
    return client


def key(page: TestResponse) -> str:
    found = re.search(r'name="key" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def sent(client: FlaskClient, path: str, status: int = 303, **fields: object) -> TestResponse:
    data = {"key": key(client.get("/operateurs")), **fields}
    answer = client.post(f"/operateurs{path}", data=data, headers=PAGE)
    assert answer.status_code == status, answer.text
    return answer


def ended(client: FlaskClient, began: TestResponse) -> str:
    """The page of the job once it has ended."""
    until_s = time.monotonic() + LONGEST_S
    while "data-runs" in (page := client.get(began.headers["Location"])).text:
        assert time.monotonic() < until_s, page.text
        time.sleep(0.05)
    return page.text


def checked(client: FlaskClient, content: bytes, **fields: str) -> TestResponse:
    return sent(client, "/check", feed="t", file=(io.BytesIO(content), "t.zip"), **fields)


def job_of(answer: TestResponse) -> str:
    return answer.headers["Location"].rpartition("/")[2]
