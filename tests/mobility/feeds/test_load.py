"""Loading a feed: kept, built beside the others, in service; or refused, and nothing has changed."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from gtfs.archive import ReadLimits
from gtfs.errors import FeedError, RejectedFeed
from gtfs.snapshot import FeedSource
from mobility.errors import NetworkUnavailable
from mobility.feeds.load import Incoming, Loaded, Setting, load_feed, load_feeds, stored_feed
from mobility.network.current import Current

TODAY = date(2026, 6, 15)
SETTING = Setting("Europe/Paris")

TABLES = {
    "agency": "agency_id,agency_name,agency_url,agency_timezone\na,Agency,https://example.org,Europe/Paris",
    "stops": "stop_id,stop_name,stop_lat,stop_lon\nA,Alpha,47.70,-3.40\nB,Beta,47.71,-3.40",
    "routes": "route_id,agency_id,route_short_name,route_type\n1,a,1,3",
    "trips": "route_id,service_id,trip_id\n1,all,t",
    "stop_times": (
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\nt,8:00:00,8:00:00,A,1\nt,8:10:00,8:10:00,B,2"
    ),
    "calendar_dates": "service_id,date,exception_type\nall,20260615,1",
}


def incoming(folder: Path, feed: str, **changes: str) -> Incoming:
    """A folder of tables as a feed to load."""
    tables = folder / f"{feed}-{len(list(folder.iterdir()))}"
    tables.mkdir()
    for name, text in (TABLES | changes).items():
        (tables / f"{name}.txt").write_text(text + "\n", "utf-8")
    return Incoming(FeedSource(feed, "test licence", "tests"), str(tables))


def load(tmp_path: Path, feed: str, **changes: str) -> Loaded:
    sources = tmp_path / "sources"
    sources.mkdir(exist_ok=True)
    return load_feed(tmp_path / "data", incoming(sources, feed, **changes), SETTING, TODAY)


def test_a_loaded_feed_is_in_service(tmp_path: Path) -> None:
    loaded = load(tmp_path, "bus")
    network = Current(tmp_path / "data").network()
    assert network.version == loaded.network.version
    assert list(network.stops.id) == ["bus_A", "bus_B"]
    assert network.zones[0] == "Europe/Paris"


def test_an_accepted_version_is_kept_with_what_was_found_in_it(tmp_path: Path) -> None:
    (feed,) = load(tmp_path, "bus").network.feeds
    stored = stored_feed(tmp_path / "data", "bus", feed.sha256)
    assert stored.exists()
    assert '"source": "bus"' in stored.with_suffix(".json").read_text("utf-8")
    assert (feed.licence, feed.publisher) == ("test licence", "tests")


def test_another_feed_joins_those_in_service(tmp_path: Path) -> None:
    load(tmp_path, "bus")
    network = load(tmp_path, "boat").network
    assert [feed.id for feed in network.feeds] == ["bus", "boat"]
    assert len(network.footpaths.to_stop) == 4  # each stop stands at the other feed's


def test_a_new_version_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    load(tmp_path, "bus")
    load(tmp_path, "boat")
    renamed = TABLES["stops"].replace("Beta", "Gamma")
    network = load(tmp_path, "bus", stops=renamed).network
    assert sorted(feed.id for feed in network.feeds) == ["boat", "bus"]
    assert network.stops.name[network.stop("bus_B")] == "Gamma"
    assert len(list((tmp_path / "data" / "feeds" / "bus").glob("*.zip"))) == 2


def test_feeds_that_are_not_to_stay_go(tmp_path: Path) -> None:
    load(tmp_path, "demo")
    data, boat = tmp_path / "data", incoming(tmp_path / "sources", "boat")
    network = load_feeds(data, [boat], SETTING, TODAY, staying=()).network
    assert [feed.id for feed in network.feeds] == ["boat"]


def test_a_rejected_feed_changes_nothing(tmp_path: Path) -> None:
    before = load(tmp_path, "bus").network.version
    with pytest.raises(RejectedFeed):
        load(tmp_path, "bus", stop_times=TABLES["stop_times"].replace(",B,", ",Z,"))
    assert Current(tmp_path / "data").network().version == before
    assert not list((tmp_path / "data").glob(".incoming*"))


def test_an_unreadable_first_feed_puts_nothing_into_service(tmp_path: Path) -> None:
    (tmp_path / "no.zip").write_text("<html>")
    with pytest.raises(FeedError):
        load_feed(tmp_path / "data", Incoming(FeedSource("bus", "x"), str(tmp_path / "no.zip")), SETTING, TODAY)
    with pytest.raises(NetworkUnavailable):
        Current(tmp_path / "data").network()


def test_each_step_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    load_feed(
        tmp_path / "data", incoming(tmp_path, "bus"), replace(SETTING, said=told.append, limits=ReadLimits()), TODAY
    )
    assert told == ["reading bus", "building the network", "publishing"]
