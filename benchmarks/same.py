"""`python -m benchmarks same A B [CITY ...]`: two checkouts are asked the same questions; what they answer is compared.

Each loads the feeds, publishes the carpools and serves by its own commands, and is asked over HTTP. A day that is asked
for often becomes quick to search and may then be answered otherwise, so all is asked until the answers stay.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from http.client import HTTPConnection, RemoteDisconnected
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from benchmarks.checkout import Checkout
from benchmarks.differences import differences
from benchmarks.server_load import MAPPED, City, Place, near, serving, stops_of
from benchmarks.table import table

QUESTIONS, SEED = 300, 13
OFFERS = 16
PASSES, MOST_PASSES, PAUSE_S = 4, 12, 4.0
"""Twelve questions make a day quick, and each kind of day is asked for at least four times in a pass."""
TOLD = 5
"""So many questions that are answered otherwise are told of each city, and so many members of each."""

KINDS: tuple[tuple[str, dict[str, object]], ...] = (
    ("leaving", {"searchWindow": 7200}),
    ("arriving", {"searchWindow": 7200, "arriveBy": "true"}),
    ("at one time", {"timetableView": "false", "withFares": "true"}),
    ("adult", {"profile": "adult"}),
    ("adult, explained", {"profile": "adult", "explain": "true", "language": "en"}),
    ("family, arriving", {"profile": "family", "arriveBy": "true"}),
    ("reduced mobility", {"profile": "reduced_mobility"}),
    ("wheelchair", {"pedestrianProfile": "WHEELCHAIR", "searchWindow": 7200}),
    ("low mobility", {"profile": "low_mobility", "language": "br"}),
    ("senior", {"profile": "senior", "explain": "true"}),
    ("blind, arriving", {"profile": "blind", "arriveBy": "true"}),
    ("cyclist", {"profile": "cyclist"}),
    ("bike aboard", {"preTransitModes": "BIKE,WALK", "requireBikeTransport": "true", "directModes": "WALK,BIKE"}),
    ("hurried, in a car park", {"profile": "hurried", "preTransitModes": "CAR_PARKING,WALK", "directModes": "CAR"}),
    ("fetched by car", {"postTransitModes": "CAR_DROPOFF,WALK", "searchWindow": 3600}),
)

Json = dict[str, Any]


class Unknown(Exception):
    """A name that no city has."""


class Unsettled(Exception):
    """Answers that change each time."""


@dataclass(frozen=True, slots=True)
class Question:
    kind: str
    path: str


@dataclass(frozen=True, slots=True)
class Answered:
    """By question: the JSON, and the HTTP status in its member `status`."""

    city: str
    by_question: dict[Question, Json]


def main(words: list[str]) -> int:
    """The exit code: 1 where something differs. Raises NotSetUp, Failed, Unknown, Unsettled."""
    first, second = map(Checkout.at, words[:2])
    pairs = [(answered(first, city), answered(second, city)) for city in cities(words[2:])]
    found = [_unlike(*pair) for pair in pairs]
    rows = [_row(pair[0], unlike) for pair, unlike in zip(pairs, found, strict=True)]
    heads = ("city", "equal", "different", "with a ride", "with a ride in a car")
    print(table(f"Answers of {first.folder} and {second.folder}", rows, heads))
    for (before, _), unlike in zip(pairs, found, strict=True):
        print("".join(f"{line}\n" for line in _told(before.city, unlike)), end="")
    return int(any(found))


def cities(names: list[str]) -> list[City]:
    """Those named, or all; the demo alone where HENT_REFERENCE_DATA is not set. Raises Unknown."""
    folder = os.environ.get("HENT_REFERENCE_DATA")
    known = [*_demo(), *(_reference(Path(folder)) if folder else ())]
    if unknown := set(names) - {city.name for city in known}:
        raise Unknown(f"no city {', '.join(sorted(unknown))}; there are {', '.join(city.name for city in known)}")
    return [city for city in known if not names or city.name in names]


def _demo() -> list[City]:
    """Days of next week: nobody has to have booked by now."""
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    tuesday = today + timedelta((1 - today.weekday()) % 7 + 7)
    days = {"demo": tuesday, "demo, Saturday": tuesday + timedelta(4)}
    return [City(name, None, day, "Europe/Paris") for name, day in days.items()]


def _reference(data: Path) -> list[City]:
    helsinki, extract, tuesday = data / "gtfs/helsinki.zip", data / "osm/helsinki_centre.osm.pbf", date(2022, 2, 22)
    return [
        City("Helsinki", helsinki, tuesday, "Europe/Helsinki"),
        City("Helsinki on streets", helsinki, tuesday, "Europe/Helsinki", extract, MAPPED),
        City("Périgueux", data / "gtfs/perigueux.zip", date(2026, 1, 13), "Europe/Paris"),
    ]


def answered(checkout: Checkout, city: City) -> Answered:
    print(f"{city.name}, {checkout.folder}", file=sys.stderr, flush=True)
    with TemporaryDirectory() as folder:
        data = Path(folder)
        _load(checkout, city, data)
        token = "" if city.feed else _signed_in(checkout, data)
        with serving(data, workers=1, checkout=checkout) as service:
            connection = HTTPConnection("127.0.0.1", service.port, timeout=120)
            stops = sorted(stops_of(service.port, city.corners), key=lambda stop: str(stop["stopId"]))
            offers = _published(connection, token, stops, city) if token else []
            return Answered(city.name, _settled(connection, list(questions(stops, city)), offers))


def _load(checkout: Checkout, city: City, data: Path) -> None:
    """The demo is loaded by `hent serve` itself."""
    if city.extract:
        checkout.run("streets", "build", "--extract", city.extract, "--data", data)
    if city.feed:
        checkout.run("feeds", "load", city.feed, "--only", "--licence", "CC BY 4.0", "--data", data)


def _signed_in(checkout: Checkout, data: Path) -> str:
    """The token of a driver's session."""
    code = checkout.run("carpool", "code", "driver@example.org", "--data", data).strip()
    session: Json = json.loads(checkout.run("carpool", "sign-in", code, "--alias", "Driver", "--adult", "--data", data))
    return str(session["token"])


