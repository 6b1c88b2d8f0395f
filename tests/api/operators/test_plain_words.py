"""Every reason and finding that an operator can meet has a sentence in each language of the page."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.web.plain_words import FETCHED, PHRASES, plain
from api.web.sentences import LANGUAGES, sentences
from gtfs.archive import KINDS
from gtfs.realtime import decode
from gtfs.remedy import REMEDIES, Remedy
from mobility.live.found_runs import Reason
from tests.api.conftest import ROOT

RAISED = {"UnreadableFeed", "Unfetchable", "FolderUnavailable"}
CANONICAL = ROOT / "docs" / "feed-rules.md"
SAID_ELSEWHERE = (
    "a zero byte: no text file",
    "a quote is never closed",
    "more than 5 runs in all",
    "more than 5 calls of runs in all",
    "cannot be fetched: no answer in time",
    "cannot be fetched: the server answers 503",
    "a damaged zip file: Bad magic number for central directory",
    *(f"no zip file but {kind}" for kind in (*KINDS.values(), "something else")),
    "No space left on device",
    "No space left on device: 12 MiB are needed",
    "Permission denied",
    "Read-only file system",
    "AttributeError",
)
"""Reasons that a variable holds where they are raised."""


def raised() -> Iterator[tuple[str, str]]:
    """Where, and the reason with 7 for whatever stands in it."""
    for top in ("gtfs", "mobility", "api"):
        for path in sorted((ROOT / top).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
                    called, reason = node.exc.func, written(node.exc.args[0])
                    if (
                        isinstance(called, ast.Name)
                        and called.id in RAISED
                        and re.search("[a-z]", reason.removeprefix(FETCHED))
                    ):
                        yield f"{path.relative_to(ROOT)}:{node.lineno}", reason


def written(node: ast.expr) -> str:
    """Of a text or a text with gaps; "" of anything else."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_that_is_raised_is_told(language: str) -> None:
    said = sentences(language)["phrase"]
    found = [*raised(), *(("said elsewhere", reason) for reason in SAID_ELSEWHERE)]
    assert len(found) > 40
    assert [one for one in found if plain(one[1], said) == said["other"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_source_is_told(language: str) -> None:
    said = sentences(language)["phrase"]
    text = (ROOT / "mobility" / "live" / "sources.py").read_text("utf-8")
    faults = re.findall(r'\.counted\("(\w+)"\)', text)
    assert len(faults) == 4
    assert [fault for fault in faults if plain(fault, said) == said["other"]] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_real_time_is_told(language: str) -> None:
    text = Path(decode.__file__).read_text("utf-8")
    left_out = {*re.findall(r'left_out\["(\w+)"\]', text), decode.ABSURD}
    assert len(left_out) == 4
    sources = (ROOT / "mobility" / "live" / "sources.py").read_text("utf-8")
    counted = re.findall(r'\.counted\("(\w+)"\)', sources)
    assert {*map(str, Reason), *left_out, *counted} <= set(sentences(language)["live_reason"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_is_told_those_of_our_rules_each_in_a_sentence_of_its_own(language: str) -> None:
    own = set(re.findall(r"^\| `(\w+)`", CANONICAL.read_text("utf-8"), re.MULTILINE))
    said = sentences(language)
    assert len(own) > 80 and own <= set(said["finding"])
    assert len(set(said["finding"].values())) == len(said["finding"])
    kinds = {REMEDIES[code].value for code in REMEDIES if code not in said["finding"]}
    assert kinds <= set(said["finding_kind"]) == {one.value for one in Remedy}


def test_no_sentence_is_left_in_english() -> None:
    for section in ("finding", "finding_kind", "phrase", "live_reason"):
        french, english = sentences("fr")[section], sentences("en")[section]
        assert [key for key in french if french[key] == english[key]] == []


def test_what_stands_in_a_reason_stands_in_its_sentence() -> None:
    said = sentences("fr")["phrase"]
    assert plain("cannot be fetched: the server answers 404", said) == "Le serveur répond 404"
    assert plain("more than 5 rows", said) == "Plus de 5 lignes"
    assert set(PHRASES) | {"other"} == set(said)
