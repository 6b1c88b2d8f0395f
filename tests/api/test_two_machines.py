"""The path to more than one machine: services that share a folder of networks and a database, and nothing else."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from mobility.carpool.accounts import Accounts
from mobility.carpool.sealing import Sealing
from mobility.feeds.inputs import BuildInputs
from mobility.storage.store import open_store
from tests.api.feeds.test_reloading import PLAN, publish, today, until
from tests.api.serving import Served, serving, started
from tests.api.test_config import MINIMAL
from tests.mobility.feeds.reloads import Operator
from tests.storage import Cluster

SECRET = "ab" * 32
Machines = tuple[Served, Served]


@pytest.fixture(scope="module")
def database(cluster: Cluster) -> str:
    return cluster.url(cluster.new_database())


@pytest.fixture(scope="module")
def operator(tmp_path_factory: pytest.TempPathFactory) -> Operator:
    operator = Operator.in_folder(tmp_path_factory.mktemp("shared"), BuildInputs("Europe/Paris"), today())
    publish(operator, "Zero")
    return operator


@pytest.fixture(scope="module")
def machines(operator: Operator, database: str) -> Iterator[Machines]:
    """Two services, each with processes, memory and port of its own."""
    config = operator.folder / "config.toml"
    config.write_text(MINIMAL)
    environment = {"HENT_STORAGE_URL": database, "HENT_SECRET_KEY": SECRET}
    with ExitStack() as running:
        first, second = (
            running.enter_context(serving(operator.at.data, config, 1, environment, begin=started)) for _ in "12"
        )
        yield first, second


def test_two_machines_give_the_same_answers(machines: Machines) -> None:
    bodies = [machine.get(PLAN).body for machine in machines]
    assert bodies[0]["itineraries"] == bodies[1]["itineraries"] != []
    assert bodies[0]["hent"]["network"] == bodies[1]["hent"]["network"]


def test_both_follow_a_reload(machines: Machines, operator: Operator) -> None:
    version = publish(operator, "One")
    until(lambda: {machine.get(PLAN).network for machine in machines} == {version})
    assert [machine.get(PLAN).body["hent"]["network"] for machine in machines] == [version, version]


def test_who_signs_in_at_one_is_known_at_the_other(machines: Machines, database: str) -> None:
    accounts = Accounts(open_store(database), Sealing(SECRET))
    code = accounts.code("anna@example.org", "fr", int(time.time()))
    body = json.dumps({"code": code, "alias": "Anna", "adult": True})
    token = asked(machines[0], "POST", "/api/carpool/sessions", body, {"Content-Type": "application/json"})["token"]
    me = asked(machines[1], "GET", "/api/carpool/me", "", {"Authorization": f"Bearer {token}"})
    assert me["alias"] == "Anna"


def asked(machine: Served, method: str, path: str, body: str, headers: dict[str, str]) -> dict[str, str]:
    connection: HTTPConnection = machine.connected()
    connection.request(method, path, body, headers)
    answer: dict[str, str] = json.loads(connection.getresponse().read())
    return answer


def test_nothing_of_the_registry_stands_in_the_shared_folder(machines: Machines, operator: Operator) -> None:
    assert not list(Path(operator.at.data).glob("*.sqlite3*"))
    assert not (operator.at.data / "secret.key").exists()
