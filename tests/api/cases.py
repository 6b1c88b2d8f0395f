"""How each folder of $HENT_REFERENCE_DATA/cases is asked: a question in a few words, its answer in one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from flask import Flask

from api.app import create_app
from api.config import read_config
from api.territory.in_service import Following
from gtfs.accept import accept
from gtfs.archive import ReadLimits
from gtfs.errors import FeedError
from gtfs.snapshot import FeedSource
from mobility.errors import MobilityError
from mobility.feeds.build.network import build
from mobility.feeds.inputs import Incoming
from mobility.feeds.reload import reload
from mobility.geo import Point
from mobility.network.straight_line import StraightLine
from mobility.network.terrain import OPEN_GROUND
from mobility.places.build import build as build_places
from mobility.routing.territory import Territory
from mobility.search.days import Days
from mobility.streets.build import build_streets
from mobility.streets.graph import Mode
from mobility.streets.router import OnStreets
from tests.api.conftest import ROOT, app_of, moment
from tests.api.motis import CheckedClient
from tests.demo_in_service import demo_in_service
from tests.mobility.feeds.reloads import Operator

Json = Any
DATA = Path(os.environ.get("HENT_REFERENCE_DATA", "/nonexistent"))
CASES = DATA / "cases"
PLAN = "/api/v6/plan"
HERE = ZoneInfo("Europe/Paris")
BEFORE_ALL, SHOWN_ON = date(2026, 11, 23), date(2027, 1, 12)
HALF_AN_HOUR_S, WALKING_MPS = 1800, 1.33
MARKET = Point(60.1719, 24.9414)


@dataclass
class Worlds:
    """What the cases are asked of, each made when it is first asked for. folder: an empty one."""

    folder: Path
    folders: pytest.TempPathFactory
    feeds: dict[str, CheckedClient] = field(default_factory=dict)

    def of(self, case: str) -> CheckedClient:
        """The feed of a folder, the noon before."""
        if case not in self.feeds:
            snapshot, _ = accept(CASES / case / "feed", FeedSource("x", "test"), ReadLimits(), SHOWN_ON)
            network = build([snapshot], OPEN_GROUND, "Europe/Paris")
            territory = Territory(network, StraightLine(network), Days(network), build_places(network))
            self.feeds[case] = client_of(app_of(territory, "2027-01-11 12:00"))
        return self.feeds[case]

    @cached_property
    def demo(self) -> CheckedClient:
        data, config = demo_in_service(self.folders, BEFORE_ALL), read_config(ROOT / "config.toml")
        return client_of(create_app(config, Following(data, config), lambda: moment("2026-11-23 7:00")))

    @cached_property
    def helsinki(self) -> Territory:
        """On streets."""
        streets = build_streets(DATA / "osm" / "helsinki_centre.osm.pbf")
        feed, _ = accept(DATA / "gtfs" / "helsinki.zip", FeedSource("h", "test"), ReadLimits(), date(2022, 2, 22))
        network = build([feed], streets=streets)
        return Territory(network, OnStreets(streets, network), Days(network), build_places(network))


def client_of(app: Flask) -> CheckedClient:
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    return client


def told(worlds: Worlds, case: str, asked: str) -> str:
    """asked: what the driver of the folder reads, see there."""
    return DRIVERS[case](worlds, case, asked)


def rides(worlds: Worlds, case: str, asked: str) -> str:
    """`A B 7:50 arriveBy=true`: the first itinerary between two stops of the folder's feed."""
    start, end, clock, *more = asked.split()
    time = datetime.combine(SHOWN_ON, datetime.strptime(clock, "%H:%M").time(), HERE).isoformat()  # noqa: DTZ007
    words = dict(one.split("=") for one in more)
    answer = worlds.of(case).ask(PLAN, fromPlace=f"x_{start}", toPlace=f"x_{end}", time=time, **words)
    return ", ".join(map(leg_line, answer["itineraries"][0]["legs"]))


def named(worlds: Worlds, case: str, asked: str) -> str:
    """`found TEXT`: the id of what that name finds; `language A B`: the names of both ends, told in it."""
    verb, rest = asked.split(" ", 1)
    client = worlds.of(case)
    if verb == "found":
        return str(client.ask("/api/v1/geocode", text=rest)[0]["id"])
    start, end = rest.split()
    answer = client.ask(
        PLAN, fromPlace=f"x_{start}", toPlace=f"x_{end}", time=f"{SHOWN_ON}T07:50:00+01:00", language=verb
    )
    (leg,) = answer["itineraries"][0]["legs"]
    return f"{leg['from']['name']} > {leg['to']['name']}"


