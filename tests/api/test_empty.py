"""An empty answer is no error: it says why."""

import pytest

from tests.api.motis import CheckedClient


@pytest.mark.parametrize(
    ("start", "end", "time", "code"),
    [
        ("t_A", "t_C", "2031-06-03T08:00", "outside_service_period"),
        ("48.9,2.3", "t_C", "2026-06-03T08:00", "origin_outside_territory"),
        ("t_A", "48.9,2.3", "2026-06-03T08:00", "destination_outside_territory"),
        ("t_E", "t_A", "2026-06-03T08:00", "nothing_in_window"),
    ],
)
def test_an_empty_answer_has_a_typed_reason(client: CheckedClient, start: str, end: str, time: str, code: str) -> None:
    answer = client.ask("/api/v6/plan", fromPlace=start, toPlace=end, time=time)
    assert answer["itineraries"] == []
    assert answer["hent"]["reason"]["code"] == code
    assert answer["hent"]["reason"]["sentence"]


def test_no_mode_at_all_is_no_ride(client: CheckedClient) -> None:
    answer = client.ask("/api/v6/plan", fromPlace="t_A", toPlace="t_C", transitModes="")
    assert answer["itineraries"] == []
    assert "reason" in answer["hent"]
