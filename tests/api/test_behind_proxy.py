"""What deploy/compose.yaml starts, as processes of this machine: two services on one folder and one PostgreSQL, behind
the proxy. One of them is killed, and comes back."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import IncompleteRead
from pathlib import Path
from threading import Event
from typing import Any

import pytest
import urllib3

from mobility.carpool.accounts import Accounts
from mobility.carpool.sealing import Sealing
from mobility.feeds.inputs import BuildInputs
from mobility.storage.store import open_store
from tests.api.feeds.test_reloading import PLAN, publish, today, until
from tests.api.serving import Served, serving
from tests.api.test_config import MINIMAL
from tests.api.test_metrics import requests_of
from tests.mobility.feeds.reloads import Operator
from tests.proxy import NAME, proxied
from tests.storage import Cluster

SECRET = "cd" * 32
CONFIG = f"""{MINIMAL}
[server]
hosts = ["{NAME}"]
proxies = 1

[limits]
requests_per_minute = 0
"""
QUESTION = {"fromPlace": "bus_A", "toPlace": "bus_B", "time": f"{today()}T07:55:00+02:00"}
JSON = {"Content-Type": "application/json", "Host": NAME}
FORM: Mapping[str, Any] = {"body": json.dumps(QUESTION), "headers": JSON}
CLIENTS = 4
CUT = 0, 0


@contextmanager
def asking_without_end(proxy: urllib3.HTTPSConnectionPool) -> Iterator[list[tuple[int, int]]]:
    """Several who ask through the proxy, by address and by form in turn: the status of each answer so far, and how many
    itineraries are in it; CUT for an answer that breaks off. Raises whatever else one of them met."""
    ended, answers = Event(), list[tuple[int, int]]()

    def ask() -> None:
        while not ended.is_set():
            for method, path, form in (("GET", PLAN, {}), ("POST", "/api/trips", FORM)):
                try:
                    answers.append(told(proxy.request(method, path, **form)))
                except urllib3.exceptions.ProtocolError as error:
                    if not isinstance(error.args[-1], IncompleteRead):
                        raise
                    answers.append(CUT)

    with ThreadPoolExecutor(CLIENTS) as pool:
        asking = [pool.submit(ask) for _ in range(CLIENTS)]
        try:
            yield answers
        finally:
            ended.set()
        for one in asking:
            one.result()


def told(answer: urllib3.BaseHTTPResponse) -> tuple[int, int]:
    is_json = "json" in answer.headers.get("Content-Type", "")
    return answer.status, len(json.loads(answer.data).get("itineraries", ())) if is_json else 0


@dataclass(frozen=True)
class Installed:
    """As the compose file has it: services, started again one by one, and the client of the proxy before them."""

    folder: Path
    environment: dict[str, str]
    services: list[Served]
    proxy: urllib3.HTTPSConnectionPool
    running: ExitStack

    def start_again(self, number: int) -> None:
        port = self.services[number].port
        self.services[number] = self.running.enter_context(self._serving(port))

    def answered(self, number: int) -> float:
        """How many questions this one has answered, as it says itself."""
        answer = self.services[number].get("/metrics")
        assert answer.status == 200, answer.body
        text = answer.body.decode()
        if "hent_requests_total{" not in text:
            return 0
        return sum(count for (route, _), count in requests_of(text).items() if "plan" in route or "trips" in route)

    def _serving(self, port: int = 0) -> Any:
        return serving(self.folder / "data", self.folder / "config.toml", 1, self.environment, port)


@pytest.fixture
def installed(tmp_path: Path, cluster: Cluster) -> Iterator[Installed]:
    operator = Operator.in_folder(tmp_path, BuildInputs("Europe/Paris"), today())
    publish(operator, "Zero")
    (tmp_path / "config.toml").write_text(CONFIG)
    environment = {"HENT_STORAGE_URL": cluster.url(cluster.new_database()), "HENT_SECRET_KEY": SECRET}
    with ExitStack() as running:
        services = [
            running.enter_context(serving(operator.at.data, tmp_path / "config.toml", 1, environment)) for _ in "12"
        ]
        proxy = running.enter_context(proxied(tmp_path, [one.port for one in services]))
        yield Installed(tmp_path, environment, services, proxy, running)


def test_both_services_answer_and_one_that_is_killed_takes_nothing_with_it(installed: Installed) -> None:
    token = signed_in(installed)
    with asking_without_end(installed.proxy) as answers:
        until(lambda: min(installed.answered(0), installed.answered(1)) > 20)
        installed.services[0].kill()
        alone = len(answers)
        until(lambda: len(answers) > alone + 100)
        installed.start_again(0)
        until(lambda: installed.answered(0) > 20)
    assert set(answers) - {CUT} == {(200, 1)}
    assert answers.count(CUT) <= CLIENTS, "who was being sent an answer by the killed one has its beginning already"
    me = installed.proxy.request("GET", "/api/carpool/me", headers={"Authorization": f"Bearer {token}", "Host": NAME})
    assert json.loads(me.data)["alias"] == "Anna"


def signed_in(installed: Installed) -> str:
    accounts = Accounts(open_store(installed.environment["HENT_STORAGE_URL"]), Sealing(SECRET))
    body = {"code": accounts.code("anna@example.org", "fr", int(time.time())), "alias": "Anna", "adult": True}
    answer = installed.proxy.request("POST", "/api/carpool/sessions", body=json.dumps(body), headers=JSON)
    token: str = json.loads(answer.data)["token"]
    return token