def changed(worlds: Worlds, case: str, asked: str) -> str:
    """As rides; `demo FROM > TO, TIME` by names of the demo: the last change."""
    if not asked.startswith("demo "):
        return rides(worlds, case, asked)
    ends, time = asked.removeprefix("demo ").split(", ")
    places = [_place(worlds.demo, name) for name in ends.split(" > ")]
    answer = worlds.demo.ask(PLAN, fromPlace=places[0], toPlace=places[1], time=time, profile="adult")
    out, walk, into = answer["itineraries"][0]["legs"][-3:]
    where = f"{_clock(out['endTime'])} {out['to']['name']}"
    return f"out {where}, {leg_line(walk)}, {into['displayName']} at {_clock(into['startTime'])}"


def leg_line(leg: Json) -> str:
    """`walk 65 m`; `H 8:00 h A > 8:30 h D "Dun"`, with how it is booked, and whether one stays seated."""
    if leg["mode"] == "WALK":
        return f"walk {leg['distance']} m"
    ends = " > ".join(
        f"{_clock(leg[when])} {leg[end]['name']}" for when, end in (("startTime", "from"), ("endTime", "to"))
    )
    stay = " (stay)" if leg["interlineWithPreviousLeg"] else ""
    return f'{leg["displayName"]} {ends} "{leg["headsign"]}"{_booking(leg)}{stay}'


def _booking(leg: Json) -> str:
    if leg["reservation"] == "NONE":
        return ""
    booked = leg["hent"]["reservation"]
    assert booked["message"] == "Call the day before until 15:00"
    return f", {leg['reservation']} until {booked['deadline']}, by {booked['number']}"


def _clock(time: str) -> str:
    return datetime.fromisoformat(time).astimezone(HERE).strftime("%H:%M").lstrip("0")


def _place(client: CheckedClient, name: str) -> str:
    found = client.ask("/api/v1/geocode", text=name)[0]
    return str(found["id"]) if found["type"] == "STOP" else f"{found['lat']},{found['lon']}"


def typed(worlds: Worlds, case: str, asked: str) -> str:
    """What is typed as the start of a trip: what the page takes it for, or says of it and leaves it as it is."""
    form = {"from": asked, "to": "Groix", "when": "leave", "moment": "2026-12-01T08:00", "lang": "fr"}
    page = worlds.demo.post("/", data=form)
    value = page.text.split('name="from" value="')[1].split('"')[0]
    if page.status_code == 200:
        return f"a trip from {value}"
    assert value == asked
    return page.text.split('id="from-fault">')[1].split("</p>")[0]


LANESTER, PORT_LOUIS, GROIX, AT_EIGHT = "47.7635,-3.346", "47.7073,-3.3545", "47.639,-3.4535", "2026-12-01T08:00:00"


def looked_up(worlds: Worlds, case: str, asked: str) -> str:
    """The modes of the first and the last way, by bike or by car: what the itinerary, found by its id, says of them."""
    pre, post = asked.split()
    words = {"fromPlace": LANESTER, "toPlace": PORT_LOUIS, "time": AT_EIGHT}
    first = worlds.demo.ask(PLAN, **words, preTransitModes=pre, postTransitModes=post)["itineraries"][0]
    again = worlds.demo.ask("/api/v6/refresh-itinerary", itineraryId=first["id"], language="en")
    assert _vehicles(first) == _vehicles(again)
    doors = again["hent"]["doors"]
    return f"{doors['access']}, {doors['egress']} lost: {doors['sentence'].split(':')[0]}"


def _vehicles(itinerary: Json) -> list[str]:
    return [f"{leg['tripId']} {leg['startTime']}" for leg in itinerary["legs"] if "tripId" in leg]


def minutes(worlds: Worlds, case: str, asked: str) -> str:
    """How long it takes from the station to a stop."""
    answer = worlds.demo.ask("/api/v6/one-to-all", one="lorient_gare", time=AT_EIGHT, maxTravelTime="60")
    return " ".join(str(one["duration"]) for one in answer["all"] if one["place"]["stopId"] == asked)


