"""Points in time as real clients write them."""

from zoneinfo import ZoneInfo

import pytest
from werkzeug.datastructures import MultiDict

from api.parse.times import moment
from api.parse.values import Values
from mobility.errors import InvalidQuery, SkippedHour
from tests.api.motis import CheckedClient
from tests.town import moment as local

PARIS = ZoneInfo("Europe/Paris")
SEVEN = local("2026-01-03 7:05")


@pytest.mark.parametrize(
    "written",
    [
        "2026-01-03T06:05:00Z",
        "2026-01-03T06:05:00.000Z",
        "2026-01-03T07:05:00+01:00",
        "2026-01-03T07:05:00+0100",
        "2026-01-03T07:05:00 01:00",
        "2026-1-3T7:05:00.0+0100",
        "2026-1-3T7:5:00.0 0100",
        "2026-01-03T07:05:00",
        "2026-01-03T07:05",
        "2026-01-03 07:05",
        "2026-01-03t06:05:00z",
        "2026-01-03T01:05:00-05:00",
    ],
)
def test_a_moment_has_many_spellings(written: str) -> None:
    assert moment(Values(MultiDict({"time": written})), "time", PARIS, 0) == SEVEN


@pytest.mark.parametrize(
    "written", ["7:05", "2026-01-03", "2026-13-03T07:05", "2026-01-03T25:05", "1767420300", "2026-01-03T07:05:00+1"]
)
def test_what_is_no_moment_is_refused(written: str) -> None:
    with pytest.raises(InvalidQuery, match=r"^time: "):
        moment(Values(MultiDict({"time": written})), "time", PARIS, 0)


def test_no_moment_is_now() -> None:
    assert moment(Values(MultiDict()), "time", PARIS, 42) == 42


def test_a_time_that_clocks_skip_is_refused_with_what_they_show_instead() -> None:
    with pytest.raises(SkippedHour, match=r"^time: .* 2027-03-28T03:30:00\+02:00$"):
        moment(Values(MultiDict({"time": "2027-03-28T02:30"})), "time", PARIS, 0)


def test_with_an_offset_every_time_exists() -> None:
    assert moment(Values(MultiDict({"time": "2027-03-28T02:30+01:00"})), "time", PARIS, 0) == local("2027-03-28 3:30")


def test_of_an_hour_that_occurs_twice_the_first_is_meant() -> None:
    first, second = (
        moment(Values(MultiDict({"time": f"2026-10-25T02:30{offset}"})), "time", PARIS, 0) for offset in ("", "+01:00")
    )
    assert second - first == 3600


@pytest.mark.parametrize("path", ["/api/v6/plan?fromPlace=t_A&toPlace=t_C", "/api/v6/stoptimes?stopId=t_A&n=3"])
def test_the_problem_names_the_parameter(client: CheckedClient, path: str) -> None:
    response = client.get(f"{path}&time=2027-03-28T02:30")
    problem = response.get_json()
    assert (response.status_code, problem["type"]) == (400, "/problems/skipped-hour")
    assert (problem["parameter"], problem["instead"]) == ("time", "2027-03-28T03:30:00+02:00")
    assert problem["title"] == "Cette heure n’existe pas"
