"""Every reason and finding that an operator can meet has a sentence in each language of the page, by its code."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from api.web.plain_words import OTHER, plain
from api.web.sentences import LANGUAGES, sentences
from gtfs import errors as of_feeds
from gtfs.errors import FeedFault, UnreadableFeed
from gtfs.realtime import decode
from gtfs.remedy import REMEDIES, Remedy
from mobility.errors import ConfigFault, FolderFault
from mobility.live.found_runs import Reason
from mobility.live.source_fault import UNEXPECTED
from mobility.remote import errors as of_fetches
from mobility.remote.errors import FetchFault, Unfetchable
from tests.api.conftest import ROOT

CANONICAL = ROOT / "docs" / "feed-rules.md"
TOLD_ELSEWHERE = {FeedFault.REJECTED, FeedFault.NO_INDICATORS}
"""By the report; in the log alone."""
OF_SOURCES = {"from_the_future", "older_than_before", "much_is_missing", UNEXPECTED}
CODES = {*FeedFault, *FetchFault, *FolderFault, *ConfigFault, *OF_SOURCES} - TOLD_ELSEWHERE
NAMED = {
    FolderFault.DAMAGED_FILE: {"file"},
    ConfigFault.BAD_ROW: {"line"},
    ConfigFault.BAD_COLUMN: {"columns"},
    ConfigFault.MISSING_EXTRA: {"extra"},
}
"""Values of faults whose English sentence stands where they are raised."""
VALUES = {**of_feeds.SENTENCES, **of_fetches.SENTENCES}


def gaps(sentence: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(sentence) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_a_fault_has_a_sentence_and_no_sentence_is_of_no_code(language: str) -> None:
    assert set(sentences(language)["phrase"]) == {str(code) for code in CODES} | {OTHER}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_tells_no_more_than_the_fault_knows(language: str) -> None:
    said = sentences(language)["phrase"]
    known = {str(code): gaps(sentence) for code, sentence in VALUES.items()} | NAMED
    assert {code: gaps(said[code]) - known.get(code, set()) for code in said if gaps(said[code])} == {
        code: set() for code in said if gaps(said[code])
    }


def test_no_two_faults_share_a_code() -> None:
    """A file that is too large on disk is another fault than one that is on its way: each has a sentence of its own."""
    codes = [*FeedFault, *FetchFault, *FolderFault, *ConfigFault, *OF_SOURCES]
    assert len({str(code) for code in codes}) == len(codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_fault_of_a_source_is_told(language: str) -> None:
    text = (ROOT / "mobility" / "live" / "sources.py").read_text("utf-8")
    faults = set(re.findall(r'\.counted\("(\w+)"\)', text))
    assert faults == OF_SOURCES - {UNEXPECTED}
    assert faults <= set(sentences(language)["phrase"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_of_real_time_is_told(language: str) -> None:
    text = Path(decode.__file__).read_text("utf-8")
    left_out = {*re.findall(r'left_out\["(\w+)"\]', text), decode.ABSURD}
    assert len(left_out) == 4
    sources = (ROOT / "mobility" / "live" / "sources.py").read_text("utf-8")
    counted = re.findall(r'\.counted\("(\w+)"', sources)
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
    answered = Unfetchable(FetchFault.SERVER_ANSWERS, status=404)
    fetched = UnreadableFeed(answered.code, f"cannot be fetched: {answered}", file="http://x/f.zip", **answered.values)
    assert str(fetched) == "http://x/f.zip: cannot be fetched: the server answers 404"
    assert plain(fetched.code, fetched.values, said) == "Le serveur répond 404"
    rows = UnreadableFeed(FeedFault.TOO_MANY_ROWS, file="trips.txt", line=7, count=5)
    assert str(rows) == "trips.txt:7: more than 5 rows"
    assert plain(rows.code, rows.values, said) == "Plus de 5 lignes"
    assert plain("of an older version", {}, said) == said[OTHER]
