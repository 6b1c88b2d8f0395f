"""Which moment a form asks about: an hour that clocks skip, a day that nobody can read, none at all."""

import re
from html import unescape
from typing import Any
from urllib.parse import unquote

import pytest

from tests.api.motis import CheckedClient
from tests.api.pages.test_faults import fields_at_fault
from tests.api.pages.test_trip import FORM


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Cette heure n’existe pas dimanche 28 mars 2027 : au passage à l’heure d’été"),
        ("br", "N’eus ket eus an eur-se Sul 28 Meurzh 2027 : gant eur an hañv"),
        ("en", "This hour does not exist on Sunday 28 March 2027: clocks go forward"),
        ("fr-x-falc", "Cette heure n’existe pas dimanche 28 mars 2027 : c’est le changement d’heure."),
    ],
)
def test_an_hour_that_clocks_skip_is_told_kindly(client: CheckedClient, language: str, said: str) -> None:
    page = client.post(f"/?lang={language}", data=FORM | {"moment": "2027-03-28T02:30"})
    assert page.status_code == 400
    assert said in page.text
    assert 'value="2027-03-28T02:30"' in page.text


@pytest.mark.parametrize(
    ("now", "day"),
    [("2027-03-28 1:00", "aujourd’hui"), ("2027-03-27 20:00", "demain"), ("2027-03-26 20:00", "dimanche")],
)
def test_the_day_of_an_hour_that_clocks_skip_is_called_as_one_calls_it(ask_town: Any, now: str, day: str) -> None:
    town = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", now=now)
    page = town.post("/?lang=fr", data={"from": "t_A", "to": "t_B", "when": "leave", "moment": "2027-03-28T02:30"})
    assert f"Cette heure n’existe pas {day}" in page.text


@pytest.mark.parametrize("typed", ["tomorrow", "12026-06-03T07:55", "0001-01-01T00:00", "9999-12-31T23:59"])
@pytest.mark.parametrize("more", [{}, {"when": "arrive"}, {"nextDay": "1"}])
def test_a_moment_that_cannot_be_read_is_told_at_its_field(
    client: CheckedClient, more: dict[str, str], typed: str
) -> None:
    page = client.post("/?lang=fr", data=FORM | {"moment": typed} | more)
    assert page.status_code == 400
    assert "Nous n’avons pas compris le jour ou l’heure." in page.text
    assert 'aria-invalid="true" autofocus aria-describedby="moment-fault"' in page.text


def test_who_names_no_moment_or_leaves_now_is_answered(client: CheckedClient) -> None:
    assert client.post("/", data=FORM | {"moment": ""}).status_code == 200
    for when in ("now", ""):
        assert client.post("/", data=FORM | {"when": when, "moment": "tomorrow"}).status_code == 200


def test_a_link_that_asks_in_no_known_way_when_is_not_taken_for_now_and_keeps_its_moment(client: CheckedClient) -> None:
    page = client.get("/", query_string=FORM | {"lang": "fr", "when": "whenever", "moment": "2026-06-03T09:30"})
    assert page.status_code == 400
    assert "Nous n’avons pas compris le jour ou l’heure." in page.text
    assert 'name="moment" value="2026-06-03T09:30"' in page.text


@pytest.mark.parametrize("path", ["/lines/t_Bus1?day=2020-01-01", "/stops/t_A?at=2029-01-01T10:00"])
def test_a_day_that_no_timetable_reaches_is_not_told_as_a_day_without_service(ask_town: Any, path: str) -> None:
    dates = "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
    june = {
        "calendar": f"{dates}W,1,1,1,1,1,0,0,20260601,20260630",
        "trips": "route_id,service_id,trip_id\nBus1,W,Bus1-1",
    }
    town = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10", more=june)
    page = town.get(f"{path}&lang=fr").text
    assert "Les horaires sont publiés du 1 juin 2026 au 30 juin 2026." in page.replace("1er juin", "1 juin")
    assert "Plus aucun départ" not in page and "Aucun passage" not in page


def test_the_next_day_of_a_line_lies_not_behind_where_no_timetable_reaches_the_day(ask_town: Any) -> None:
    """It is Wednesday 3 June, the timetable begins on the 1st."""
    town = ask_town("A 0 0, B 3 0", "Bus1\nA B\n8:00 8:10")
    page = town.get("/lines/t_Bus1?lang=fr&day=2020-01-01").text
    assert "Prochain jour de passage" in page
    assert "day=2026-06-03" in page
    assert "day=2026-06-01" not in page


NIGHT = "Bus1\nA B\n0:30 0:40\n1:30 1:40\n2:30 2:40\n3:30 3:40\n4:30 4:40"
AUTUMN = ("20261024", "20261026")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Cette heure n’existe pas dimanche 28 mars 2027 : au passage à l’heure d’été, on avance les montres."),
        ("br", "N’eus ket eus an eur-se Sul 28 Meurzh 2027 :"),
        ("en", "This hour does not exist on Sunday 28 March 2027:"),
        ("fr-x-falc", "Cette heure n’existe pas dimanche 28 mars 2027 : c’est le changement d’heure."),
    ],
)
def test_a_board_of_an_hour_that_clocks_skip_says_so_and_from_when_it_tells_on(
    ask_town: Any, language: str, said: str
) -> None:
    town = ask_town("A 0 0, B 3 0", NIGHT, days=("20270327", "20270329"))
    page = town.get(f"/stops/t_A?lang={language}&at=2027-03-28T02:30")
    assert page.status_code == 200
    ((name, fault),) = fields_at_fault(page.text)
    assert name == "at" and fault.startswith(said) and "3:30" in fault
    assert 'name="at" value="2027-03-28T02:30"' in page.text
    assert re.findall(r"<b>(\d+:\d\d)</b>", page.text)[0] == "3:30"


@pytest.mark.parametrize("at", ["2027-03-28T01:59", "2027-03-28T03:00", "2026-10-25T02:30"])
def test_an_hour_that_clocks_show_once_or_twice_is_no_fault(ask_town: Any, at: str) -> None:
    page = ask_town("A 0 0, B 3 0", NIGHT).get(f"/stops/t_A?at={at}")
    assert (page.status_code, list(fields_at_fault(page.text))) == (200, [])


def test_later_departures_lead_out_of_the_hour_that_comes_twice(ask_town: Any) -> None:
    """On 25 October a bus leaves every two minutes, in both hours from 2 to 3: a page of 20 is 40 minutes long."""
    runs = "\n".join(f"{s // 60}:{s % 60:02} {s // 60 + 1}:{s % 60:02}" for s in range(60, 300, 2))
    town = ask_town("A 0 0, B 3 0", f"Bus1\nA B\n{runs}", days=AUTUMN)
    path, seen = "/stops/t_A?lang=fr&at=2026-10-25T02:00", list[str]()
    while "T04" not in unquote(path) and path not in seen:
        seen.append(path)
        path = unescape(re.findall(r'<a class="button" href="([^"]*)">Plus tard', town.get(path).text)[0])
    assert path not in seen
    assert [unquote(one).rpartition("T")[2] for one in (*seen, path)] == [
        "02:00",
        "02:39",
        "02:19+01:00",
        "02:59+01:00",
        "03:39",
        "04:19",
    ]
