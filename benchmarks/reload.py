"""Reloads in front of the public: ten versions of Helsinki's feed, each different, while clients ask for trips.

Real workers, loads as the operators' interface begins them. The added wait of a request is its time while timetables
are loaded less the median time of the same request before. Then fifteen rollbacks, and the memory is looked at again.
"""

from __future__ import annotations

import json
import re
import statistics
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from tempfile import TemporaryDirectory

from api.config import Config, find_config, read_config
from api.feeds import desk, jobs
from api.feeds.desk import Desk
from benchmarks.server_load import City, city, memory_kib, queries, serving
from benchmarks.table import Row, table
from mobility.feeds.versions import version_in_service
from mobility.operators.jobs import Job, JobState, Order, Verb

LOADS, ROLLBACKS = 10, 15
CLIENTS, PAUSE_S, BEFORE_S = 4, 0.2, 15.0
QUERIES = 25
FOLLOWED_S = 1.5
"""A rollback has reached every worker by then."""
LONGEST_LOAD_S = 120.0
FEED = "helsinki"


@dataclass(frozen=True, slots=True)
class Asked:
    """began_s, took_s: by the wall clock. network: as the header says; mixed: the body names another one."""

    path: str
    began_s: float
    took_s: float
    status: int
    network: str
    mixed: bool


@dataclass
class Clients:
    """Each asks, waits a little, and asks again, on a connection of its own."""

    port: int
    paths: list[str]
    ended: threading.Event = field(default_factory=threading.Event)
    asked: list[Asked] = field(default_factory=list)

    def ask(self, number: int) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        while not self.ended.wait(PAUSE_S):
            number += 1
            self.asked.append(_asked(connection, self.paths[number % len(self.paths)]))


def _asked(connection: HTTPConnection, path: str) -> Asked:
    began_s = time.time()
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
    except OSError:
        connection.close()
        return Asked(path, began_s, time.time() - began_s, 0, "", mixed=False)
    took_s, network = time.time() - began_s, response.headers.get("Hent-Network", "")
    named = json.loads(body)["hent"]["network"] if response.status == 200 else ""
    return Asked(path, began_s, took_s, response.status, network, mixed=named != network)


