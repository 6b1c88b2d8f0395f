"""A network on disk, and the workers that follow the pointer to it."""

import threading
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest
import shapely

from mobility.errors import NetworkUnavailable
from mobility.feeds.build.network import build
from mobility.feeds.publish import publish, put_into_service
from mobility.network.current import Current, published_versions
from mobility.network.network import Network
from mobility.network.place import TerritoryPlace
from mobility.network.storage import columns, open_network, save
from mobility.network.terrain import Terrain
from tests.mobility.feeds import tiny

LINE = "1 a: A 8:00 > B 8:10 > C 8:20"


def full_network() -> Network:
    water = shapely.box(-3.4, 47.6, -3.3, 47.7)
    place = TerritoryPlace("counter", "c1", "Maison de la Mobilité", 47.7, -3.4, {"opens": "9:00"})
    feed = tiny.fare(tiny.feed(LINE, transfers="A > C 2 500"), "Ticket", 170, (0,))
    return build([feed], Terrain(barriers=(water,), longest_m=300.0), "Europe/Paris", (place,))


def test_a_network_is_opened_as_it_was_saved(tmp_path: Path) -> None:
    network = full_network()
    save(network, tmp_path / "n")
    opened = open_network(tmp_path / "n")
    saved, found = dict(columns(network)), dict(columns(opened))
    assert saved.keys() == found.keys()
    assert all((saved[name] == found[name]).all() and saved[name].dtype == found[name].dtype for name in saved)
    for name in ("version", "zones", "feeds", "agencies", "fares", "places"):
        assert getattr(opened, name) == getattr(network, name), name
    assert opened.services.first_day == network.services.first_day
    for field in fields(Terrain):
        assert getattr(opened.terrain, field.name) == getattr(network.terrain, field.name)


def test_columns_are_mapped_and_cannot_be_changed(tmp_path: Path) -> None:
    save(full_network(), tmp_path / "n")
    arrival = open_network(tmp_path / "n").calls.arrival
    assert type(arrival) is np.ndarray
    with pytest.raises(ValueError, match="read-only"):
        arrival[0] = 0


def test_the_version_follows_the_content() -> None:
    network = full_network()
    assert network.version == full_network().version
    other_walks = build([tiny.feed(LINE)], replace(network.terrain, longest_m=301.0))
    assert len({network.version, other_walks.version, build([tiny.feed(LINE)]).version}) == 3


def test_before_the_first_publication_there_is_no_network(tmp_path: Path) -> None:
    with pytest.raises(NetworkUnavailable):
        Current(tmp_path).network()


def test_a_worker_follows_the_pointer(tmp_path: Path) -> None:
    worker = Current(tmp_path)
    publish(tmp_path, build([tiny.feed(LINE)]))
    before = worker.network()
    assert worker.network() is before
    publish(tmp_path, full_network())
    assert worker.network().version == full_network().version != before.version
    assert before.stops.name[0] == "A"


def test_the_networks_before_stay_to_go_back_to(tmp_path: Path) -> None:
    first, second = build([tiny.feed(LINE)]), full_network()
    publish(tmp_path, first)
    publish(tmp_path, second)
    put_into_service(tmp_path, first.version)
    assert published_versions(tmp_path) == [first.version, second.version]
    assert Current(tmp_path).network().version == first.version


def test_old_networks_are_removed(tmp_path: Path) -> None:
    for minute in range(10, 17):
        publish(tmp_path, build([tiny.feed(f"1 a: A 8:00 > B 8:{minute}")]))
    assert len(published_versions(tmp_path)) == len(list((tmp_path / "networks").iterdir())) == 5


def test_several_may_publish_the_same_network_at_once(tmp_path: Path) -> None:
    network = full_network()
    writers = [threading.Thread(target=publish, args=(tmp_path, network)) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert Current(tmp_path).network().version == network.version
    assert [path.name for path in (tmp_path / "networks").iterdir()] == [network.version]