def _published(connection: HTTPConnection, token: str, stops: list[Json], city: City) -> list[str]:
    """The ids of offers between random stops on the day that is asked about, in the order in which they were made."""
    chance = random.Random(SEED)
    ids: list[str] = []
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    while len(ids) < OFFERS:
        start, end = chance.sample(stops, 2)
        body = {
            "fromPlace": start["stopId"],
            "toPlace": end["stopId"],
            "date": city.day.isoformat(),
            "departure": f"{chance.randint(6, 19):02}:{chance.randint(0, 59):02}",
            "flexibleMinutes": chance.choice((0, 5, 10)),
            "seats": chance.randint(1, 4),
        }
        connection.request("POST", "/api/carpool/offers", json.dumps(body), headers)
        told = json.loads(connection.getresponse().read())
        ids += [offer["id"] for offer in told.get("offers", ())]
    return ids


def questions(stops: list[Json], city: City) -> Iterator[Question]:
    """Between stops, by their ids, and points near them, at times of the day; always the same ones."""
    chance = random.Random(SEED)
    for number in range(QUESTIONS):
        kind, asked = KINDS[number % len(KINDS)]
        start, end = (_end(chance, stop) for stop in chance.sample(stops, 2))
        at = datetime(city.day.year, city.day.month, city.day.day, tzinfo=ZoneInfo(city.zone))
        at = at.replace(hour=chance.randint(5, 22), minute=chance.randint(0, 59))
        words = {"fromPlace": start, "toPlace": end, "time": at.isoformat(), **asked}
        yield Question(kind, f"/api/v6/plan?{urlencode(words)}")


def _end(chance: random.Random, stop: Json) -> str:
    beside = near(chance, Place(stop["lat"], stop["lon"]))
    return str(stop["stopId"]) if chance.random() < 0.25 else beside


def _settled(
    connection: HTTPConnection, asked: list[Question], offers: list[str], pause_s: float = PAUSE_S
) -> dict[Question, Json]:
    """The answers once they stay what they were."""
    before: dict[Question, Json] = {}
    for number in range(MOST_PASSES):
        found = {question: _answer(connection, question, offers) for question in asked}
        if number + 1 >= PASSES and found == before:
            return found
        before = found
        # A server hangs up on who is silent for long, and a busy machine makes the pause longer: the next one dials.
        connection.close()
        time.sleep(pause_s)
    raise Unsettled(f"the answers still change after {MOST_PASSES} times")


def _answer(connection: HTTPConnection, question: Question, offers: list[str]) -> Json:
    """Offers by their number: their ids are drawn anew with each installation."""
    status, text = _got(connection, question.path)
    for number, offer in enumerate(offers):
        text = text.replace(offer, f"offer-{number}")
    return {"status": status, **json.loads(text)}


def _got(connection: HTTPConnection, path: str) -> tuple[int, str]:
    """Asked once more where the server hung up between two questions, as earlier checkouts do on a busy machine."""
    try:
        connection.request("GET", path)
        response = connection.getresponse()
    except RemoteDisconnected:
        connection.close()
        connection.request("GET", path)
        response = connection.getresponse()
    return response.status, response.read().decode()


def _unlike(first: Answered, second: Answered) -> dict[Question, list[str]]:
    """What differs, by question; a question that only one was asked (it has other stops) differs."""
    none: Json = {}
    asked = {**first.by_question, **second.by_question}
    found = {
        question: list(differences(first.by_question.get(question, none), second.by_question.get(question, none)))
        for question in asked
    }
    return {question: lines for question, lines in found.items() if lines}


def _row(one: Answered, unlike: dict[Question, list[str]]) -> tuple[str, ...]:
    told = [answer for answer in one.by_question.values() if answer.get("itineraries")]
    shared = sum("RIDE_SHARING" in json.dumps(answer) for answer in told)
    equal = len(one.by_question.keys() - unlike.keys())
    return one.city, str(equal), str(len(unlike)), str(len(told)), str(shared)


def _told(city: str, unlike: dict[Question, list[str]]) -> Iterator[str]:
    for question, lines in list(unlike.items())[:TOLD]:
        yield f"{city}, {question.kind}: {question.path}"
        yield from (f"    {line}" for line in lines[:TOLD])
        if len(lines) > TOLD:
            yield f"    and {len(lines) - TOLD} more"
