"""The place index of the demo territory, made once for these tests."""

from datetime import date

import pytest

from demo.build import TERRITORY
from demo.build import build as build_demo
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.snapshot import FeedSource
from mobility.feeds.build.network import build as build_network
from mobility.network.network import Network
from mobility.places.build import build
from mobility.places.files import read_places
from mobility.places.index import PlaceIndex

TODAY = date(2026, 6, 1)
FILES = {
    "commune": "communes.csv",
    "town_centre": "town_centres.geojson",
    "counter": "counters.csv",
    "third_place": "third_places.csv",
    "carpool_point": "carpool.csv",
}


@pytest.fixture(scope="session")
def lorient(tmp_path_factory: pytest.TempPathFactory) -> Network:
    feed, _ = accept(
        build_demo(tmp_path_factory.mktemp("demo"), TODAY), FeedSource("lorient", "x"), ReadLimits(), TODAY
    )
    places = [place for kind, file in FILES.items() for place in read_places(kind, TERRITORY / file)]
    return build_network([feed], zone="Europe/Paris", places=tuple(places))


@pytest.fixture(scope="session")
def places(lorient: Network) -> PlaceIndex:
    return build(lorient)
