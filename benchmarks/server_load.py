"""The service as its users meet it: real workers, real HTTP, coordinates in, JSON out.

Helsinki's feed where HENT_REFERENCE_DATA is set, else the demo territory. Every number is of one run on this machine.
"""

from __future__ import annotations

import gc
import json
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from flask.testing import FlaskClient

from api.app import create_app
from api.config import find_config, read_config
from api.territory.in_service import Following
from api.web.garbage import SELDOM
from api.web.storage import kept
from benchmarks.checkout import Checkout
from benchmarks.table import Row, table

HENT = Path(sys.executable).with_name("hent")
QUERIES, WARM, ROUNDS, CLIENTS, LOAD_S = 300, 30, 5, 8, 10.0
WINDOW_S = 7_200
MAPPED = "min=60.161,24.932&max=60.182,24.956"
"""The part of Helsinki that the extract covers."""


@dataclass(frozen=True)
class Place:
    lat: float
    lon: float


@dataclass(frozen=True)
class City:
    """A feed to load, or none for the demo; the day and zone of the questions; an extract, or straight lines.

    corners: south-west and north-east of the stops that questions begin and end near.
    """

    name: str
    feed: Path | None
    day: date
    zone: str
    extract: Path | None = None
    corners: str = "min=-90,-180&max=90,180"


@dataclass(frozen=True)
class Service:
    port: int
    started_s: float
    pid: int


def city() -> City:
    folder = os.environ.get("HENT_REFERENCE_DATA")
    if folder:
        return City("Helsinki", Path(folder) / "gtfs/helsinki.zip", date(2022, 2, 22), "Europe/Helsinki")
    today = datetime.now(ZoneInfo("Europe/Paris")).date()
    return City("demo", None, today + timedelta((1 - today.weekday()) % 7), "Europe/Paris")


def run() -> str:
    asked = city()
    cities = [asked]
    if asked.feed:
        extract = asked.feed.parent.parent / "osm/helsinki_centre.osm.pbf"
        cities.append(replace(asked, name=f"{asked.name} on streets", extract=extract, corners=MAPPED))
    return "\n".join(map(served, cities))


def served(asked: City) -> str:
    with TemporaryDirectory() as folder:
        data = Path(folder)
        if asked.extract:
            hent("streets", "build", "--extract", str(asked.extract), "--data", folder)
        if asked.feed:
            hent("feeds", "load", str(asked.feed), "--only", "--licence", "CC BY 4.0", "--data", folder)
        with serving(data, workers=1) as warmed:
            make_quick(data, warmed.port, queries(warmed.port, asked, WARM))
        with serving(data, workers=1) as alone:
            ask_each(alone.port, queries(alone.port, asked, WARM))
            one_worker_kib = memory_kib(alone.pid)
        with serving(data, workers=2) as both:
            return report(data, asked, both, one_worker_kib)


def make_quick(data: Path, port: int, paths: list[str]) -> None:
    """A day that is asked for often becomes quick to search; the one asked about here is not today's."""
    deadline, before = time.monotonic() + 60, quick_days(data)
    while quick_days(data) == before and time.monotonic() < deadline:
        ask_each(port, paths)


def quick_days(data: Path) -> int:
    return len(list(data.glob("networks/*/days/*-quick")))


def report(data: Path, asked: City, service: Service, one_worker_kib: int) -> str:
    first_ms = ask_each(service.port, queries(service.port, asked, 1))[0]
    paths = queries(service.port, asked, QUERIES)
    ask_each(service.port, paths[:WARM])
    times_ms = ask_each(service.port, paths)
    per_second = throughput(service.port, paths)
    ask_each(service.port, paths)
    added_mib = (memory_kib(service.pid) - one_worker_kib) / 1024
    rows = [
        Row("start, warm kernels, until the ready line", f"{service.started_s:.2f} s"),
        Row("first query after it", f"{first_ms:.1f} ms"),
        Row("plan, two-hour window, coordinates to JSON, median", f"{statistics.median(times_ms):.1f} ms"),
        Row("the same, 95 %", f"{sorted(times_ms)[int(0.95 * len(times_ms))]:.1f} ms"),
        Row("plan, processor ms of one thread, median", f"{statistics.median(processor_ms(data, paths)):.1f} ms"),
        Row(f"plan requests a second, 2 workers, {CLIENTS} clients", f"{per_second:.0f}"),
        Row("memory that the second worker adds (PSS)", f"{added_mib:.0f} MiB"),
    ]
    return table(f"HTTP service, {asked.name}", rows)


def hent(*words: str) -> None:
    subprocess.run([HENT, *words], check=True, capture_output=True)


