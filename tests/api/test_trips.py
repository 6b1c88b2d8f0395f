"""POST /api/trips: the query of `plan` as a body, so that no place stands in an address; and POST plan."""

import pytest

from tests.api.motis import CheckedClient

QUERY = {"fromPlace": "47.751,-3.359", "toPlace": "t_C", "time": "2026-06-03T07:55:00", "numItineraries": 2}


def test_a_body_gets_the_answer_of_the_query_string(client: CheckedClient) -> None:
    posted = client.post("/api/trips", json=QUERY | {"arriveBy": False, "transitModes": ["BUS", "FERRY"]})
    asked = client.ask("/api/v6/plan", **QUERY, arriveBy="false", transitModes="BUS,FERRY")
    assert posted.json == asked
    assert posted.headers["Cache-Control"] == "no-store"


def test_the_pages_of_a_posted_query_follow_each_other(client: CheckedClient) -> None:
    query = QUERY | {"numItineraries": 1}
    first = client.post("/api/trips", json=query).json or {}
    second = client.post("/api/trips", json=query | {"pageCursor": first["nextPageCursor"]}).json or {}
    back = client.post("/api/trips", json=query | {"pageCursor": second["previousPageCursor"]}).json or {}
    starts = [answer["itineraries"][0]["startTime"][11:16] for answer in (first, second, back)]
    assert starts == ["05:57", "06:27", "05:57"]


def test_a_cursor_of_no_answer_is_refused_by_name(client: CheckedClient) -> None:
    answer = client.post("/api/trips", json=QUERY | {"pageCursor": "LATER|t_A"})
    assert [fault["member"] for fault in (answer.json or {})["errors"]] == ["pageCursor"]


def test_an_empty_list_is_no_mode_at_all(client: CheckedClient) -> None:
    answer = client.post("/api/trips", json=QUERY | {"transitModes": []})
    assert (answer.json or {})["itineraries"] == []


def test_an_unknown_member_is_refused_by_name(client: CheckedClient) -> None:
    answer = client.post("/api/trips", json=QUERY | {"fromPlaze": "x"})
    problem = answer.json or {}
    assert (answer.status_code, problem["type"]) == (400, "/problems/invalid-body")
    assert problem["errors"] == [{"member": "fromPlaze", "reason": "n’est pas un membre de ce corps"}]


def test_a_wrong_member_is_refused_by_name_without_its_value(client: CheckedClient) -> None:
    answer = client.post("/api/trips", json={"fromPlace": 4751, "numItineraries": "four"})
    assert [fault["member"] for fault in (answer.json or {})["errors"]] == ["fromPlace", "toPlace", "numItineraries"]
    assert "4751" not in answer.text
    assert "four" not in answer.text


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff", b"{}"])
def test_what_is_no_query_is_refused(client: CheckedClient, body: bytes) -> None:
    answer = client.post("/api/trips", data=body, content_type="application/json")
    assert (answer.status_code, (answer.json or {})["type"]) == (400, "/problems/invalid-body")


def test_a_form_is_no_body_of_the_api(client: CheckedClient) -> None:
    answer = client.post("/api/trips", data=QUERY)
    assert (answer.status_code, (answer.json or {})["type"]) == (415, "/problems/unsupported-media-type")


def test_post_plan_answers_as_get_plan(client: CheckedClient) -> None:
    answer = client.post("/api/v6/plan", query_string=QUERY, json={"fromOffsets": [], "toOffsets": []})
    assert answer.json == client.ask("/api/v6/plan", **QUERY)


def test_ways_computed_by_the_client_are_refused_not_ignored(client: CheckedClient) -> None:
    body = {"fromOffsets": [{"stopId": "t_B", "duration": 60}]}
    answer = client.post("/api/v6/plan", query_string=QUERY, json=body)
    assert (answer.status_code, (answer.json or {})["parameter"]) == (400, "fromOffsets")
