"""The canary: the real service is asked everything with marked values, then every place it can write to is searched.

Only what the register declares may be found, and only in the tables that it names.
"""

from __future__ import annotations

import re
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from sqlalchemy import select, text

from mobility.geo import Point
from mobility.live.message_store import add_message
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.network.files import write_whole
from mobility.operators.tokens import Operators, Role
from mobility.privacy.data import ALIAS, EMAIL, MESSAGE, PHONE, REMARK, STAFF, Datum
from mobility.privacy.register import REGISTER, Processing
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.privacy import marks
from tests.api.privacy.installation import Installation, installed
from tests.api.privacy.marks import Mark, files_below, found_in, open_files
from tests.gtfs.realtime.feeds import feed as realtime_feed
from tests.mail import Inbox, mail_server
from tests.storage import Cluster, running
from tests.town import at

HOME, OTHER, BROKEN = at("0.2137 -0.3391"), at("5.8137 0.4417"), at("-0.1973 -0.1117")
ADDRESS, AGENT, REFERER = "198.51.100.77", "Zweihornbrowser", "https://zinnober.example/seite"
EMAIL_SENT, ALIAS_SENT, PHONE_SENT = "zanflamme.quorvex@example.org", "Zanflamme Quorvex", "0698712345"
TYPED, WORD, UNKNOWN = "Rue du Brumelune", "Vertigrise à midi", "Knurrhahnweg"
OPERATOR_NAME = "Yvon Krakenbourg"
REMARK_SENT, PLATE = "Grimmelpfütze am Kai", "QZ-739-KW"
HEADERS = {"X-Forwarded-For": ADDRESS, "User-Agent": AGENT, "Referer": REFERER, "Cookie": f"a={UNKNOWN}"}
TEXTS = {
    "address": ADDRESS,
    "agent": AGENT,
    "referer": REFERER,
    "email": EMAIL_SENT,
    "alias": ALIAS_SENT,
    "phone": PHONE_SENT,
    "typed": TYPED,
    "message": WORD,
    "unknown": UNKNOWN,
    "operator": OPERATOR_NAME,
    "remark": REMARK_SENT,
    "plate": PLATE,
}
MARKS = (
    marks.position("home", HOME.lat, HOME.lon),
    marks.position("other", OTHER.lat, OTHER.lon),
    marks.position("broken", BROKEN.lat, BROKEN.lon),
    *(marks.text(name, value) for name, value in TEXTS.items()),
)
DATA = {"email": EMAIL, "alias": ALIAS, "phone": PHONE, "message": MESSAGE, "operator": STAFF, "remark": REMARK}
SHARED_MEMORY = Path("/dev/shm")
DAY = (datetime.now(UTC) + timedelta(days=3)).date().isoformat()
"""The service runs by the clock of the machine."""


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Nobody else's places stand in its files."""
    with running() as found:
        yield found


@dataclass(frozen=True)
class Canary:
    served: Installation
    inbox: Inbox
    store: Store
    cluster: Path | None
    before: frozenset[Path]
    """What others had in the shared memory before the service began."""


@pytest.fixture
def canary(store: Store, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Canary]:
    folder = tmp_path / "service"
    folder.mkdir()
    url = store.engine.url.render_as_string(hide_password=False)
    cluster = None if store.is_sqlite else Path(request.getfixturevalue("cluster").folder)
    before = frozenset(SHARED_MEMORY.iterdir())
    with mail_server() as inbox, installed(folder, url, inbox.port, str(BROKEN.lat), HEADERS) as served:
        yield Canary(served, inbox, store, cluster, before)


def place(point: Point) -> str:
    return f"{point.lat},{point.lon}"


