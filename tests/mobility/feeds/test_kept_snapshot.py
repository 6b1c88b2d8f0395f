"""A version in service is read from its zip once: what was made of it is mapped when a network is built again, as long
as the reader, its limits and the file are those that it was made by."""

from __future__ import annotations

import os
import shutil
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gtfs.archive import ReadLimits
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.snapshot import FeedSnapshot, FeedSource
from mobility.feeds import kept_snapshot
from mobility.feeds.kept_snapshot import SNAPSHOTS
from mobility.feeds.packed_records import packed, unpacked
from mobility.feeds.reload import remove
from mobility.feeds.versions import stored_feed, version_in_service
from mobility.network.packed_arrays import PACKED, open_packed, save_packed
from tests.mobility.feeds.reloads import INPUTS, Operator, called

DATA = os.environ.get("HENT_REFERENCE_DATA", "")


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The feeds whose kept zip is read."""
    found: list[str] = []

    def noted(file: Path, source: FeedSource, limits: ReadLimits) -> Any:
        found.append(source.id)
        return load(file, source, limits)

    monkeypatch.setattr(kept_snapshot, "load", noted)
    return found


def kept_of(operator: Operator, feed: str) -> Path:
    return operator.at.data / SNAPSHOTS / feed / version_in_service(operator.at.data, feed).sha256


def test_a_feed_that_stays_is_not_read_again(operator: Operator, read: list[str]) -> None:
    operator.load("bus")
    operator.load("boat")
    operator.load("boat", stops=called("Gamma"))
    assert read == []
    assert (operator.serves("bus"), operator.serves("boat")) == ("Beta", "Gamma")


def test_the_network_is_the_one_that_files_read_again_make(operator: Operator, read: list[str]) -> None:
    operator.load("bus")
    by_kept = operator.load("boat").network
    shutil.rmtree(operator.at.data / SNAPSHOTS)
    shutil.rmtree(operator.at.data / "networks")
    remove(operator.at, "boat")
    assert operator.load("boat").network == by_kept
    assert read


def test_a_file_that_somebody_has_touched_is_read_again(operator: Operator, read: list[str]) -> None:
    operator.load("bus")
    file = stored_feed(operator.at.data, "bus", version_in_service(operator.at.data, "bus").sha256)
    os.utime(file, (0, 0))
    operator.load("boat")
    operator.load("boat", stops=called("Gamma"))
    assert read == ["bus"]


def test_other_limits_are_another_reading(operator: Operator, read: list[str]) -> None:
    operator.load("bus")
    operator.under(replace(INPUTS, limits=ReadLimits(max_trip_h=100))).load("boat")
    assert read == ["bus"]


def test_another_text_of_the_reader_is_another_reading(
    operator: Operator, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    operator.load("bus")
    monkeypatch.setattr(kept_snapshot, "_text_of_the_reader", lambda: "after an upgrade")
    operator.load("boat")
    assert read == ["bus"]


def test_one_that_was_cut_short_is_read_again(operator: Operator, read: list[str]) -> None:
    operator.load("bus")
    arrays = kept_of(operator, "bus") / PACKED
    arrays.write_bytes(arrays.read_bytes()[:-100])
    operator.load("boat")
    assert read == ["bus"]


def test_only_what_is_in_service_is_kept_so(operator: Operator) -> None:
    operator.load("bus")
    operator.load("boat")
    operator.load("bus", stops=called("Gamma"))
    remove(operator.at, "boat")
    assert list((operator.at.data / SNAPSHOTS).glob("*/*")) == [kept_of(operator, "bus")]


@pytest.mark.skipif(not DATA, reason="HENT_REFERENCE_DATA is not set")
@pytest.mark.parametrize("name", ["ctran_flex", "faroe", "helsinki", "perigueux", "porto_alegre"])
def test_all_of_a_snapshot_comes_back(name: str, tmp_path: Path) -> None:
    """Zones on demand, prices of both versions, translations, frequencies, times without a value, stops without one."""
    source = FeedSource("feed", "as its source says")
    made = snapshot(load(Path(DATA) / "gtfs" / f"{name}.zip", source, ReadLimits()))
    save_packed(tmp_path / name, packed(made))
    assert_same(made, unpacked(FeedSnapshot, open_packed(tmp_path / name)), name)


def assert_same(one: Any, other: Any, where: str) -> None:
    assert type(one) is type(other), where
    if isinstance(one, np.ndarray):
        assert one.dtype == other.dtype, where
        np.testing.assert_array_equal(one, other, where)
    elif is_dataclass(one):
        for field in fields(one):
            assert_same(getattr(one, field.name), getattr(other, field.name), f"{where}.{field.name}")
    elif isinstance(one, tuple):
        assert len(one) == len(other), where
        for row, (mine, theirs) in enumerate(zip(one, other, strict=True)):
            assert_same(mine, theirs, f"{where}[{row}]")
    else:
        assert one == other or (one != one and other != other), where
