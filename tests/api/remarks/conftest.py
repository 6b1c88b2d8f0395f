"""A town where people say what is wrong and operators are at their page."""

from __future__ import annotations

import html
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.app import create_app
from api.carpool.carpooling import post
from api.config import Config
from api.config.carpool import MailSection
from api.operators.remark_acts import RemarkDesk
from api.territory.in_service import Following
from api.web.storage import Kept
from mobility.operators.tokens import Operators, Role
from mobility.storage.store import Store
from tests.api.operators.test_operators import NOW, settings, town_in_service
from tests.api.operators.test_page import PAGE, sent
from tests.api.people import SEALING
from tests.mail import Inbox, mail_server

__all__ = ["town_in_service"]
STOP = {"about": "stop", "id": "t_A"}


@pytest.fixture
def inbox() -> Iterator[Inbox]:
    with mail_server() as found:
        yield found


@dataclass
class Desk:
    """now: epoch seconds, which a test may move on."""

    kept: Kept
    config: Config
    now: int = NOW
    clients: dict[str, FlaskClient] = field(default_factory=dict)

    def app(self) -> FlaskClient:
        return create_app(
            self.config, Following(self.kept.data, self.config), lambda: self.now, self.kept
        ).test_client()

    @property
    def person(self) -> FlaskClient:
        return self.clients.setdefault("person", self.app())

    def operator(self, role: Role = Role.LOAD) -> FlaskClient:
        if role.name not in self.clients:
            token = Operators(self.kept.store).add(role.name.title(), role, 120, self.now)
            self.clients[role.name] = self.app()
            self.clients[role.name].post("/operateurs/session", data={"token": token})
        return self.clients[role.name]

    def say(self, status: int = 200, headers: dict[str, str] | None = None, **fields: str) -> TestResponse:
        typed = {**STOP, "kind": "damage", "text": "L’abri est cassé", "step": "send", **fields}
        answer = self.person.post("/remarks/new", data=typed, headers={**PAGE, **(headers or {})})
        assert answer.status_code == status, answer.text
        return answer

    def code(self, **fields: str) -> str:
        return code_in(self.say(**fields).text)

    def follow(self, code: str, status: int = 200, **fields: str) -> str:
        answer = self.person.post("/remarks", data={"code": code, **fields}, headers=PAGE)
        assert answer.status_code == status, answer.text
        return answer.text

    def id(self) -> str:
        """Of the latest remark."""
        return self.desk.remarks.every()[0].id

    @property
    def desk(self) -> RemarkDesk:
        return RemarkDesk(self.config, self.kept, post(self.config), "test", lambda: self.now)

    def do(self, act: str, status: int = 303, **fields: str) -> TestResponse:
        return sent(self.operator(), f"/remarks/{self.id()}/{act}", status, **fields)

    def open(self, role: Role = Role.LOAD, status: int = 200) -> str:
        answer = self.operator(role).get(f"/operateurs/remarks/{self.id()}", headers=PAGE)
        assert answer.status_code == status
        return answer.text


def code_in(page: str) -> str:
    found = re.search(r'class="code">([^<]+)<', page)
    assert found, page
    return found[1]


def field_of(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*?value="([^"]*)"', page)
    return html.unescape(found[1]) if found else ""


MakeDesk = Callable[..., Desk]


@pytest.fixture
def make_desk(town_in_service: Path, tmp_path: Path, store: Store, inbox: Inbox) -> MakeDesk:
    """limits, or mail=False."""
    data = shutil.copytree(town_in_service, tmp_path / "data")

    def make(mail: bool = True, **limits: int) -> Desk:
        section = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
        config = settings(**limits).model_copy(update={"mail": section if mail else None})
        return Desk(Kept(store, SEALING, data), config)

    return make


@pytest.fixture
def desk(make_desk: MakeDesk) -> Desk:
    return make_desk()
