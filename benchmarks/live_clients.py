"""Who asks while real time moves, who writes the files that make it move, and who looks on."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from http.client import HTTPConnection, HTTPException, IncompleteRead
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from pathlib import Path
from urllib.parse import quote

import orjson

from benchmarks.live_demo import Answer, DemoMorning, ToldCall

PAUSE_S, EVERY_S, PATIENCE_S = 0.02, 0.05, 30.0
CUT_OFF = (ConnectionResetError, BrokenPipeError, IncompleteRead)
"""RemoteDisconnected is one of the first."""
IN_A_ROW = 6
"""So many boards that tell the same: then all workers do."""


class Client:
    """Asks for boards and journeys of the morning, one after the other."""

    def __init__(self, morning: DemoMorning, port: int, seed: int) -> None:
        self._morning, self._port, self._chance = morning, port, random.Random(seed)

    def ask(self, path: str = "") -> Answer:
        """A connection for each question, so that any worker may answer."""
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        from_s, cut_off = time.monotonic(), False
        try:
            connection.request("GET", path or self._path())
            response = connection.getresponse()
            body, network = response.read(), response.headers.get("Hent-Network", "")
            calls = tuple(_calls(orjson.loads(body))) if response.status == 200 else None
        except (OSError, HTTPException, ValueError) as error:
            network, calls, cut_off = "", None, isinstance(error, CUT_OFF)
        finally:
            connection.close()
        return Answer(network, self._morning.n_written, calls, from_s, time.monotonic(), cut_off)

    def board(self) -> Answer:
        return self.ask(f"/api/v6/stoptimes?stopId=city_gare&n=12&time={quote(self._morning.now.isoformat())}")

    def page(self, path: str) -> str:
        connection = HTTPConnection("127.0.0.1", self._port, timeout=30)
        try:
            connection.request("GET", path, headers={"Accept": "text/html"})
            return connection.getresponse().read().decode()
        finally:
            connection.close()

    def _path(self) -> str:
        start, end = self._chance.sample(self._morning.stops, 2)
        at = quote(self._morning.now.isoformat())
        if self._chance.random() < 0.5:
            return f"/api/v6/stoptimes?stopId=city_{quote(start)}&n=12&time={at}"
        return f"/api/v6/plan?fromPlace=city_{quote(start)}&toPlace=city_{quote(end)}&time={at}"


def _calls(body: dict) -> Iterator[ToldCall]:
    for row in body.get("stopTimes", ()):
        place = row["place"]
        if "departure" in place:
            yield _call(row, place["stopId"], place["scheduledDeparture"], place["departure"])
    for leg in (leg for one in body.get("itineraries", ()) for leg in one["legs"] if leg.get("tripId")):
        yield _call(leg, leg["from"]["stopId"], leg["scheduledStartTime"], leg["startTime"])


def _call(said: dict, stop: str, planned: str, now: str) -> ToldCall:
    planned_s, now_s = (int(datetime.fromisoformat(one).timestamp()) for one in (planned, now))
    day, _, trip = said["tripId"].split("_", 2)
    return ToldCall(
        day, trip.removeprefix("city_"), stop.removeprefix("city_"), planned_s, now_s - planned_s, said["realTime"]
    )


@contextmanager
def asking(morning: DemoMorning, port: int, clients: int) -> Iterator[list[Answer]]:
    """Clients that ask until the block ends, and then all that they were told. In a process of their own, as who writes
    the files has one."""
    processes = get_context("fork")
    ended, (received, told), answers = processes.Event(), processes.Pipe(duplex=False), list[Answer]()
    asked = [Client(morning, port, seed) for seed in range(clients)]
    process = processes.Process(target=_ask_on, args=(asked, ended, told))
    process.start()
    told.close()
    try:
        yield answers
    finally:
        ended.set()
        answers += received.recv()
        process.join()


def _ask_on(clients: list[Client], ended: Event, told: Connection) -> None:
    answers = list[Answer]()

    def ask(client: Client) -> None:
        while not ended.wait(PAUSE_S):
            answers.append(client.ask())

    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told.send(answers)


@contextmanager
def telling(morning: DemoMorning) -> Iterator[None]:
    """Twenty files a second until the block ends, where the machine can."""
    ended, began_s, before = threading.Event(), time.monotonic(), len(morning.files)

    def tell() -> None:
        while not ended.wait(max(0.0, began_s + (len(morning.files) - before) * EVERY_S - time.monotonic())):
            morning.tell()

    with _beside(tell, ended):
        yield


@contextmanager
def watching(morning: DemoMorning) -> Iterator[set[str]]:
    """The versions that are in force until the block ends."""
    ended, found = threading.Event(), set[str]()

    def look() -> None:
        while not ended.wait(0.01):
            found.add(pointed(morning))

    with _beside(look, ended):
        yield found


@contextmanager
def _beside(work: Callable[[], None], ended: threading.Event) -> Iterator[None]:
    thread = threading.Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


def pointed(morning: DemoMorning) -> str:
    """The live version in force beside the network of which the pointer is the newest."""
    pointers = sorted((morning.data / "live").glob("now-*"), key=lambda one: one.stat().st_mtime)
    return pointers[-1].read_text() if pointers else ""


def writer_of(morning: DemoMorning) -> int:
    """The process that holds the lock of the writer, as the kernel tells it; 0 none."""
    node = str((morning.data / "live/.writing").stat().st_ino)
    for line in Path("/proc/locks").read_text().splitlines():
        words = line.split()
        if words[1] == "FLOCK" and words[5].rpartition(":")[2] == node:
            return int(words[4])
    return 0


def told_by_all(morning: DemoMorning, port: int) -> None:
    """A new file, until so many boards in a row tell it."""
    client, said = Client(morning, port, 4), morning.tell()

    def is_told() -> bool:
        answer = client.board()
        known = [call for call in answer.calls or () if call.is_known]
        return bool(known) and morning.is_true(answer, [said])

    wait_until(lambda: all(is_told() for _ in range(IN_A_ROW)))


def in_force_after_s(morning: DemoMorning) -> float:
    before, began_s = pointed(morning), time.monotonic()
    morning.tell()
    wait_until(lambda: pointed(morning) != before)
    return time.monotonic() - began_s


def wait_until(is_so: Callable[[], bool]) -> None:
    deadline_s = time.monotonic() + PATIENCE_S
    while not is_so():
        if time.monotonic() > deadline_s:
            raise RuntimeError(f"not so after {PATIENCE_S:.0f} s")
        time.sleep(0.005)
