"""A question that takes too long ends with what was found, and says so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from mobility.routing.territory import SearchBounds, Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient

PLAN = "/api/v6/plan?fromPlace=t_A&toPlace=t_C&time=2026-06-03T{time}:00%2B02:00"


@pytest.fixture
def hurried(territory: Territory) -> FlaskClient:
    """Of a service that has no time at all: only what cannot be left out is done."""
    return app_of(replace(territory, bounds=SearchBounds(answer_s=1e-9))).test_client()


def test_an_answer_that_was_cut_short_has_what_was_found(hurried: FlaskClient, client: CheckedClient) -> None:
    path = PLAN.format(time="07:50") + "&searchWindow=900"
    whole, found = client.get(path).json, hurried.get(path).json
    starts = [[one["startTime"] for one in answer["itineraries"]] for answer in (whole, found)]
    assert starts == [["2026-06-03T06:00:00Z", "2026-06-03T06:30:00Z", "2026-06-03T07:00:00Z"], starts[0][:1]]
    assert "cutShort" not in whole["hent"]
    assert found["hent"]["cutShort"]["code"] == "out_of_time"
    assert "Il y a peut-être d’autres trajets" in found["hent"]["cutShort"]["sentence"]


def test_a_long_window_is_searched_from_its_beginning_while_there_is_time(
    hurried: FlaskClient, client: CheckedClient
) -> None:
    """One piece of it, the first: to 8:10 by the clocks."""
    path = PLAN.format(time="05:10") + "&searchWindow=28800"
    starts = [[one["startTime"] for one in asked.get(path).json["itineraries"]] for asked in (client, hurried)]
    first_piece = [at for at in starts[0] if at < "2026-06-03T06:10"]
    assert (len(first_piece), len(starts[0])) == (1, 3)
    assert starts[1] == first_piece


def test_where_nothing_was_found_in_time_that_is_the_reason(hurried: FlaskClient, client: CheckedClient) -> None:
    path = PLAN.format(time="10:00") + "&searchWindow=900"
    assert client.get(path).json["itineraries"]
    reason = hurried.get(path, headers={"Accept-Language": "en"}).json["hent"]["reason"]
    assert reason["code"] == "out_of_time"
    assert "stopped before it found anything" in reason["sentence"]


def test_the_page_says_that_there_may_be_more(hurried: FlaskClient) -> None:
    page = hurried.post("/", data={"from": "t_A", "to": "t_C"}, headers={"Accept": "text/html"}).text
    assert "Il y a peut-être d’autres trajets" in page