@contextmanager
def asking(port: int, paths: list[str]) -> Iterator[Clients]:
    clients = Clients(port, paths)
    threads = [threading.Thread(target=clients.ask, args=(number * 7,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    try:
        yield clients
    finally:
        clients.ended.set()
        for thread in threads:
            thread.join()


def run() -> str:
    asked = city()
    if asked.feed is None:
        return "reload: needs HENT_REFERENCE_DATA\n"
    with TemporaryDirectory() as folder:
        return _measured(asked, Path(folder) / "data")


def _measured(asked: City, data: Path) -> str:
    today, config = datetime.now(UTC).date(), read_config(find_config(Path.cwd()))
    data.mkdir()
    load(data, config, version(asked, data.parent, 0, today))
    with serving(data, workers=2) as service:
        paths = queries(service.port, City(asked.name, asked.feed, today, asked.zone), QUERIES)
        with asking(service.port, paths):
            time.sleep(BEFORE_S / 3)
        with asking(service.port, paths) as before:
            time.sleep(BEFORE_S)
        memory = [memory_kib(service.pid)]
        with asking(service.port, paths) as during:
            moved = [load(data, config, version(asked, data.parent, n, today)) for n in range(1, LOADS + 1)]
            time.sleep(3)
        memory.append(memory_kib(service.pid))
        back_s = []
        with asking(service.port, paths):
            for _ in range(ROLLBACKS):
                back_s.append(roll_back(data, config))
                time.sleep(FOLLOWED_S)
            time.sleep(5)
        memory.append(memory_kib(service.pid))
    return _told(before.asked, during.asked, moved, back_s, memory)


@dataclass(frozen=True, slots=True)
class Moved:
    """When the pointer moved to a network, and how long the load took."""

    network: str
    at_s: float
    took_s: float


def load(data: Path, config: Config, feed: Path) -> Moved:
    began_s = time.time()
    done = _ended(data, jobs.begin(data, config, Order(Verb.LOAD, FEED, str(feed), licence="CC BY 4.0")))
    at_s = (data / "current").stat().st_mtime
    return Moved(done, at_s, time.time() - began_s)


def roll_back(data: Path, config: Config) -> float:
    """Seconds, to the other one of the two latest versions."""
    files = sorted((data / "feeds" / FEED).glob("*.zip"), key=lambda file: file.stat().st_mtime)[-2:]
    serving_now = version_in_service(data, FEED).sha256
    other = next(file.stem for file in files if file.stem != serving_now)
    began_s = time.perf_counter()
    desk.roll_back(Desk(data, config, datetime.now(UTC).date()), FEED, other)
    return time.perf_counter() - began_s


def _ended(data: Path, job: Job) -> str:
    """The network in service when the job is done."""
    give_up = time.monotonic() + LONGEST_LOAD_S
    while (found := jobs.job(data, job.id)).state is JobState.RUNNING and time.monotonic() < give_up:
        time.sleep(0.1)
    if found.state is not JobState.DONE:
        raise RuntimeError(f"{found.state}: {found.result}")
    network: str = found.result["network"]
    return network


def version(asked: City, folder: Path, number: int, today: date) -> Path:
    """The feed with every run `number` minutes later, on every day round today."""
    path = folder / f"{FEED}-{number}.zip"
    with zipfile.ZipFile(asked.feed or "") as original, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in original.namelist():
            text = original.read(name).decode()
            changed.writestr(name, _changed(name, text, number, today))
    return path


def _changed(name: str, text: str, number: int, today: date) -> str:
    if name == "calendar.txt":
        first, last = today - timedelta(days=7), today + timedelta(days=200)
        return re.sub(r"(?m)^[01](,[01]){6},\d{8},\d{8}", f"1,1,1,1,1,1,1,{first:%Y%m%d},{last:%Y%m%d}", text)
    if name == "frequencies.txt":
        return re.sub(r"\b(\d{1,2}):(\d\d):(\d\d)\b", lambda at: _later(at, number), text)
    return text


def _later(at: re.Match[str], minutes: int) -> str:
    whole = int(at[1]) * 60 + int(at[2]) + minutes
    return f"{whole // 60:02}:{whole % 60:02}:{at[3]}"


def _told(before: list[Asked], during: list[Asked], moved: list[Moved], back_s: list[float], memory: list[int]) -> str:
    usual_s = {path: statistics.median([one.took_s for one in before if one.path == path]) for path in _paths(before)}
    added_s = sorted(one.took_s - usual_s[one.path] for one in during if one.path in usual_s)
    noise_s = sorted(one.took_s - usual_s[one.path] for one in before)
    rows = [
        Row(f"requests while {LOADS} versions were loaded", str(len(during))),
        Row("of these failed", str(sum(one.status != 200 for one in during))),
        Row("of these of two networks", str(sum(one.mixed for one in during))),
        Row("networks that answered", str(len({one.network for one in during}))),
        Row("request before, median", f"{statistics.median(usual_s.values()) * 1000:.0f} ms"),
        Row("wait beside the median, nothing loaded, 99 %", f"{_share(noise_s, 0.99) * 1000:.0f} ms"),
        Row("wait added while loading, 99 %", f"{_share(added_s, 0.99) * 1000:.0f} ms"),
        Row("the same, longest", f"{added_s[-1] * 1000:.0f} ms"),
        Row("last answer from the network before, after the pointer moved, longest", f"{_late_s(during, moved):.2f} s"),
        Row("one load, median", f"{statistics.median(one.took_s for one in moved):.1f} s"),
        Row(f"one rollback, median of {ROLLBACKS}", f"{statistics.median(back_s):.2f} s"),
        Row("the same, longest", f"{max(back_s):.2f} s"),
        Row("memory of the service (PSS) before", f"{memory[0] / 1024:.0f} MiB"),
        Row(f"after {LOADS} loads", f"{memory[1] / 1024:.0f} MiB"),
        Row(f"after {ROLLBACKS} rollbacks more", f"{memory[2] / 1024:.0f} MiB"),
    ]
    return table("Reloads of Helsinki while people ask, 2 workers", rows)


def _paths(asked: list[Asked]) -> set[str]:
    return {one.path for one in asked}


def _share(values: list[float], share: float) -> float:
    return values[min(len(values) - 1, int(share * len(values)))]


def _late_s(during: list[Asked], moved: list[Moved]) -> float:
    """How long after a publication requests were begun that the network before still answered."""
    late = [0.0]
    for one, following in zip(moved, moved[1:] + moved[-1:], strict=True):
        until = following.at_s if following is not one else one.at_s + 60
        late += [a.began_s - one.at_s for a in during if one.at_s < a.began_s < until and a.network != one.network]
    return max(late)
