"""Remarks at the command line: listed without their texts, read, answered, passed on, closed."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from api.commands import main
from api.commands.remarks import ENDINGS
from api.config import read_config
from api.web.remark_box import remarks_of
from api.web.storage import kept
from mobility.operators.log import actions
from mobility.remarks.remark import RemarkAbout, RemarkEnding, RemarkKind, RemarkSubject, new_remark
from mobility.remarks.remark_store import Remarks
from tests.api.test_config import MINIMAL
from tests.mail import mail_server


def hent(folder: Path, *words: str) -> Result:
    given = ("--config", str(folder / "config.toml"), "--data", str(folder / "data"))
    return CliRunner().invoke(main, ["remarks", *words, *given])


@pytest.fixture
def remarks(tmp_path: Path) -> Remarks:
    (tmp_path / "config.toml").write_text(MINIMAL)
    found = kept(read_config(tmp_path / "config.toml"), tmp_path / "data", {})
    return remarks_of(found)


def written(remarks: Remarks) -> tuple[str, str]:
    """Its id and its code."""
    subject = RemarkSubject(RemarkAbout.STOP, "t_A", "Quai des Indes")
    one = new_remark(RemarkKind.DAMAGE, subject, "Marche cassée", int(time.time()))
    return one.id, remarks.add(one, "")


def test_they_are_listed_without_their_texts_and_shown_one_by_one(remarks: Remarks, tmp_path: Path) -> None:
    id, code = written(remarks)
    listed = hent(tmp_path, "list")
    assert listed.exit_code == 0, listed.output
    assert id in listed.stdout and "Quai des Indes" in listed.stdout and "Marche" not in listed.stdout
    assert remarks.of(code).state == "new"
    shown = json.loads(hent(tmp_path, "show", id, "--json").stdout)
    assert (shown["text"], shown["kind"], shown["about"]) == ("Marche cassée", "damage", "stop")
    assert remarks.of(code).state == "seen"
    assert json.loads(hent(tmp_path, "list", "--json").stdout)[0]["state"] == "seen"


def test_one_is_answered_and_closed_and_both_stand_in_the_log(remarks: Remarks, tmp_path: Path) -> None:
    id, code = written(remarks)
    assert hent(tmp_path, "answer", id, "Réparé.").exit_code == 0
    assert hent(tmp_path, "close", id, "--as", "nothing").exit_code == 0
    found = remarks.of(code)
    assert (found.answer, found.state, found.ending) == ("Réparé.", "closed", "nothing")
    done = [(one.operator, one.verb, one.subject) for one in actions(remarks.store)]
    assert done == [("command line", "close-remark", id), ("command line", "answer-remark", id)]


def test_one_is_passed_on_by_mail(remarks: Remarks, tmp_path: Path) -> None:
    id, _ = written(remarks)
    with mail_server() as inbox:
        section = f'\n[mail]\nhost = "127.0.0.1"\nport = {inbox.port}\nsender = "hent@example.org"\ntls = "none"\n'
        (tmp_path / "config.toml").write_text(MINIMAL + section)
        assert hent(tmp_path, "forward", id, "voirie@ville.example").exit_code == 0
    assert [letter["To"] for letter in inbox.letters] == ["voirie@ville.example"]
    assert "Marche cassée" in inbox.text()


def test_what_cannot_be_done_is_said_by_the_exit_code(remarks: Remarks, tmp_path: Path) -> None:
    id, _ = written(remarks)
    assert hent(tmp_path, "show", "nothing").exit_code == 1
    assert hent(tmp_path, "answer", id, " ").exit_code == 2
    without_mail = hent(tmp_path, "forward", id, "voirie@ville.example")
    assert (without_mail.exit_code, "[mail]" in without_mail.output) == (1, True)


def test_every_way_to_close_one_can_be_typed() -> None:
    assert {*ENDINGS} == {ending.value for ending in RemarkEnding}
