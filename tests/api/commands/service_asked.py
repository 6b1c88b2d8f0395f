"""A service that is asked what needs kernels: the demo on streets, with its invented day, and a second feed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from flask.testing import FlaskClient

from api.app import create_app
from api.commands.kernels.sample_territory import drawn
from api.config import Config, read_config
from api.feeds.illustrative import illustrative_feed
from api.territory.in_service import Following
from demo.build import TERRITORY
from demo.storm import disturbed_day
from demo.tables import read
from mobility.clock import instant, now_s
from mobility.live.composed import Composer, Sayings
from mobility.live.live_versions import publish
from mobility.planning.first_question import busiest_stops
from mobility.routing.territory import Territory
from tests.api.terminal import CONFIG, hent, zipped

KINDS: tuple[dict[str, object], ...] = (
    {},
    {"arriveBy": True},
    {"searchWindow": 7200},
    {"searchWindow": 7200, "arriveBy": True},
    {"pedestrianProfile": "WHEELCHAIR"},
    {"transitModes": "BUS"},
    {"maxTransfers": 1, "arriveBy": True},
    {"preTransitModes": "BIKE", "postTransitModes": "BIKE", "directModes": "WALK,BIKE,CAR"},
    {"preTransitModes": "CAR"},
    {"pedestrianSpeed": 1.0, "explain": 1},
)


def ask_everything(folder: str) -> None:
    data, config = Path(folder), read_config(Path(CONFIG))
    following = Following(data, config)
    network = following.territory().network
    busiest = network.stops.point(busiest_stops(network)[0])
    (data / "square.opl").write_text(drawn(busiest), "utf-8")
    assert hent("streets", "build", "--extract", data / "square.opl", "--data", data).exit_code == 0
    disturb(data, following.territory())
    client = create_app(config, following).test_client()
    ask(client, following.territory(), config)
    near = {"fromPlace": f"{busiest.lat},{busiest.lon}", "toPlace": f"{busiest.lat + 0.0009},{busiest.lon + 0.0013}"}
    assert client.get("/api/v6/plan", query_string=near | {"directModes": "WALK,BIKE,CAR"}).json["direct"]
    assert hent("feeds", "load", zipped(data), "--data", data).exit_code == 0


def disturb(data: Path, territory: Territory) -> None:
    now = instant(int(now_s())).astimezone(territory.zone)
    said = illustrative_feed(read(TERRITORY), disturbed_day(read(TERRITORY), now, now), now)
    feeds = {feed.id: said for feed in territory.network.feeds}
    state, _ = Composer(territory.network).state(Sayings(feeds), int(now.timestamp()))
    assert publish(data, territory.network, state, int(now.timestamp()))


def ask(client: FlaskClient, territory: Territory, config: Config) -> None:
    assert territory.planned is not None, "live"
    now = datetime.now(territory.zone).replace(microsecond=0)
    tuesday = (now + timedelta(days=(1 - now.weekday()) % 7 or 7)).replace(hour=8)
    for at in (now, tuesday):
        base = {"fromPlace": "lorient_gare", "toPlace": "47.7073,-3.3545", "time": at.isoformat()}
        for kind in KINDS:
            assert client.get("/api/v6/plan", query_string=base | kind).status_code == 200, kind
    around = {"one": "47.7483,-3.3702", "time": tuesday.isoformat(), "maxTravelTime": 60}
    for resource, query in (
        ("/api/experimental/one-to-all", around),
        ("/api/experimental/one-to-all", around | {"arriveBy": True}),
        ("/api/v6/stoptimes", {"stopId": "lorient_port-tudy", "n": 10}),
        ("/api/v1/geocode", {"text": "lorien gra"}),
        ("/api/v1/reverse-geocode", {"place": "47.75,-3.36"}),
        ("/api/v1/map/stops", {"min": "47.6,-3.6", "max": "47.9,-3.2"}),
    ):
        assert client.get(resource, query_string=query).status_code == 200, resource
