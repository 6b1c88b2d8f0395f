"""The name that a client asks under is its own affair: it is in nothing that others are given."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from flask import Response
from flask.testing import FlaskClient

from api.config import Config, parse_config
from api.web.storage import Kept
from mobility.errors import InvalidConfig
from mobility.routing.territory import Territory
from mobility.storage.store import Store
from tests.api.conftest import ROOT, app_of, config
from tests.api.people import SEALING

EVIL = {"Host": "evil.example"}


def settings(**server: object) -> Config:
    found = config()
    return found.model_copy(update={"server": found.server.model_copy(update=server)})


def client_of(territory: Territory, store: Store, **server: object) -> FlaskClient:
    return FlaskClient(app_of(territory, settings=settings(**server), kept=Kept(store, SEALING)), Response)


def agency_of(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (row,) = csv.DictReader(io.StringIO(archive.read("agency.txt").decode()))
    return row["agency_url"]


def test_a_file_that_is_kept_for_all_names_no_host_that_a_client_chose(territory: Territory, store: Store) -> None:
    client = client_of(territory, store)
    first = client.get("/data/carpool.gtfs.zip", headers=EVIL)
    second = client.get("/data/carpool.gtfs.zip")
    assert [agency_of(answer.data) for answer in (first, second)] == ["http://127.0.0.1:8080/"] * 2


@pytest.mark.parametrize("path", ["/data/", "/data/catalog.json", "/data/catalog.ttl", "/data/catalog.jsonld"])
def test_a_catalogue_names_the_service_by_its_own_name(territory: Territory, store: Store, path: str) -> None:
    client = client_of(territory, store, hosts=("hent.example.org", "evil.example"))
    text = client.get(path, headers=EVIL).text
    assert "evil" not in text
    assert path == "/data/" or "https://hent.example.org/data/" in text


def test_no_answer_leads_to_another_host(territory: Territory, store: Store) -> None:
    client = client_of(territory, store)
    paths = {rule.rule for rule in client.application.url_map.iter_rules() if "GET" in (rule.methods or ())}
    for path in sorted(path for path in paths if "<" not in path):
        for asked in (path, path[0] + path[1:].replace("/", "//"), f"{path}/"):
            answer = client.get(asked, headers=EVIL)
            told = f"{answer.headers} {answer.text if 'zip' not in answer.mimetype else ''}"
            assert "evil" not in told, asked


def test_where_its_names_are_known_it_answers_under_no_other(territory: Territory, store: Store) -> None:
    client = client_of(territory, store, hosts=("hent.example.org", "[::1]"))
    for host in ("hent.example.org", "HENT.example.org:8080", "[::1]:8080"):
        assert client.get("/api/v6/health", headers={"Host": host}).status_code == 200
    for host in ("evil.example", "hent.example.org.evil.example", "127.0.0.1:8080", "evil@hent.example.org"):
        for path in ("/", "/api/v6/plan?fromPlace=t_A&toPlace=t_C", "/nowhere", "/api/operators/feeds", "/data/"):
            answer = client.get(path, headers={"Host": host})
            assert (answer.status_code, (answer.json or {})["type"]) == (421, "/problems/misdirected-request")


def test_who_watches_over_it_asks_by_address(territory: Territory, store: Store) -> None:
    assert client_of(territory, store, hosts=("hent.example.org",)).get("/health/ready").status_code == 200


def test_a_host_is_a_name_without_a_port() -> None:
    text = (ROOT / "config.toml").read_text("utf-8")
    with pytest.raises(InvalidConfig, match=r"server\.hosts"):
        parse_config(f'{text}\n[server]\nhosts = ["hent.example.org:80"]\n', ROOT)
