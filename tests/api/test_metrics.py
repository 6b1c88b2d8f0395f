"""What is counted for whoever watches over the service, who may read it, and what never stands in it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from prometheus_client.mmap_dict import MmapedDict, mmap_key
from prometheus_client.parser import text_string_to_metric_families

from api.app import create_app
from tests.api.conftest import config
from tests.api.motis import CheckedClient
from tests.api.serving import serving, started
from tests.api.terminal import CONFIG
from tests.api.test_problems import Nothing

FAR = {"REMOTE_ADDR": "198.51.100.7"}
PLACE = "47.75131,-3.35921"


def requests_of(text: str) -> dict[tuple[str, str], float]:
    families = {family.name: family for family in text_string_to_metric_families(text)}
    found = (one for one in families["hent_requests"].samples if one.name.endswith("_total"))
    return {(one.labels["route"], one.labels["status"]): one.value for one in found}


def test_the_counts_of_all_workers_are_added_up(demo: Path) -> None:
    """Each connection is another worker's turn, whichever comes first; a body that is none is counted, too."""
    with serving(demo, Path(CONFIG), workers=2, begin=started) as served:
        with ThreadPoolExecutor(8) as clients:
            list(clients.map(lambda _: served.get("/health/live").status, range(40)))
        served.get(f"/api/v6/plan?fromPlace={PLACE}&toPlace=nowhere")
        text = served.get("/metrics").body.decode()
    assert requests_of(text)["/health/live", "200"] == 40
    assert PLACE.split(",")[0] not in text and "127.0.0.1" not in text
    assert 'hent_feed_days_left{feed="lorient"}' in text


def test_a_worker_that_is_making_its_file_at_this_instant_keeps_nobody_from_reading(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    three = mmap_key("hent_requests", "hent_requests_total", ["route", "status"], ["/", "200"], "Requests.")
    MmapedDict(str(tmp_path / "counter_1.db")).write_value(three, 3, 0)  # type: ignore[no-untyped-call]
    (tmp_path / "counter_2.db").touch()
    assert requests_of(client.get("/metrics").text) == {("/", "200"): 3}


def test_a_place_and_a_method_of_ones_own_name_nothing_in_it(client: CheckedClient) -> None:
    client.get(f"/api/v6/plan?fromPlace={PLACE}&toPlace=t_C")
    client.get(f"/{PLACE}")
    client.open("/", method="STEAL")
    text = client.get("/metrics").text
    assert PLACE not in text and "STEAL" not in text
    assert ("/api/v<int(min=1,max=6):version>/plan", "200") in requests_of(text)
    assert ("other", "404") in requests_of(text)


def test_only_this_machine_and_who_bears_the_token_may_read_it(
    client: CheckedClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    bearing = {"Authorization": "Bearer secret"}
    assert client.get("/metrics").status_code == 200
    for headers in ({"X-Forwarded-For": "198.51.100.7"}, {"Via": "1.1 proxy"}):
        assert client.get("/metrics", headers=headers).status_code == 401
    assert client.get("/metrics", environ_base=FAR, headers=bearing).status_code == 401
    monkeypatch.setenv("HENT_METRICS_TOKEN", "secret")
    assert client.get("/metrics", environ_base=FAR, headers=bearing).status_code == 200
    assert client.get("/metrics", environ_base=FAR).status_code == 401
    assert client.get("/metrics", environ_base=FAR, headers={"Authorization": "Bearer other"}).status_code == 401


def test_a_service_without_a_network_lives_and_is_not_ready() -> None:
    client = create_app(config(), Nothing()).test_client()
    assert json.loads(client.get("/health/live").text)["live"] is True
    assert client.get("/health/ready").status_code == 503
    assert client.get("/metrics").status_code == 200
