"""What has left is told as such: nobody is to run for it."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.api.live.told import text
from tests.api.motis import CheckedClient
from tests.town import moment

STOPS = "D 6 0, E 9 0"
LINES = """
    Boat2
    D      E
    8:00   8:20
    8:30   8:50
    24:10  24:30
    """


@pytest.fixture(scope="module")
def at_a_quarter_past(ask_town: Any) -> CheckedClient:
    found: CheckedClient = ask_town(STOPS, LINES, now="2026-06-03 8:15")
    return found


def past(html: str, tag: str) -> list[str]:
    """What stands in the elements that are told to have left."""
    return [text(one) for one in re.findall(rf'<{tag}\b[^>]* class="past".*?</{tag}>', html, re.DOTALL)]


def test_a_board_of_an_hour_that_is_over_says_what_has_left(at_a_quarter_past: CheckedClient) -> None:
    page = at_a_quarter_past.get("/stops/t_D?lang=fr&at=2026-06-03T07:50").text
    (row,) = past(page, "tr")
    assert row.startswith("8:00 déjà parti E")
    assert [one[:4] for one in past(page, "span")] == ["8:00"]
    assert past(at_a_quarter_past.get("/stops/t_D?lang=fr").text, "tr") == []


ON_PAGES = pytest.mark.parametrize(
    ("path", "tag"),
    [("/stops/t_D?lang=fr&at=2026-06-03T08:30", "tr"), ("/lines/t_Boat2?lang=fr", "td"), ("/offline?lang=fr", "span")],
)


@ON_PAGES
@pytest.mark.parametrize(("now", "has_left"), [("8:29:59", False), ("8:30:40", False), ("8:31:00", True)])
def test_a_departure_of_this_minute_has_left_on_no_page(
    ask_town: Any, path: str, tag: str, now: str, has_left: bool
) -> None:
    page = ask_town(STOPS, LINES, now=f"2026-06-03 {now}").get(path).text
    assert any("8:30" in one for one in past(page, tag)) == has_left


def test_the_whole_timetable_of_a_line_has_what_has_left_apart(at_a_quarter_past: CheckedClient) -> None:
    whole = "/lines/t_Boat2?lang=fr"
    assert past(at_a_quarter_past.get(whole).text, "td") == ["8:00"], "at E the boat of 8:00 is still to come"
    assert past(at_a_quarter_past.get(f"{whole}&day=2026-06-04").text, "td") == []
    assert len(past(at_a_quarter_past.get(f"{whole}&day=2026-06-02").text, "td")) == 6


def test_the_page_for_a_quay_without_network_has_what_has_left_apart(at_a_quarter_past: CheckedClient) -> None:
    page = at_a_quarter_past.get("/offline?lang=fr").text
    clocks = re.findall(r'<span data-leaves="(\d+)"( class="past")?>([\d:]+)</span>', page)
    leaves = [("8:00", "3 8:00"), ("8:30", "3 8:30"), ("0:10", "4 0:10"), ("8:00", "4 8:00")]
    assert [(int(at_s), bool(gone), clock) for at_s, gone, clock in clocks][:4] == [
        (int(moment(f"2026-06-0{at}")), at == "3 8:00", clock) for clock, at in leaves
    ]


def test_moments_are_said_by_the_one_rule_of_days(at_a_quarter_past: CheckedClient) -> None:
    asked = [int(moment(at)) for at in ("2026-06-03 17:30", "2026-06-04 6:40", "2026-06-09 6:40")]
    for language, said in (
        ("fr", ["17:30", "demain à 6:40", "mardi 9 juin à 6:40"]),
        ("br", ["17:30", "warc’hoazh da 6:40", "Meurzh 9 Mezheven da 6:40"]),
        ("en", ["17:30", "tomorrow at 6:40", "on Tuesday 9 June at 6:40"]),
    ):
        assert at_a_quarter_past.post(f"/moments?lang={language}", data={"at": asked}).json == said


def test_moments_that_no_timetable_promises_are_said_as_about_then_and_headways_as_everywhere(
    at_a_quarter_past: CheckedClient,
) -> None:
    about = [int(moment(at)) for at in ("2026-06-03 17:30", "2026-06-04 6:40")]
    for language, said in (
        ("fr", ["17:30", "vers 17:30", "demain vers 6:40", "toutes les 8 min environ"]),
        ("br", ["17:30", "war-dro 17:30", "warc’hoazh war-dro 6:40", "war-dro bep 8 min"]),
        ("en", ["17:30", "about 17:30", "tomorrow about 6:40", "about every 8 min"]),
        ("fr-x-falc", ["17:30", "vers 17:30", "demain vers 6:40", "à peu près toutes les 8 min"]),
    ):
        asked = {"headway": [480], "aboutAt": about, "at": about[:1]}
        assert at_a_quarter_past.post(f"/moments?lang={language}", data=asked).json == said


@pytest.mark.parametrize("at", ["soon", "-1", "99999999999", "²"])
def test_what_is_no_moment_is_refused(at_a_quarter_past: CheckedClient, at: str) -> None:
    for name in ("at", "aboutAt", "headway"):
        assert at_a_quarter_past.post("/moments", data={name: at}).status_code == 400


def test_more_moments_than_are_told_at_once_are_refused_and_none_is_left_out(at_a_quarter_past: CheckedClient) -> None:
    at = int(moment("2026-06-03 17:30"))
    assert at_a_quarter_past.post("/moments?lang=fr", data={"at": [at] * 200}).json == ["17:30"] * 200
    refused = at_a_quarter_past.post("/moments", data={"at": [at] * 201}, headers={"Accept-Language": "fr"})
    assert (refused.status_code, refused.json["detail"]) == (400, "at : est donné plus de 200 fois")
