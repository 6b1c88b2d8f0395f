"""No query, body or address of a client stands in any log, header or cache."""

import logging

import pytest

from tests.api.motis import CheckedClient

SECRET = "47.7513,-3.3592"


def test_nothing_of_a_query_is_logged(client: CheckedClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get("/api/v6/plan", query_string={"fromPlace": SECRET, "toPlace": "t_C", "unknown": SECRET})
        client.get("/api/v6/plan", query_string={"fromPlace": "t_A", "toPlace": SECRET, "time": SECRET})
        client.post("/api/trips", json={"fromPlace": SECRET, "toPlace": "t_C"})
        client.post("/api/trips", json={SECRET: SECRET})
        client.post("/", data={"from": SECRET, "to": "t_C"})
    assert "47.7513" not in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_no_answer_is_kept_by_anyone(client: CheckedClient) -> None:
    for answer in (client.get("/"), client.get("/api/v6/plan?fromPlace=t_A&toPlace=t_C")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert "Set-Cookie" not in answer.headers


def test_nothing_of_a_traveller_stays_in_the_caches(client: CheckedClient) -> None:
    client.ask("/api/v6/plan", fromPlace=SECRET, toPlace="t_C")
    again = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C")
    assert "47.7513" not in str(again)


def test_a_refusal_does_not_repeat_what_was_sent(client: CheckedClient) -> None:
    _, problem = client.refused("/api/v6/plan", fromPlace="t_A", toPlace="t_C", time=SECRET)
    assert "47.7513" not in str(problem)


def test_the_api_is_open_to_pages_of_all_origins(client: CheckedClient) -> None:
    asked = client.get("/api/v1/map/initial", headers={"Origin": "https://maps.example"})
    assert asked.headers["Access-Control-Allow-Origin"] == "*"
    before = client.options("/api/trips", headers={"Origin": "https://maps.example"})
    assert before.headers["Access-Control-Allow-Methods"] == "GET, POST, PATCH, DELETE"
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/map/initial").headers
