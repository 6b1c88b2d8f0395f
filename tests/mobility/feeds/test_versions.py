"""Versions that are kept on disk, one of which a disk has damaged: the others are served, shown and gone back to."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from mobility.errors import FolderUnavailable, NotFound
from mobility.feeds.diff import diff_of
from mobility.feeds.reload import LoadState, roll_back
from mobility.feeds.state import read_state
from mobility.feeds.versions import kept_version, kept_versions, report_of, stored_feed, waiting_feeds
from tests.mobility.feeds.reloads import Operator, called, days

NO_RECORDS = ["", "[]", "null", '{"id": "bus"', '{"id": "bus", "first_day": "soon", "last_day": "later"}']


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    """In service: the bus to Gamma; kept: the one to Beta, and before it the one to Delta."""
    operator = Operator.in_folder(tmp_path)
    for name in ("Delta", "Beta", "Gamma"):
        operator.load("bus", stops=called(name))
    return operator


def beside(operator: Operator, which: int, suffix: str) -> Path:
    """A file beside a version: 0 is the one in service, 1 the one before."""
    sha256 = read_state(operator.at.data, "bus").published[which]
    return stored_feed(operator.at.data, "bus", sha256).with_suffix(suffix)


@pytest.mark.parametrize("content", NO_RECORDS)
def test_a_version_whose_record_is_damaged_is_not_listed_and_the_log_names_its_feed(
    operator: Operator, caplog: pytest.LogCaptureFixture, content: str
) -> None:
    beside(operator, 1, ".version.json").write_text(content)
    first, _, third = read_state(operator.at.data, "bus").published
    with caplog.at_level(logging.ERROR, "hent.feeds"):
        assert [one.feed.sha256 for one in kept_versions(operator.at.data, "bus")] == [first, third]
    assert [(one.getMessage(), one.__dict__["feed"]) for one in caplog.records] == [
        ("the record of a version is damaged", "bus")
    ]


def test_who_goes_back_to_it_is_told_the_file(operator: Operator) -> None:
    record = beside(operator, 1, ".version.json")
    record.write_text("")
    with pytest.raises(FolderUnavailable, match=f"feeds/bus/{record.name} is damaged or gone"):
        roll_back(operator.at, "bus")
    assert operator.serves() == "Gamma"
    roll_back(operator.at, "bus", read_state(operator.at.data, "bus").published[2])
    assert operator.serves() == "Delta"


def test_loaded_again_it_is_written_down_anew(operator: Operator) -> None:
    record = beside(operator, 1, ".version.json")
    whole = record.read_bytes()
    record.write_text("{")
    assert operator.load("bus", stops=called("Beta")).state is LoadState.PUBLISHED
    assert (operator.serves(), record.read_bytes()) == ("Beta", whole)


def test_what_is_in_service_is_known_from_its_network(operator: Operator) -> None:
    beside(operator, 0, ".version.json").write_text("")
    kept = kept_versions(operator.at.data, "bus")
    assert [one.in_service for one in kept] == [True, False, False]
    assert kept_version(operator.at.data, "bus", kept[0].feed.sha256) == kept[0].feed
    assert diff_of(operator.at, "bus").feed == "bus"


def test_what_waits_and_is_damaged_waits_no_more_until_it_is_loaded_again(operator: Operator) -> None:
    july = {"stops": called("July"), "calendar_dates": days("2026-07-01", "2026-09-30")}
    operator.load("bus", **july)
    waiting = waiting_feeds(operator.at.data)
    stored_feed(operator.at.data, "bus", waiting[0].sha256).with_suffix(".version.json").write_text("[")
    assert waiting_feeds(operator.at.data) == ()
    assert operator.load("boat").state is LoadState.PUBLISHED
    operator.load("bus", **july)
    assert waiting_feeds(operator.at.data) == waiting


def test_a_damaged_report_counts_nothing_and_is_named(operator: Operator) -> None:
    report = beside(operator, 0, ".json")
    report.write_text("[]")
    first = kept_versions(operator.at.data, "bus")[0]
    assert first.counts == {}
    with pytest.raises(FolderUnavailable, match=f"{report.name} is damaged or gone"):
        report_of(operator.at.data, first.feed)


def test_the_one_in_service_is_kept_where_no_other_can_be_read(operator: Operator) -> None:
    for which in (1, 2):
        beside(operator, which, ".version.json").write_text("")
    assert len(kept_versions(operator.at.data, "bus")) == 1
    with pytest.raises(NotFound):
        kept_versions(operator.at.data, "tram")
