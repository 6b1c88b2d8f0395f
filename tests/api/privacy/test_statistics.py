"""How often trips are looked for: published by commune and hour from six askers on, where the config wants it."""

from __future__ import annotations

import threading
from dataclasses import dataclass, replace

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.config.service import StatisticsSection
from api.web.storage import Kept
from api.web.trip_counts import THREAD
from mobility.network.place import TerritoryPlace
from mobility.routing.territory import Territory
from mobility.storage.store import Store
from tests.api.conftest import LINES, NOW, STOPS, Fixed, config
from tests.api.people import SEALING, Json
from tests.town import at, moment, town

EAST = at("6 0")


@dataclass
class Service:
    client: FlaskClient
    clock: list[int]

    def look_for_trips(self, askers: int) -> Json:
        found: Json = {}
        for number in range(askers):
            asked = {"fromPlace": "47.9,-3.6", "toPlace": "t_C"}
            answer = self.client.post("/api/trips", json=asked, environ_base={"REMOTE_ADDR": f"192.0.2.{number}"})
            found = answer.json["hent"]["dataUse"]
        return found

    def an_hour_later(self) -> list[Json]:
        self.clock[0] += 3600
        self.look_for_trips(1)
        for thread in threading.enumerate():
            if thread.name == THREAD:
                thread.join(10)
        counts: list[Json] = self.client.get("/api/statistics").json["counts"]
        return counts


@pytest.fixture(scope="module")
def communes() -> Territory:
    found = town(STOPS, LINES)
    east = TerritoryPlace("commune", "commune/56121", "Est", EAST.lat, EAST.lon)
    return replace(found, network=replace(found.network, places=(east,)))


def service(communes: Territory, store: Store, counted: bool = True) -> Service:
    clock = [moment(NOW)]
    settings = config().model_copy(update={"statistics": StatisticsSection(trips=counted)})
    app = create_app(settings, Fixed(communes), lambda: clock[0], Kept(store, SEALING))
    return Service(app.test_client(), clock)


def test_six_askers_are_published_with_the_commune_and_the_hour(communes: Territory, store: Store) -> None:
    served = service(communes, store)
    told = served.look_for_trips(6)
    assert told["processings"] == ["trip", "statistics", "fair_use"]
    assert told["recipients"] == [
        "tout le monde, mais seulement des totaux par commune et par heure, où personne n’est reconnaissable"
    ]
    assert "6" in told["stored"]
    (count,) = served.an_hour_later()
    assert count == {
        "hour": "2026-06-03T05:00:00Z",
        "commune": "commune/56121",
        "name": "Est",
        "end": "to",
        "askers": 6,
    }


def test_five_askers_leave_no_trace(communes: Territory, store: Store) -> None:
    served = service(communes, store)
    served.look_for_trips(5)
    assert served.an_hour_later() == []


def test_a_territory_can_do_without(communes: Territory, store: Store) -> None:
    served = service(communes, store, counted=False)
    assert served.look_for_trips(6)["processings"] == ["trip", "fair_use"]
    assert served.an_hour_later() == []


def test_a_day_that_is_none_is_refused(communes: Territory, store: Store) -> None:
    client = service(communes, store).client
    assert client.get("/api/statistics?day=today").json["parameter"] == "day"
    assert client.get("/api/statistics?day=2026-06-03").json["counts"] == []
