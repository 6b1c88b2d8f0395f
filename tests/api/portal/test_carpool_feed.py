"""Live offers as open data: fetched, validated and loaded as any operator would, and nobody in them."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path

import gtfs_guru
import pytest

from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from mobility.network.current import Current
from mobility.network.modes import MODES
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.people import FAR_HOME, Person, sign_in
from tests.mail import Inbox

FEED = "/data/carpool.gtfs.zip"


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


def fetched(http: CheckedClient, folder: Path) -> Path:
    answer = http.get(FEED)
    assert (answer.status_code, answer.mimetype) == (200, "application/zip")
    file = folder / "carpool.zip"
    file.write_bytes(answer.data)
    return file


def test_the_canonical_validator_finds_no_error_and_it_loads_again(
    anna: Person, http: CheckedClient, tmp_path: Path
) -> None:
    anna.publish(back={"departure": "17:30"})
    file = fetched(http, tmp_path)
    found = gtfs_guru.validate(str(file), date="2026-06-03")
    assert [notice.code for notice in found.notices if notice.severity == "ERROR"] == []
    loading = LoadContext(tmp_path / "data", BuildInputs("Europe/Paris"), date(2026, 6, 3))
    reload(loading, [Incoming(FeedSource("carpool", "EUPL-1.2", "tests"), str(file))])
    network = Current(tmp_path / "data").network()
    assert {MODES[row] for row in network.lines.mode} == {"RIDE_SHARING"}
    assert len(network.trips.id) == 2


def test_nobody_and_no_home_is_in_it(anna: Person, http: CheckedClient, tmp_path: Path) -> None:
    anna.call("PATCH", "me", {"alias": "Zanflamme"})
    (offer,) = anna.publish(fromPlace=f"{FAR_HOME.lat},{FAR_HOME.lon}", priceCents=0)
    with zipfile.ZipFile(fetched(http, tmp_path)) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert "Zanflamme" not in text
    assert offer["from"]["id"] not in text and f"{FAR_HOME.lat:.3f}" not in text


def test_it_is_asked_for_again_only_where_it_changed(anna: Person, http: CheckedClient) -> None:
    anna.publish()
    answer = http.get(FEED)
    assert answer.headers["Cache-Control"] == "public, max-age=60"
    again = http.get(FEED, headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304


def test_where_nobody_can_offer_rides_there_is_no_feed(territory: Territory) -> None:
    settings = config()
    off = settings.model_copy(update={"features": settings.features.model_copy(update={"carpool": False})})
    assert app_of(territory, settings=off).test_client().get(FEED).status_code == 404