def reason(worlds: Worlds, case: str, asked: str) -> str:
    """`END name=value`: why there is nothing from the station."""
    end, word = asked.split()
    name, value = word.split("=")
    words = {"fromPlace": "lorient_gare", "toPlace": end, "time": AT_EIGHT, "language": "en", name: value}
    answer = worlds.demo.ask(PLAN, **words)
    assert answer["itineraries"] == []
    return f"{answer['hent']['reason']['code']}: {answer['hent']['reason']['sentence']}"


def over_water(worlds: Worlds, case: str, asked: str) -> str:
    """A point and seconds: are stops reached from it on foot so soon (many: over 50), the market on foot or by car, and
    does an answer say so?"""
    point, seconds = asked.split()
    streets, start = worlds.helsinki.streets, Point(*map(float, point.split(",")))
    stops = len(streets.access(start, int(seconds), WALKING_MPS).stop)
    ways = [streets.way(start, MARKET, 2 * HALF_AN_HOUR_S, WALKING_MPS, mode) for mode in (Mode.WALK, Mode.CAR)]
    words = {"fromPlace": point, "toPlace": f"{MARKET.lat},{MARKET.lon}", "directModes": "WALK,CAR"}
    client = client_of(app_of(worlds.helsinki, "2022-02-22 10:00"))
    answer = client.ask(PLAN, **words, time="2022-02-22T11:00:00+02:00")
    counts = {"stops": stops, "ways": len([way for way in ways if way])}
    counts |= {"direct": len(answer["direct"]), "itineraries": len(answer["itineraries"])}
    return ", ".join(f"{'many' if count > 50 else 'some' if count else 'no'} {name}" for name, count in counts.items())


def first_map(worlds: Worlds, case: str, asked: str) -> str:
    """What a map of Helsinki is told."""
    view = client_of(app_of(worlds.helsinki)).ask("/api/v1/map/initial")
    return str(view["serverConfig"][asked]) if asked in view["serverConfig"] else f"{view[asked]:.2f}"


def loaded(worlds: Worlds, case: str, asked: str) -> str:
    """`A.zip after B.zip`, `A.zip with B.zip` (at the same moment, under two names), `A.zip`: how it went, and what is
    in service; `links of A.zip`: how many files of its network hold an address that a browser would run."""
    if asked.startswith("links of "):
        operator = _operator(worlds, asked)
        reload(operator.at, [_incoming("feed", asked.split()[-1])])
        return str(sum(b"javascript:" in file.read_bytes() for file in _files(operator.at.data / "networks")))
    name, *beside = asked.split()
    operator = _operator(worlds, asked)
    if beside[:1] == ["after"]:
        reload(operator.at, [_incoming("feed", beside[1])])
    incoming = [_incoming("feed", name), *(_incoming("other", one) for one in beside[1:] if beside[0] == "with")]
    with ThreadPoolExecutor(2) as threads:
        outcomes = list(threads.map(lambda one: _outcome(operator, one), incoming))
    return f"{', '.join(outcomes)}; {_in_service(operator)}"


def _operator(worlds: Worlds, asked: str) -> Operator:
    folder = worlds.folder / asked.replace(" ", "-")
    folder.mkdir()
    return Operator.in_folder(folder, today=date(2026, 12, 1))


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def _incoming(feed: str, name: str) -> Incoming:
    return Incoming(FeedSource(feed, "test"), str(CASES / "feeds" / name))


def _outcome(operator: Operator, incoming: Incoming) -> str:
    try:
        outcome = reload(operator.at, [incoming])
    except (FeedError, MobilityError):
        return "refused"
    warned = {notice.code for report in outcome.reports for notice in report.notices if notice.code == "expired_feed"}
    return " ".join([outcome.state, *warned])


def _in_service(operator: Operator) -> str:
    """Each feed with its first day; the first stop and the zone of its agency's clocks."""
    network = operator.network
    feeds = " ".join(sorted(f"{feed.id} {feed.first_day}" for feed in network.feeds))
    zones = " ".join(sorted({network.zones[zone] for zone in network.services.zone}))
    return f"{feeds}: {network.stops.name[0]}, {zones}"


DRIVERS: dict[str, Callable[[Worlds, str, str], str]] = {
    "headsign": rides,
    "by-phone": rides,
    "ring": rides,
    "two-languages": named,
    "change-walk": changed,
    "names": typed,
    "refresh": looked_up,
    "one-to-all": minutes,
    "reasons": reason,
    "over-water": over_water,
    "map-initial": first_map,
    "feeds": loaded,
}
