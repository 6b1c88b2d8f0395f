"""What stands on disk is listed and looked at while another process may remove it."""

from __future__ import annotations

from pathlib import Path

import pytest

from mobility.errors import NotFound
from mobility.feeds import versions
from mobility.feeds.state import read_state
from mobility.feeds.versions import kept_files, kept_version, kept_versions, stored_feed
from mobility.network.current import published_versions
from mobility.network.files import changed_ns, find_status
from tests.gone import removed_when_looked_at
from tests.mobility.feeds.reloads import Operator, called

LONG_AGO = "ab" * 32


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator.in_folder(tmp_path)
    for name in ("Beta", "Gamma"):
        operator.load("bus", stops=called(name))
    return operator


def test_a_file_that_is_gone_has_no_status_and_was_never_changed(tmp_path: Path) -> None:
    gone = removed_when_looked_at(tmp_path / "a")
    assert (find_status(gone), changed_ns(gone)) == (None, 0)
    (tmp_path / "b").write_bytes(b"12")
    status = find_status(tmp_path / "b")
    assert status and (status.st_size, status.st_mtime_ns) == (2, changed_ns(tmp_path / "b"))


def test_a_record_that_is_forgotten_meanwhile_names_no_network(operator: Operator) -> None:
    """Where the pointer is gone records are looked at, while a load may put them in order."""
    known = published_versions(operator.at.data)
    (operator.at.data / "current").unlink()
    removed_when_looked_at(operator.at.data / "published" / f"{LONG_AGO}.json")
    assert published_versions(operator.at.data) == known


def test_a_version_that_is_forgotten_meanwhile_is_not_kept(operator: Operator) -> None:
    known = read_state(operator.at.data, "bus").published
    gone = removed_when_looked_at(stored_feed(operator.at.data, "bus", LONG_AGO))
    gone.with_suffix(".version.json").write_bytes(
        stored_feed(operator.at.data, "bus", known[0]).with_suffix(".version.json").read_bytes()
    )
    assert [one.feed.sha256 for one in kept_versions(operator.at.data, "bus")] == list(known)
    assert kept_files(operator.at.data, "bus")[-1] == gone, "it comes last"


def test_a_version_whose_record_goes_just_then_is_not_found(
    operator: Operator, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not damaged: nobody has to look after the disk."""
    before = read_state(operator.at.data, "bus").published[1]
    listed = versions._in_service

    def forgets(data: Path, feed: str) -> object:
        stored_feed(data, feed, before).with_suffix(".version.json").unlink()
        return listed(data, feed)

    monkeypatch.setattr(versions, "_in_service", forgets)
    with pytest.raises(NotFound):
        kept_version(operator.at.data, "bus", before)
