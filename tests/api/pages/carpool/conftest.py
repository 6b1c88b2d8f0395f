"""The town of tests/api with a registry and a mail server, asked through its pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from api.config import Config
from api.config.carpool import MailSection
from api.web.storage import kept
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.pages.carpool.people import RIDE, published, sent, signed_in
from tests.mail import Inbox


def settings(inbox: Inbox) -> Config:
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    return config().model_copy(update={"mail": mail})


def app_with(territory: Territory, folder: Path, inbox: Inbox) -> Flask:
    return app_of(territory, settings=settings(inbox), kept=kept(settings(inbox), folder, {}))


@pytest.fixture
def pages(tmp_path: Path, territory: Territory, inbox: Inbox) -> Flask:
    return app_with(territory, tmp_path, inbox)


@pytest.fixture
def anna(pages: Flask, inbox: Inbox) -> CheckedClient:
    return signed_in(pages, inbox, "anna@example.org")


@pytest.fixture
def asked(pages: Flask, anna: CheckedClient, inbox: Inbox) -> tuple[CheckedClient, str]:
    """Ben, and the path of his ask for a seat in Anna's offer."""
    offer = published(anna)
    ben = signed_in(pages, inbox, "ben@example.org")
    answer = sent(ben, "/carpool/ask", RIDE | {"offer": offer, "seats": "1", "text": "Hello", "step": "send"})
    return ben, answer.headers["Location"].split("?")[0]
