"""docs/api.md names every resource for programs, and its commands work as they stand, before a real server."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import orjson
import pytest
from flask import Flask

from api.app import create_app
from api.config import Config, read_config
from api.config.carpool import MailSection
from api.config.covoiturage import CovoiturageSection
from api.portal.products import make
from api.territory.in_service import Following
from api.web.storage import Kept, kept
from mobility.operators.tokens import Operators, Role
from tests.api.conftest import ROOT
from tests.api.resources import resources
from tests.api.serving import serving_app
from tests.demo_in_service import demo_in_service
from tests.mail import Inbox, mail_server

PAGE = (ROOT / "docs" / "api.md").read_text("utf-8")
NAMED = re.compile(r"`(GET|POST|PATCH|DELETE) (/\S+)`")
COMMANDS = re.findall(r"(?m)^curl .*$", PAGE)
SETTINGS = "\n".join(re.findall(r"(?ms)^\w+='.*?'$", PAGE))
CURL = 'curl() { command curl --silent --show-error --fail-with-body --max-time 30 "$@"; }'
Json = Any


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> tuple[Config, Kept]:
    """The demo territory with its open data, a mail server and a name among carpool operators."""
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    sections = {"mail": mail, "covoiturage": CovoiturageSection(operator="hent.example.org")}
    config = read_config(ROOT / "config.toml").model_copy(update=sections)
    data = demo_in_service(tmp_path_factory)
    territory = Following(data, config).territory()
    make(data, config, territory)
    return config, kept(config, data, {})


@pytest.fixture(scope="module")
def app(stored: tuple[Config, Kept]) -> Flask:
    config, store = stored
    return create_app(config, Following(store.data, config), kept=store)


def test_the_page_names_every_resource_and_no_other(app: Flask) -> None:
    assert set(NAMED.findall(PAGE)) == resources(app)


@pytest.mark.skipif(shutil.which("curl") is None, reason="no curl on this machine")
def test_every_command_of_the_page_works_as_it_stands(
    app: Flask, stored: tuple[Config, Kept], inbox: Inbox, tmp_path: Path
) -> None:
    token = Operators(stored[1].store).add("anna", Role.LOAD, 1, int(time.time()))
    known, failed = {"token": token}, []
    with serving_app(app) as address:
        for command in COMMANDS:
            done = run(command, {**known, "hent": address}, tmp_path)
            failed += [(command, done.stdout, done.stderr)] if done.returncode else []
            known |= learnt(command, done.stdout, inbox)
    assert failed == []
    assert len(COMMANDS) > 40


def run(command: str, known: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    words = ["bash", "-euo", "pipefail", "-c", f"{CURL}\n{SETTINGS}\n{command}"]
    return subprocess.run(words, env={**os.environ, **known}, cwd=folder, capture_output=True, text=True, check=False)


def learnt(command: str, answer: str, inbox: Inbox) -> dict[str, str]:
    """What the page has a reader take from an answer, or from a letter, for the commands after it."""
    lessons: dict[str, Callable[[Json], dict[str, str]]] = {
        "/v6/plan?": of_itinerary,
        "/versions.json": lambda told: {"sha256": told[0]["sha256"]},
        "/carpool/codes": lambda told: {"code": inbox.code()},
        '/carpool/sessions" --json': lambda told: {"session": told["token"]},
    }
    return next((lesson(orjson.loads(answer)) for part, lesson in lessons.items() if part in command and answer), {})


def of_itinerary(told: Json) -> dict[str, str]:
    first = told["itineraries"][0]
    trip = next(leg["tripId"] for leg in first["legs"] if "tripId" in leg)
    return {"itinerary": first["id"], "trip": trip}