def ask_for_trips(served: Installation) -> None:
    here, there = place(HOME), place(OTHER)
    plan, when = "/api/v6/plan", "time=2026-06-03T08:00:00Z"
    served.send("GET", f"{plan}?{when}&fromPlace={here}&toPlace=t_C&unknown={UNKNOWN}", status=200)
    served.send("GET", f"{plan}?fromPlace=t_A&toPlace={there}&time={here}", status=400)
    served.send("GET", f"{plan}?{when}&fromPlace={place(BROKEN)}&toPlace=t_C", status=500)
    served.send("POST", "/api/trips", {"fromPlace": here, "toPlace": there}, status=200)
    served.send("POST", "/api/trips", {"fromPlace": here, "toPlace": there, UNKNOWN: TYPED}, status=400)
    served.send("POST", "/api/trips", {"fromPlace": place(BROKEN), "toPlace": "t_C"}, status=500)
    served.send("POST", "/", f"from={here}&to={there}&fromId={here}&toId={there}&when=now", status=200)
    served.send("POST", "/", f"from={here}&to=A&{UNKNOWN}={UNKNOWN}", status=400)
    served.send("POST", "/suggest", f"text={TYPED}", status=200)
    served.send("POST", "/suggest", f"text=12 {TYPED} Bourg", status=200)
    served.send("POST", "/", f"from=12 {TYPED}&to=A&when=now", status=400)
    served.send("GET", f"/api/v1/geocode?text={TYPED.replace(' ', '+')}", status=200)
    served.send("GET", f"/api/v1/geocode?text=12+{TYPED.replace(' ', '+')}&type=ADDRESS&language=br", status=200)
    served.send("GET", f"/api/v1/reverse-geocode?place={here}", status=200)
    served.send("GET", f"/api/v6/stoptimes?center={here}&radius=500&n=3")
    served.send("GET", f"/{UNKNOWN}?{here}", status=404)
    served.send("DELETE", f"/api/trips?{here}", status=405)
    served.send("POST", "/api/trips", "{" + TYPED.encode().hex(), status=415)


def ask_what_is_known_now(canary: Canary) -> None:
    """While a bus is late, another trip has been cancelled by an operator with a marked name, and news are told."""
    served, now_s = canary.served, int(time.time())
    late = f'trip_update {{ trip {{ trip_id: "Bus1-1" start_date: "{DAY.replace("-", "")}" }} delay: 420 }}'
    where = 'vehicle { trip { trip_id: "Bus1-1" } position { latitude: 47.75 longitude: -3.36 } }'
    news = 'alert { informed_entity { route_id: "Bus1" } header_text { translation { text: "Travaux" } } }'
    write_whole(served.realtime, realtime_feed(late, where, news, header=f"timestamp: {now_s}"), settled=False)
    gone = OperatorMessage(
        "", MessageEffect.CANCELLED, MessageCause.WEATHER, now_s, now_s + 9 * 86_400, by=OPERATOR_NAME, at_s=now_s,
        trip="t_Boat2-1", day=date.fromisoformat(DAY), text=(("fr", "Prochain départ à 9 h 30"),),
    )  # fmt: skip
    add_message(canary.store, gone)
    bus, boat = f"{DAY.replace('-', '')}_08:00_t_Bus1-1", f"{DAY.replace('-', '')}_08:30_t_Boat2-1"
    give_up = time.monotonic() + 60
    while not (told(served, bus)["realTime"] and told(served, boat)["cancelled"]):
        assert time.monotonic() < give_up
        time.sleep(0.2)
    here, there, when = place(HOME), place(OTHER), f"time={DAY}T07:00:00Z"
    plan, span = "/api/v6/plan", f"startTime={DAY}T06:00:00Z&endTime={DAY}T08:00:00Z"
    served.send("GET", f"/api/v6/map/trips?{span}&zoom=14&min={here}&max={there}&unknown={UNKNOWN}", status=200)
    served.send("GET", f"/api/v6/map/trips?{span}&zoom={UNKNOWN}&min={here}&max={there}", status=400)
    asked = f"{plan}?{when}&fromPlace={here}&toPlace=t_C&ifMissed=true&numLegAlternatives=2"
    served.send("GET", asked, status=200)
    served.send("GET", f"{asked}&realtimeMode=REALTIME_ANNOTATION_ONLY", status=200)
    served.send("GET", f"{asked}&realtimeMode={UNKNOWN}", status=400)
    served.send("GET", f"/api/v6/refresh-itinerary?itineraryId={UNKNOWN}{here}", status=400)
    served.send("GET", f"/api/v6/stoptimes?center={here}&radius=500&n=3&{when}", status=200)
    for path in ("/disruptions", "/disruptions.atom", "/stops/t_A", "/data/realtime/t.pb"):
        served.send("GET", f"{path}?{UNKNOWN}={here}", status=200)