@contextmanager
def serving(data: Path, workers: int, checkout: Checkout | None = None) -> Iterator[Service]:
    """checkout: whose service, with its own config; None for this one's."""
    begin = time.perf_counter()
    program, home = (checkout.hent, checkout.folder) if checkout else (HENT, None)
    command = [program, "serve", "--port", "0", "--workers", str(workers), "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=home)
    try:
        line = process.stdout.readline() if process.stdout else ""
        started_s = time.perf_counter() - begin
        port = int(re.search(r":(\d+)\b", line.split("http://")[1]).group(1))  # type: ignore[union-attr]
        wait_for_workers(process.pid, workers)
        yield Service(port, started_s, process.pid)
    finally:
        end(process)


def end(process: subprocess.Popen[str], patience_s: float = 120) -> None:
    """A service that is asked much on a busy machine takes its time to end; one that does not end is killed."""
    process.terminate()
    try:
        process.wait(timeout=patience_s)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def wait_for_workers(pid: int, workers: int) -> None:
    deadline = time.monotonic() + 10
    while len(children(pid)) < workers + 1 and time.monotonic() < deadline:
        time.sleep(0.05)


def children(pid: int) -> tuple[int, ...]:
    """The workers of a server, and the writer of live versions."""
    return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def memory_kib(pid: int) -> int:
    """Of a server, its workers and the writer. Proportional set size: pages shared by n processes count 1/n in each."""
    return sum(pss_kib(Path(f"/proc/{one}/smaps_rollup").read_text()) for one in (pid, *children(pid)))


def pss_kib(rollup: str) -> int:
    found = re.search(r"^Pss:\s+(\d+)", rollup, re.MULTILINE)
    return int(found.group(1)) if found else 0


def queries(port: int, asked: City, count: int) -> list[str]:
    """Between points near random stops of the network served, at times of the day, always the same ones."""
    chance = random.Random(2022)
    places = stops(port, asked.corners)
    return [plan_path(chance, places, asked) for _ in range(count)]


def stops(port: int, corners: str) -> list[Place]:
    return [Place(stop["lat"], stop["lon"]) for stop in stops_of(port, corners)]


def stops_of(port: int, corners: str) -> list[dict[str, Any]]:
    """As the map of the service tells them."""
    found: list[dict[str, Any]] = json.loads(get(HTTPConnection("127.0.0.1", port), f"/api/v6/map/stops?{corners}"))
    return found


def plan_path(chance: random.Random, places: list[Place], asked: City) -> str:
    start, end = (near(chance, place) for place in chance.sample(places, 2))
    at = datetime.combine(asked.day, time_of_day(chance.randint(6, 20), chance.randint(0, 59)), ZoneInfo(asked.zone))
    time_text = quote(at.isoformat())
    return f"/api/v6/plan?fromPlace={start}&toPlace={end}&time={time_text}&searchWindow={WINDOW_S}"


def near(chance: random.Random, place: Place) -> str:
    return f"{place.lat + chance.uniform(-1, 1) / 1000:.6f},{place.lon + chance.uniform(-1, 1) / 1000:.6f}"


def get(connection: HTTPConnection, path: str) -> bytes:
    connection.request("GET", path)
    response = connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{response.status}: {body[:200]!r}")
    return body


def ask_each(port: int, paths: list[str]) -> list[float]:
    """Milliseconds of each, one after the other on one connection."""
    connection, times_ms = HTTPConnection("127.0.0.1", port), []
    for path in paths:
        begin = time.perf_counter()
        get(connection, path)
        times_ms.append((time.perf_counter() - begin) * 1000)
    return times_ms


def processor_ms(data: Path, paths: list[str]) -> list[float]:
    """Of each question in this process, without a server: the best of some times, as others use the machine, too. As in
    a worker, another thread follows the network."""
    config = read_config(find_config(Path.cwd()))
    following = Following(data, config)
    client = create_app(config, following, kept=kept(config, data)).test_client()
    following.follow()
    ask_all(client, paths)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    rounds = [ask_all(client, paths) for _ in range(ROUNDS)]
    return list(map(min, zip(*rounds, strict=True)))


def ask_all(client: FlaskClient, paths: list[str]) -> list[float]:
    return [thread_ms(client, path) for path in paths]


def thread_ms(client: FlaskClient, path: str) -> float:
    begin = time.thread_time()
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{answer.status_code}: {answer.data[:200]!r}")
    return (time.thread_time() - begin) * 1000


def throughput(port: int, paths: list[str]) -> float:
    """Answers a second while several clients ask as fast as they are answered."""
    until, answered = time.monotonic() + LOAD_S, [0] * CLIENTS

    def client(number: int) -> None:
        connection = HTTPConnection("127.0.0.1", port)
        while time.monotonic() < until:
            get(connection, paths[(number * 37 + answered[number]) % len(paths)])
            answered[number] += 1

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(answered) / LOAD_S
