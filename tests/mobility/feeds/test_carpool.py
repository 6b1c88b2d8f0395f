"""Offers published as GTFS pass the validators, load back as a feed, and tell nothing of the driver."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import gtfs_guru
import pytest

from gtfs.archive import ReadLimits
from gtfs.load import load
from gtfs.snapshot import FeedSource
from gtfs.validate import validate
from mobility.carpool.offer import Comfort, MeetingPoint, Offer, OfferId, PointKind, Waypoint, Weekly
from mobility.feeds.carpool import Coming, Publisher, write_feed
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from mobility.geo import Point
from mobility.network.current import Current
from mobility.network.modes import MODES
from tests.mobility.carpool.conftest import LORIENT, PLOUHINEC, an_offer

TODAY = date(2026, 6, 1)
PUBLISHER = Publisher("Covoiturage du Pays de Lorient", "https://hent.example.org/", "Europe/Paris", "fr")
HOME = MeetingPoint("47.6900,-3.2600", "Plouhinec", Point(47.69, -3.26), PointKind.BLURRED)
MIDWAY = MeetingPoint("c_MERLEVENEZ", "Merlevenez", Point(47.7370, -3.2340), PointKind.CARPOOL_PLACE)
MONDAYS = Weekly(frozenset({0}), date(2026, 1, 5), date(2026, 12, 28), except_days=frozenset({date(2026, 6, 8)}))


def offers() -> list[Offer]:
    way = (Waypoint(PLOUHINEC, 0, 0), Waypoint(MIDWAY, 600, 6000, pickup=False), Waypoint(LORIENT, 1500, 18_000))
    weekly = replace(an_offer("mondays"), schedule=MONDAYS, waypoints=way, comfort=Comfort(wheelchair=True, bike=False))
    from_home = replace(
        an_offer("from-home"), start=HOME, waypoints=(Waypoint(HOME, 0, 0), Waypoint(MIDWAY, 600, 6000), way[2])
    )
    over = replace(an_offer("over", "2026-05-30"), waypoints=way)
    return [weekly, an_offer("once"), from_home, over]


@pytest.fixture
def feed(tmp_path: Path) -> Path:
    path = tmp_path / "carpool.zip"
    assert write_feed(offers(), PUBLISHER, Coming(TODAY, frozenset()), path) == 3
    return path


def rows(feed: Path, table: str) -> list[str]:
    with zipfile.ZipFile(feed) as archive:
        return archive.read(f"{table}.txt").decode().splitlines()


def test_our_own_validator_finds_nothing(feed: Path) -> None:
    report = validate(load(feed, FeedSource("carpool", "EUPL-1.2"), ReadLimits()), TODAY)
    assert report.accepted
    assert [str(notice) for notice in report.notices if notice.severity.name != "INFO"] == []


def test_the_canonical_validator_finds_no_error(feed: Path) -> None:
    found = gtfs_guru.validate(str(feed), date="2026-06-01")
    assert [notice.code for notice in found.notices if notice.severity == "ERROR"] == []


def test_an_offer_is_a_trip_between_meeting_points(feed: Path) -> None:
    assert rows(feed, "stop_times")[1:] == [
        "from-home,1,c_MERLEVENEZ,07:50:00,07:50:00,3,1,0",
        "from-home,2,t_GARE,08:05:00,08:05:00,1,3,0",
        "mondays,1,t_PLOUHINEC,07:40:00,07:40:00,3,1,0",
        "mondays,2,c_MERLEVENEZ,07:50:00,07:50:00,1,3,0",
        "mondays,3,t_GARE,08:05:00,08:05:00,1,3,0",
        "once,1,t_PLOUHINEC,07:40:00,07:40:00,3,1,0",
        "once,2,t_GARE,08:05:00,08:05:00,1,3,0",
    ]
    assert [row for row in rows(feed, "calendar_dates") if row.startswith("mondays")] == [
        "mondays,20260601,1",
        "mondays,20260615,1",
        "mondays,20260622,1",
        "mondays,20260629,1",
    ]


def test_it_loads_back_as_shared_rides(feed: Path, tmp_path: Path) -> None:
    source = FeedSource("carpool", "EUPL-1.2", "tests")
    reload(LoadContext(tmp_path / "data", BuildInputs("Europe/Paris"), TODAY), [Incoming(source, str(feed))])
    network = Current(tmp_path / "data").network()
    assert {MODES[row] for row in network.lines.mode} == {"RIDE_SHARING"}
    assert sorted(network.stops.id) == ["carpool_c_MERLEVENEZ", "carpool_t_GARE", "carpool_t_PLOUHINEC"]


def test_nothing_of_the_driver_or_of_a_home_is_published(feed: Path) -> None:
    with zipfile.ZipFile(feed) as archive:
        text = "".join(archive.read(name).decode() for name in archive.namelist())
    assert not [word for word in ("anna", "47.69,", "-3.26", HOME.id) if word in text]
    assert OfferId("over") not in text


def test_the_night_in_which_gtfs_would_tell_another_moment_is_left_out(tmp_path: Path) -> None:
    sundays = Weekly(frozenset({6}), date(2026, 3, 1), date(2026, 4, 30))
    at_night = replace(an_offer("sundays"), schedule=sundays, departure=time(2, 30))
    path = tmp_path / "carpool.zip"
    write_feed([at_night], PUBLISHER, Coming(date(2026, 3, 20), frozenset()), path)
    days = [row.split(",")[1] for row in rows(path, "calendar_dates")[1:]]
    assert days == ["20260322", "20260405", "20260412", "20260419"]
