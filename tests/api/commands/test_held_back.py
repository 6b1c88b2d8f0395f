"""`hent feeds` and a version that runs on no day, has ended or ends sooner than the one in service."""

from __future__ import annotations

import json

import pytest

from tests.api.commands.test_feeds import Desk, desk
from tests.api.terminal import CONFIG, TOWN, hent, zipped

__all__ = ["desk"]
CALENDAR = TOWN["calendar.txt"]
ENDED = CALENDAR.replace("20260101,20491231", "20240101,20240331")
LONG = CALENDAR.replace("20260101,20491231", "20260101,20991231")
SHORTER = CALENDAR.replace("20260101,20491231", "20260101,20991230")
LATER = CALENDAR.replace("20260101,20491231", "20980101,20991231")
NO_DAY = CALENDAR.replace("S,1,1,1,1,1,1,1", "S,0,0,0,0,0,0,0")


@pytest.mark.parametrize(
    ("calendar", "said"),
    [(ENDED, "town has ended on 2024-03-31"), (SHORTER, "town ends on 2099-12-30"), (NO_DAY, "town runs on no day")],
)
def test_it_is_published_with_force_only_and_the_first_line_says_so(desk: Desk, calendar: str, said: str) -> None:
    desk.loads("One", calendar=LONG)
    before = desk.serves()
    feed = desk.town("Two", calendar=calendar)
    first, *_ = desk.says("load", feed, "--licence", "CC0", exit_code=1).splitlines()
    assert first.startswith(said)
    assert "is not published without --force; the version in service runs until 2099-12-31" in first
    assert desk.serves() == before
    first, *_ = desk.says("load", feed, "--licence", "CC0", "--force").splitlines()
    assert first.startswith(said)
    assert "is published all the same" in first
    assert desk.serves() != before


def test_a_version_that_was_in_service_and_ends_sooner_goes_back_with_force_only(desk: Desk) -> None:
    desk.loads("One")
    desk.loads("Two", calendar=LONG)
    before = desk.serves()
    first, *_ = desk.says("rollback", "town", exit_code=1).splitlines()
    assert first.startswith("town ends on 2049-12-31")
    assert "is not published without --force" in first
    assert desk.serves() == before
    first, *_ = desk.says("rollback", "town", "--force").splitlines()
    assert "is published all the same" in first
    assert desk.serves() != before


def test_a_check_speaks_of_days_and_says_whether_a_load_would_publish(desk: Desk) -> None:
    said = desk.says("check", desk.town("One", calendar=LONG))
    assert "town: runs from 2026-01-01 to 2099-12-31," in said
    desk.loads("One", calendar=LONG)
    first, *_ = desk.says("check", desk.town("Two", calendar=ENDED), "--feed", "town", exit_code=1).splitlines()
    assert first.startswith("town has ended on 2024-03-31")
    told = json.loads(desk.says("check", desk.folder / "town.zip", "--feed", "town", "--json", exit_code=1))
    assert told["days"]["lastDay"] == "2024-03-31"
    assert (told["heldBack"]["reason"], told["heldBack"]["servingUntil"]) == ("ended", "2099-12-31")


@pytest.mark.parametrize(
    ("calendar", "first"),
    [
        (ENDED, "warning: town ended on 2024-03-31; it is in service all the same, and gives no trip today"),
        (NO_DAY, "warning: town runs on no day; it is in service all the same, and gives no trip today"),
        (LATER, "warning: town begins on 2098-01-01; it is in service already, and gives no trip before"),
    ],
)
def test_a_first_version_that_gives_no_trip_says_so_first(desk: Desk, calendar: str, first: str) -> None:
    said = desk.loads(calendar=calendar).splitlines()
    assert said[0] == first
    assert said[1].startswith("in service: town ")
    assert said[2].startswith("town: accepted, ")


def test_what_matters_least_comes_last(desk: Desk) -> None:
    """That nobody stated a licence; it is one of the findings, too."""
    said = desk.says("load", desk.town(calendar=LONG)).splitlines()
    assert said[0].startswith("in service: town ")
    assert said[-1] == "hent: the licence of town is not known; state it with --licence or in config.toml"


def test_a_load_tells_of_its_own_feed_and_of_the_others_only_that_they_are_over(desk: Desk) -> None:
    desk.loads(calendar=ENDED)
    other = zipped(desk.folder, "other.zip", calendar=LONG)
    said = desk.says("load", other, "--licence", "CC0").splitlines()
    assert said[0].startswith("in service: town, other ")
    assert said[-1] == "warning: town ended on 2024-03-31"
    assert [line for line in said if "town_" in line] == []
    assert any("cannot be reached" in line and "other_" in line for line in said)


def test_what_cannot_be_read_names_its_feed_and_that_nothing_has_changed(desk: Desk) -> None:
    """2 kB that stand for more runs than a network may have."""
    desk.loads(calendar=LONG)
    before = desk.serves()
    runs = "trip_id,start_time,end_time,headway_secs\nT1,00:00:00,999:00:00,1\n"
    said = desk.says("load", desk.town("Two", frequencies=runs), "--licence", "CC0", exit_code=1)
    assert said.startswith("hent: town is refused, nothing has changed: frequencies.txt:2:headway_secs: more than ")
    assert desk.serves() == before


def test_no_period_is_invented_for_a_feed_that_never_runs(desk: Desk) -> None:
    assert "warning: town runs on no day" in desk.loads(calendar=NO_DAY)
    said = desk.says("list")
    assert "town             runs on no day" in said
    assert "1970" not in said + desk.says("list", "--json") + desk.says("show", "town", "--json")
    (feed,) = json.loads(desk.says("list", "--json"))["loaded"]
    assert (feed["firstDay"], feed["lastDay"]) == (None, None)


def test_a_feed_that_never_runs_answers_nobody_and_breaks_nothing(desk: Desk) -> None:
    desk.loads(calendar=NO_DAY)
    said = hent("plan", "Tori", "Satama", "--at", "2026-06-02T07:55", "--config", CONFIG, "--data", desk.folder / "var")
    assert said.exit_code == 0, said.output


def test_what_travellers_lose_is_told_before_it_is_published(desk: Desk) -> None:
    later = TOWN["stop_times.txt"] + "T2,09:00:00,09:00:00,A,1\nT2,09:10:00,09:10:00,B,2\n"
    desk.loads("Satama", trips=TOWN["trips.txt"] + "R,S,T2\n", stop_times=later)
    checked = desk.says("check", desk.town("Satama"), "--feed", "town").splitlines()
    assert checked[:3] == ["town: what travellers lose", "  departures: 3", "    7 on a weekday: 2 -> 1"]
    said = desk.loads("Satama")
    assert said.index("    7 on a weekday: 2 -> 1") < said.index("in service: town")
    assert "in service: town" in desk.says("rollback", "town")
    assert "in service: town" in desk.says("rollback", "town", "--forward")
    assert "nothing was rolled back since" in desk.says("rollback", "town", "--forward", exit_code=1)
