"""A version in service is read from its zip once: what was made of it is mapped when a network is built again, as long
as the reader, its limits and the file are those that it was made by."""

from __future__ import annotations

import os
from dataclasses import fields, is_dataclass, replace
from datetime import date
from math import isnan
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from gtfs.archive import ReadLimits
from gtfs.fares.records import Product
from gtfs.freeze import snapshot
from gtfs.load import load
from gtfs.snapshot import BookingRule, FeedSnapshot, FeedSource, RideTime
from mobility.feeds import kept_snapshot
from mobility.feeds.kept_snapshot import SNAPSHOTS, keep_snapshot, snapshot_of
from mobility.feeds.packed_records import packed, unpacked
from mobility.feeds.reload import reload, remove
from mobility.feeds.versions import stored_feed, version_in_service
from mobility.network.packed_arrays import PACKED, open_packed, save_packed
from tests.gtfs import tiny
from tests.gtfs.test_on_demand import SQUARE, calls, features
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


def test_the_network_is_the_one_that_feeds_make_which_come_together(
    operator: Operator, read: list[str], tmp_path: Path
) -> None:
    """There nothing is kept yet: both are as they were read."""
    operator.load("bus")
    by_kept = operator.load("boat").network
    (tmp_path / "together").mkdir()
    together = Operator.in_folder(tmp_path / "together")
    assert reload(together.at, [together.feed("bus"), together.feed("boat")]).network == by_kept
    assert read == []


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


def test_one_that_cannot_be_written_fails_nobody_and_is_read_again(
    operator: Operator, read: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Half of a pair of UTF-16 is no text that JSON can hold."""
    operator.load("bus")
    bus = snapshot_of(operator.at.data, version_in_service(operator.at.data, "bus"), INPUTS.limits)
    keep_snapshot(operator.at.data, replace(bus, publisher_name="\ud800"), INPUTS.limits)
    assert [(one.msg, one.__dict__["fault"]) for one in caplog.records] == [
        ("a snapshot could not be kept", "TypeError")
    ]
    operator.load("boat")
    assert read == ["bus"]


def test_only_what_is_in_service_is_kept_so(operator: Operator) -> None:
    operator.load("bus")
    operator.load("boat")
    operator.load("bus", stops=called("Gamma"))
    remove(operator.at, "boat")
    assert list((operator.at.data / SNAPSHOTS).glob("*/*")) == [kept_of(operator, "bus")]


PRICED = """
    # stops.txt
    stop_id,stop_name,stop_lat,stop_lon
    A,Alpha,47.70,-3.40
    B,Beta,47.71,
    C,Gamma,47.72,-3.40

    # fare_products.txt
    fare_product_id,fare_product_name,amount,currency
    single,One ride,1.50,EUR

    # fare_leg_rules.txt
    leg_group_id,fare_product_id
    g,single
    """


def test_a_price_a_zone_a_day_and_a_place_that_nobody_knows_come_back(tmp_path: Path) -> None:
    contents = tiny.files(calls("safe_duration_factor", "1.5") + PRICED)
    contents["locations.geojson"] = features(("Z", SQUARE)).encode()
    made = snapshot(load(tiny.packed(contents, tmp_path / "flex.zip"), tiny.SOURCE, ReadLimits()))
    save_packed(tmp_path / "kept", packed(made))
    found = unpacked(FeedSnapshot, open_packed(tmp_path / "kept"))
    assert_same(made, found, "flex")
    (zone,) = found.zones
    assert zone.booking == BookingRule("Appelez la centrale", "02 61 91 00 00", "", None, 1, 17 * 3600)
    assert (zone.safe, zone.usual) == (RideTime(1.5), RideTime())
    assert found.fares.products == (Product("single", "One ride", "", "", 150, "EUR"),)
    assert [isnan(stop.lon) for stop in found.stops] == [False, True, False]
    assert (found.services.first_day, found.services.active.sum(1).tolist()) == (date(2030, 1, 1), [365, 261, 52])


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
