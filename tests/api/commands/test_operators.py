"""Operators at the command line: a token that is shown once, the list, the end of it, and the log of all that."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.commands import main
from api.web.storage import ready_store
from mobility.errors import TokenNeeded
from mobility.operators.tokens import Operators, Role
from tests.api.conftest import LINES, ROOT, STOPS, config
from tests.town import write_town


def hent(data: Path, *words: str) -> Result:
    return CliRunner().invoke(main, [*words, "--config", str(ROOT / "config.toml"), "--data", str(data)])


def operators(data: Path) -> Operators:
    return Operators(ready_store(config(), data, {}))


def test_a_token_is_shown_once_and_ends_when_it_is_revoked(tmp_path: Path) -> None:
    given = hent(tmp_path, "operators", "add", "harbour office", "--role", "admin", "--days", "2")
    token, now = given.stdout.strip(), int(time.time())
    found = operators(tmp_path).of(token, now)
    assert (found.role, found.expires_at - now in range(2 * 86_400 - 60, 2 * 86_400 + 1)) == (Role.ADMIN, True)
    listed = hent(tmp_path, "operators", "list").stdout
    assert "harbour office" in listed and token not in listed
    assert hent(tmp_path, "operators", "revoke", "harbour office").exit_code == 0
    with pytest.raises(TokenNeeded):
        operators(tmp_path).of(token, int(time.time()))
    assert "ended" in hent(tmp_path, "operators", "list").stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("revoke", "nobody"), 1),
        (("add", "a\nb"), 2),
        (("add", "x", "--role", "king"), 2),
        (("add", "x", "--days", "0"), 2),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(tmp_path: Path, words: tuple[str, ...], code: int) -> None:
    assert hent(tmp_path, "operators", *words).exit_code == code


def test_what_is_done_at_the_command_line_stands_in_the_log_too(tmp_path: Path) -> None:
    hent(tmp_path, "operators", "add", "anna")
    town = write_town(tmp_path / "town", STOPS, LINES)
    assert hent(tmp_path, "feeds", "load", str(town), "--feed", "t", "--licence", "test").exit_code == 0
    assert hent(tmp_path, "feeds", "rollback", "t").exit_code == 1
    log = json.loads(hent(tmp_path, "operators", "log", "--json").stdout)
    assert [(one["operator"], one["verb"], one["subject"], one["outcome"]) for one in log] == [
        ("command line", "rollback", "t", "refused"),
        ("command line", "load", "t", "done"),
        ("command line", "add-operator", "anna", "done"),
    ]
    assert len(log[1]["version"]) == 64