def told(served: Installation, trip: str) -> Any:
    return served.send("GET", f"/api/v6/trip?tripId={trip}", status=200)["legs"][0]


def sign_up(canary: Canary, email: str, alias: str) -> dict[str, str]:
    served = canary.served
    served.send("POST", "/api/carpool/codes", {"email": email, "language": "fr"}, status=200)
    code = canary.inbox.code()
    served.send("POST", "/api/carpool/sessions", {"code": f"{UNKNOWN}{alias}"}, status=403)
    begun = served.send("POST", "/api/carpool/sessions", {"code": code, "alias": alias, "adult": True}, status=200)
    return {"Authorization": f"Bearer {begun['token']}"}


def share_a_ride(canary: Canary) -> dict[str, str]:
    """A marked driver publishes an offer from home and agrees with a passenger; the driver's headers."""
    served = canary.served
    driver = sign_up(canary, EMAIL_SENT, ALIAS_SENT)
    served.send("PATCH", "/api/me", {"phone": PHONE_SENT}, status=200, **driver)
    offer: Any = {"fromPlace": place(HOME), "toPlace": "t_C", "date": DAY, "departure": "07:40", "seats": 2}
    served.send("POST", "/api/carpool/offers", offer | {"seats": UNKNOWN}, status=400, **driver)
    served.send("POST", "/api/carpool/preview", offer | {"toPlace": place(OTHER)}, status=200, **driver)
    published = served.send("POST", "/api/carpool/offers", offer, status=200, **driver)["offers"][0]
    ends = [published["waypoints"][0]["id"], published["waypoints"][-1]["id"]]
    passenger = sign_up(canary, "somebody@example.org", "Brian")
    ask = {"offer": published["id"], "date": DAY, "pickup": ends[0], "dropOff": ends[1]}
    booking = served.send("POST", "/api/carpool/bookings", ask, status=200, **passenger)["id"]
    served.send("POST", f"/api/carpool/bookings/{booking}/accept", status=200, **driver)
    served.send("POST", f"/api/carpool/bookings/{booking}/messages", {"text": WORD}, status=200, **driver)
    search = f"departureLat={HOME.lat}&departureLng={HOME.lon}&arrivalLat={OTHER.lat}&arrivalLng={OTHER.lon}"
    served.send("GET", f"/covoiturage/v1/driver_journeys?{search}&departureDate=1780000000", status=200)
    served.send("GET", "/api/me/export", status=200, **driver)
    return driver


def say_what_is_wrong(canary: Canary) -> str:
    """At a stop, and of an answer whose tick was taken away, in good and bad forms; the code."""
    served = canary.served
    said = f"{REMARK_SENT}, {PHONE_SENT} oder {EMAIL_SENT}, {PLATE}"
    written = {"about": "stop", "id": "t_A", "kind": "damage", "text": said, "step": "send"}
    served.send("POST", "/remarks/new", urlencode(written | {"kind": UNKNOWN}), status=400)
    served.send("POST", "/remarks/new", urlencode(written | {"text": TYPED * 40}), status=400)
    trip = {"about": "trip", "trip": f"{TYPED} → {place(HOME)}"}
    served.send("POST", "/remarks/new", urlencode(trip), status=200)
    served.send("POST", "/remarks/new", urlencode({**trip, "kind": "answer", "step": "send"}), status=200)
    served.send("POST", "/remarks", urlencode({"code": UNKNOWN}), status=404)
    page = served.send("POST", "/remarks/new", urlencode(written), status=200).decode()
    code = re.search(r'class="code">([^<]+)<', page)
    assert code, page
    return code[1]


