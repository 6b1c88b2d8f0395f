"""Aliases that operators type while the service runs: read when they change, kept where a line is broken."""

from __future__ import annotations

from pathlib import Path

import pytest

from mobility.backup.folder import parts
from mobility.errors import InvalidQuery
from mobility.places.typed_aliases import TYPED, FollowedAliases, add_alias

OF_CONFIG = "alias,name\nAn Oriant,Lorient\nBSM,Base sous-marine\n"


@pytest.fixture
def followed(tmp_path: Path) -> FollowedAliases:
    (tmp_path / "config.csv").write_text(OF_CONFIG, "utf-8")
    return FollowedAliases(tmp_path, tmp_path / "config.csv")


def test_those_of_the_config_hold_until_an_operator_says_otherwise(followed: FollowedAliases, tmp_path: Path) -> None:
    assert followed.content().in_full("BSM") == "Base sous-marine"
    add_alias(tmp_path, "BSM", "La Base")
    add_alias(tmp_path, "gare, nord", 'Gare "Nord"')
    known = followed.content()
    assert (known.in_full("BSM"), known.in_full("An Oriant")) == ("La Base", "Lorient")
    assert known.in_full("gare, nord") == 'Gare "Nord"'


def test_as_long_as_nothing_changes_it_is_the_same_and_nothing_is_opened_anew(followed: FollowedAliases) -> None:
    assert followed.content() is followed.content()


def test_a_broken_line_takes_nothing_that_was_known(followed: FollowedAliases, tmp_path: Path) -> None:
    add_alias(tmp_path, "KBP", "Kerbernès")
    assert followed.content().in_full("KBP") == "Kerbernès"
    with (tmp_path / TYPED).open("a") as file:
        file.write("only one\n")
    assert followed.content().in_full("KBP") == "Kerbernès"


def test_a_line_that_is_taken_out_is_forgotten(followed: FollowedAliases, tmp_path: Path) -> None:
    add_alias(tmp_path, "KBP", "Kerbernès")
    assert followed.content().in_full("KBP") == "Kerbernès"
    (tmp_path / TYPED).unlink()
    assert followed.content().in_full("KBP") == "KBP"


@pytest.mark.parametrize(("alias", "name"), [("", "A"), ("?!", "A"), ("a", " "), ("x" * 101, "A")])
def test_what_says_nothing_is_refused(tmp_path: Path, alias: str, name: str) -> None:
    with pytest.raises(InvalidQuery):
        add_alias(tmp_path, alias, name)
    assert list(tmp_path.iterdir()) == []


def test_a_backup_has_them(tmp_path: Path) -> None:
    add_alias(tmp_path, "KBP", "Kerbernès")
    assert [name for name, _ in parts(tmp_path)] == [TYPED]
