"""Each rule has a feed that breaks it, otherwise as in tiny.py."""

import re
from pathlib import Path

import gtfs_guru
import pytest

from gtfs.canonical import UNFINISHED
from gtfs.colour import contrast
from gtfs.load import FOUND
from gtfs.remedy import REMEDIES
from gtfs.rules import RULES
from gtfs.validate import BLOCKING
from tests.gtfs import tiny
from tests.gtfs.test_territory import HELD_AGAINST

BROKEN = Path(__file__).parent / "broken.txt"
"""Blocks of code, place of the notice (file:line:field value, message), files left out, and the tables that differ."""

DRAWN = {"outline_crosses_itself_too_often"}
"""Broken by test_on_demand.py: hundreds of corners are no table that one reads."""


def broken() -> dict[str, tuple[str, str, str]]:
    """Code -> place, tables, files left out."""
    found = {}
    for block in f"\n{BROKEN.read_text('utf-8')}".split("\n== ")[1:]:
        heading, _, text = block.partition("\n")
        code, place, *without = heading.split(" | ")
        found[code] = (place, text, " ".join(without).removeprefix("without "))
    return found


@pytest.mark.parametrize("code", broken())
def test_a_rule_finds_what_breaks_it_and_the_feed_loads(code: str) -> None:
    place, text, without = broken()[code]
    report = tiny.report(text, without)
    assert place in [str(notice).split(" ", 2)[2].partition(" (earlier")[0] for notice in report.of(code)]
    assert report.accepted, str(report)
    tiny.accepted(text, without)


def test_every_rule_that_does_not_block_has_a_feed_that_breaks_it() -> None:
    assert set(broken()) == {rule.code for rule in RULES} - set(BLOCKING) - HELD_AGAINST - DRAWN


def test_every_code_has_a_remedy() -> None:
    ours = {rule.code for rule in RULES} | set(FOUND) | {UNFINISHED}
    assert set(REMEDIES) == ours | set(gtfs_guru.notice_codes())


def test_every_rule_says_what_is_wrong_and_where_that_is_written() -> None:
    assert [rule.code for rule in RULES if not re.search(r"\bSource: ", rule.check.__doc__ or "")] == []


def documented() -> dict[str, tuple[str, bool]]:
    """Code -> severity and whether it blocks, of the table in docs/feed-rules.md."""
    text = (Path(__file__).parents[2] / "docs" / "feed-rules.md").read_text("utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\w+)( \(blocking\))? \|", text, re.MULTILINE)
    return {code: (severity, bool(blocking)) for code, severity, blocking in rows}


def test_every_rule_is_documented_as_it_is() -> None:
    rules = {rule.code: rule.severity for rule in RULES} | dict(FOUND)
    assert documented() == {code: (severity.name, code in BLOCKING) for code, severity in rules.items()}


def test_black_on_white_contrasts_most() -> None:
    assert contrast("000000", "FFFFFF") == 21
    assert contrast("777777", "777777") == 1