def upload_nonsense(canary: Canary) -> None:
    """An operator with a marked name sends what is no timetable, and waits until the job has refused it."""
    served = canary.served
    token = Operators(canary.store).add(OPERATOR_NAME, Role.LOAD, 30, int(time.time()))
    operator = {"Authorization": f"Bearer {token}"}
    served.send("GET", "/api/operators/me", status=401, Authorization=f"Bearer {UNKNOWN}")
    zip_sent = {**operator, "Content-Type": "application/zip"}
    begun = served.send("POST", "/api/operators/feeds/town/upload", f"{TYPED} {EMAIL_SENT}".encode(), 202, **zip_sent)
    give_up = time.monotonic() + 60
    while served.send("GET", f"/api/operators/jobs/{begun['id']}", **operator)["state"] == "running":
        assert time.monotonic() < give_up
        time.sleep(0.3)


def declared_tables(datum: Datum, register: tuple[Processing, ...] = REGISTER) -> set[str]:
    return {table for one in register if datum in one.data for table in one.tables}


def tables_with(store: Store, mark: Mark) -> set[str]:
    with store.reading() as connection:
        return {
            table.name
            for table in METADATA.sorted_tables
            if mark.is_in(repr([tuple(row) for row in connection.execute(select(table))]).encode())
        }


def written(canary: Canary) -> Iterator[tuple[str, bytes]]:
    """All that the service wrote or holds open, but the database."""
    for path in files_below(canary.served.folder):
        yield str(path), path.read_bytes()
    for name, content in open_files(canary.served.process.pid):
        if "hent.sqlite3" not in name:
            yield name, content
    for path in files_below(SHARED_MEMORY):
        if not canary.before & {path, *path.parents}:
            yield str(path), path.read_bytes()


def database_bytes(canary: Canary) -> bytes:
    """Of SQLite its files; of PostgreSQL the files of all databases, the write-ahead log and the server's own log. Once
    each, without the room at the end: most files of a database are those of the one that it was copied from."""
    folder = canary.cluster
    if folder is None:
        files = list(Path(str(canary.store.engine.url.database)).parent.glob("hent.sqlite3*"))
    else:
        with canary.store.outside_transactions() as connection:
            connection.execute(text("CHECKPOINT"))
        files = [
            path for path in files_below(folder) if "pg_wal" in path.parts or "base" in path.parts or path.name == "log"
        ]
    return b"".join({path.read_bytes().rstrip(b"\0") for path in files})


def test_nothing_that_was_sent_is_found_but_where_the_register_says(canary: Canary) -> None:
    ask_for_trips(canary.served)
    ask_what_is_known_now(canary)
    driver = share_a_ride(canary)
    upload_nonsense(canary)
    code = say_what_is_wrong(canary)

    for name, content in written(canary):
        is_of_a_job = name.endswith(".json") and "/live/" not in name
        assert found_in(MARKS, content) <= ({"operator"} if is_of_a_job else set()), name
    live = canary.served.folder / "data" / "live"
    assert {"now", "raw", "sources", "versions"} <= {
        path.name.partition("-")[0].removesuffix(".json") for path in live.iterdir()
    }
    assert "unexpected fault" in canary.served.log
    assert found_in(MARKS, database_bytes(canary)) == {"alias", "message", "operator", "remark"}
    for mark in MARKS:
        tables = tables_with(canary.store, mark)
        assert tables <= (declared_tables(DATA[mark.name]) if mark.name in DATA else set()), mark.name
    letters = b"\n".join(bytes(letter) for letter in canary.inbox.letters)
    assert found_in(MARKS, letters) <= {"email", "alias", "message", "phone"}
    assert EMAIL_SENT.encode() in letters

    canary.served.send("DELETE", "/api/me", status=200, **driver)
    canary.served.send("POST", "/remarks", urlencode({"code": code, "step": "erase", "sure": "1"}), status=200)
    assert {mark.name for mark in MARKS if tables_with(canary.store, mark)} == {"operator"}
    if canary.cluster is None:
        assert found_in(MARKS, database_bytes(canary)) == {"operator"}


@pytest.mark.parametrize("name", [mark.name for mark in MARKS])
def test_the_search_itself_sees_each_mark(name: str) -> None:
    values = TEXTS | {"home": place(HOME), "other": place(OTHER), "broken": place(BROKEN)}
    for form in (values[name], quote(values[name]), b64encode(b"x" + values[name].encode() + b"yz").decode()):
        assert found_in(MARKS, f"GET /?q={form}&".encode()) == {name}, form
