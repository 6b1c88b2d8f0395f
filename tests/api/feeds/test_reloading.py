"""Timetables change while people ask: no request fails, each is answered from one network, every worker follows."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache
from http.client import HTTPConnection
from math import inf
from pathlib import Path
from threading import Event

import pytest

from api.wire.channel import KEEP_S
from mobility.feeds.inputs import BuildInputs
from mobility.feeds.reload import roll_back
from tests.api.serving import Answer, Served, answered, get, serving
from tests.api.test_config import MINIMAL
from tests.mobility.feeds.reloads import Operator, called, days

FOLLOWS_WITHIN_S = 2.0
"""From the moment the pointer moves, by the clock of the machine; of several publications the best counts, as a machine
that is busy with other tests may be late at one."""
GIVES_UP_AFTER_S = 20.0
REQUESTS_A_CONNECTION = 5
"""So that every client meets every worker."""


@cache
def today() -> date:
    """Of this run, which may go on past midnight."""
    return datetime.now(UTC).date()


PLAN = f"/api/v6/plan?fromPlace=bus_A&toPlace=bus_B&time={today()}T07:55:00%2B02:00"


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    return Operator.in_folder(tmp_path, BuildInputs("Europe/Paris"), today())


@pytest.fixture
def served(operator: Operator) -> Iterator[Served]:
    config = operator.folder / "config.toml"
    config.write_text(MINIMAL)
    publish(operator, "Zero")
    with serving(operator.at.data, config) as served:
        yield served


def publish(operator: Operator, name: str) -> str:
    """A version whose second stop has this name; the network it makes."""
    return operator.load("bus", stops=called(name), calendar_dates=days(str(today()), "2099-12-31")).network


def destination(answer: Answer) -> str:
    name: str = answer.body["itineraries"][0]["legs"][-1]["to"]["name"]
    return name


def asked_again_if_idle(connection: HTTPConnection, rested_s: float) -> Answer:
    """What a client may do (RFC 9112, 9.3.1) whose connection is closed as it asks: ask again on a new one. Here only
    where this client itself, on a busy machine, left it idle for longer than a service keeps it."""
    asked_s = inf
    try:
        connection.request("GET", PLAN)
        asked_s = time.monotonic()
        return answered(connection)
    except ConnectionError:
        if min(asked_s, time.monotonic()) - rested_s <= KEEP_S:
            raise
    connection.close()
    return get(connection, PLAN)


@dataclass
class Clients:
    """Several clients that ask without end, each on a connection of its own; answers: with when they were asked for."""

    served: Served
    ended: Event = field(default_factory=Event)
    answers: list[tuple[float, Answer]] = field(default_factory=list)

    def ask(self) -> None:
        while not self.ended.is_set():
            with closing(self.served.connected()) as connection:
                rested_s = time.monotonic()
                for _ in range(REQUESTS_A_CONNECTION):
                    asked_s = time.time()
                    self.answers.append((asked_s, asked_again_if_idle(connection, rested_s)))
                    rested_s = time.monotonic()

    def last_asked_of_another(self, version: str, since: float) -> float:
        """When the last of them asked, after a moment, who was answered from another network; else that moment."""
        return max([since, *(asked_s for asked_s, one in self.answers if one.network != version)])


def test_no_request_fails_or_mixes_networks_while_timetables_change(operator: Operator, served: Served) -> None:
    clients, name_of, late_s = Clients(served), {operator.network.version: "Zero"}, []
    with ThreadPoolExecutor(4) as pool:
        asking = [pool.submit(clients.ask) for _ in range(4)]
        for name in ("One", "Two", "Three"):
            version = publish(operator, name)
            name_of[version] = name
            until(lambda wanted=version: {one.network for _, one in clients.answers[-40:]} == {wanted})
            moved_s = (operator.at.data / "current").stat().st_mtime
            late_s.append(clients.last_asked_of_another(version, moved_s) - moved_s)
        clients.ended.set()
        for one in asking:
            one.result()
    answers = [answer for _, answer in clients.answers]
    assert {answer.status for answer in answers} == {200}
    assert {answer.network for answer in answers} == set(name_of)
    assert [one for one in answers if one.network != one.body["hent"]["network"]] == []
    assert [one for one in answers if destination(one) != name_of[one.network]] == []
    assert min(late_s) <= FOLLOWS_WITHIN_S, late_s


def test_every_worker_follows_a_rollback(operator: Operator, served: Served) -> None:
    first = operator.network.version
    publish(operator, "One")
    until(lambda: seen(served) == {operator.network.version})
    roll_back(operator.at, "bus")
    until(lambda: seen(served) == {first})
    assert seen(served) == {first}, "and stays with it"


def test_a_damaged_network_is_not_followed(operator: Operator, served: Served) -> None:
    before = operator.network.version
    (operator.at.data / "networks" / "broken").mkdir()
    pointer = operator.at.data / "current"
    pointer.write_text(f"broken\n{before}\n")
    until(lambda: "cannot be opened" in served.log.read_text())
    pointer.write_text("")
    time.sleep(1.5)
    assert seen(served) == {before}


def seen(served: Served) -> set[str]:
    """The networks that a dozen connections are answered from, which surely meet every worker."""
    return {served.get(PLAN).network for _ in range(12)}


def until(holds: Callable[[], bool]) -> None:
    give_up = time.monotonic() + GIVES_UP_AFTER_S
    while not holds():
        assert time.monotonic() < give_up
        time.sleep(0.05)
