"""docs/carpool-story.md, sent line by line to the application on the demo territory, with a real mail server and both
kinds of database."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.carpool import news
from api.carpool.carpooling import Carpooling, carpooling
from api.retention import chore as retention
from api.territory.in_service import Following
from api.web.chores import Chores
from api.web.spaces import NO_BREAK
from api.web.storage import URL, kept
from tests.api.conftest import ROOT, config, with_mail
from tests.demo_in_service import demo_in_service
from tests.mail import Inbox
from tests.storage import bytes_on_disk
from tests.town import moment

PAGE = ROOT / "docs" / "carpool-story.md"
DAY_S = 86_400
CALL = re.compile(r"(?P<who>\w+): (?P<method>GET|POST) (?P<path>\S+) ?(?P<body>.*)")
AT_ONCE_S = 1.0
"""So soon every query knows of a change."""


@dataclass
class Stage:
    """known: what the page has named. answer: to the latest call; call: repeats it."""

    client: FlaskClient
    carpool: Carpooling
    inbox: Inbox
    data: Path
    now: list[int]
    tokens: dict[str, str] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=dict)
    answer: Any = None
    call: Any = None
    read: int = 0

    def chores(self) -> None:
        chores = [retention(self.carpool, self.data), *news.chores(self.carpool)]
        Chores(self.carpool.store, chores, lambda: self.now[0]).do_what_is_due()

    def filled(self, text: str) -> str:
        if "<code>" in text:
            self.known["code"], self.read = self.inbox.code(), len(self.inbox.letters)
        return re.sub(r"<(\w+)>", lambda name: _plain(self.known[name[1]]), text)

    def send(self, said: re.Match[str]) -> None:
        bodies = [json.loads(part) for part in self.filled(said["body"]).split(" + ") if part]
        body = {name: value for part in bodies for name, value in part.items()}
        token = self.tokens.get(said["who"])
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        path = self.filled(said["path"])

        def call() -> Any:
            return self.client.open(path, method=said["method"], headers=headers, json=body or None).json

        self.call, self.answer = call, call()
        if path.endswith("/sessions"):
            self.tokens[said["who"]] = self.answer["token"]

    def letters(self) -> Iterator[str]:
        """Those that came since the page looked last, by reader and subject, half a minute later."""
        self.now[0] += news.EVERY_S
        self.chores()
        new, self.read = self.inbox.letters[self.read :], len(self.inbox.letters)
        yield from sorted(f"{letter['To']}: {letter['Subject']}".replace(NO_BREAK, " ") for letter in new)


@pytest.fixture
def stage(store_url: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, inbox: Inbox) -> Iterator[Stage]:
    """On SQLite, then on PostgreSQL."""
    demo_in_service(tmp_path_factory, date(2026, 11, 24), tmp_path)
    now = [moment("2026-11-24 18:00")]
    known = kept(config(), tmp_path, {URL: store_url})
    settings = with_mail(inbox)
    app = create_app(settings, Following(tmp_path, settings), lambda: now[0], known)
    carpool = carpooling(settings, known, lambda: now[0])
    yield Stage(app.test_client(), carpool, inbox, tmp_path, now, read=len(inbox.letters))
    known.store.close()


@pytest.mark.own_database
def test_the_story_is_true(stage: Stage) -> None:
    told = "\n".join(re.findall(r"```story\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)).splitlines()
    lines = [line for line in told if line]
    assert len(lines) > 50, "the page tells a story"
    number = 0
    while number < len(lines):
        line, checks = lines[number], []
        while number + 1 < len(lines) and lines[number + 1].startswith("→ "):
            number += 1
            checks.append(lines[number][2:])
        number += 1
        _act(stage, line, checks)


def _act(stage: Stage, line: str, checks: list[str]) -> None:
    if said := CALL.fullmatch(line):
        stage.send(said)
        for check in checks:
            _wait_for(stage, check)
    elif line == "Letters":
        assert list(stage.letters()) == checks
    elif later := re.fullmatch(r"Clock: (\d+) days later", line):
        stage.now[0] += int(later[1]) * DAY_S
    else:
        assert line == "$ hent retention run", line
        stage.chores()
        for check in checks:
            kind, _, text = check.partition(": ")
            assert (stage.filled(text).encode() in bytes_on_disk(stage.carpool.store)) == (kind == "kept"), check


def _wait_for(stage: Stage, check: str) -> None:
    """Of a trip: at the latest a second after the change it is about."""
    deadline = monotonic() + AT_ONCE_S
    while not _holds(stage, check):
        assert " trip " in f" {check} " and monotonic() < deadline, (check, stage.answer)
        sleep(0.05)
        stage.answer = stage.call()


def _holds(stage: Stage, check: str) -> bool:
    if said := re.fullmatch(r"(a|no) trip (by|without) (.+)", check):
        modes = set(said[3].split(", "))
        trips = [{leg["mode"] for leg in one["legs"]} for one in stage.answer["itineraries"]]
        return any(modes <= one if said[2] == "by" else not modes & one for one in trips) == (said[1] == "a")
    if said := re.fullmatch(r"its seat is <(\w+)>", check):
        legs = [leg for one in stage.answer["itineraries"] for leg in one["legs"]]
        stage.known[said[1]] = next(leg["hent"]["ask"]["body"] for leg in legs if leg["mode"] == "RIDE_SHARING")
        return True
    if said := re.fullmatch(r"(\S+) is <(\w+)>", check):
        stage.known[said[2]] = _at(stage.answer, said[1])
        return True
    if said := re.fullmatch(r"(\S+) is empty", check):
        return _at(stage.answer, said[1]) == []
    path, _, wanted = check.partition(" = ")
    return _plain(_at(stage.answer, path)) == wanted


def _at(answer: Any, path: str) -> Any:
    for part in path.split("."):
        answer = answer[int(part)] if part.isdigit() else answer[part]
    return answer


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return value if isinstance(value, str) else json.dumps(value)
