"""Pages after midnight: the evening before lasts until its last boat and bus are gone; days are told from the clock."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest

from tests.api.live.told import text
from tests.api.motis import CheckedClient

STOPS = "A 0 0, D 6 0, E 9 0"
LINES = """
    Bus1
    A     D
    8:00  8:20
    24:40 25:00

    Boat2
    D     E
    6:40  7:00
    23:50 24:10
    24:30 24:50
    """
FROM_D = {"from": "t_D", "to": "t_E", "when": "leave"}
BEFORE, AFTER, LATE = "2026-06-03T23:40", "2026-06-04T00:05", "2026-06-04T00:30"


@pytest.fixture(scope="module")
def at_night(ask_town: Any) -> CheckedClient:
    """It is half past midnight, of 4 June."""
    found: CheckedClient = ask_town(STOPS, LINES, now="2026-06-04 0:20")
    return found


def main(page: str) -> str:
    return text(page[page.index("<main") : page.index("</main>")])


def answer(client: CheckedClient, moment: str, **more: str) -> str:
    return main(client.post("/?lang=fr", data=FROM_D | {"moment": moment} | more).text)


def test_a_boat_after_midnight_is_after_the_one_before_midnight_and_the_last_itself(
    ask_town: Any, at_night: CheckedClient
) -> None:
    last = "Dernier bateau de la journée, D → E : 0:30."
    before = answer(ask_town(STOPS, LINES, now="2026-06-03 23:30"), BEFORE)
    after = answer(at_night, AFTER)
    assert "Bateaux suivants, D → E : 0:30." in before
    assert last in after
    assert "Bateaux suivants, D → E : 6:40" not in after


@pytest.mark.parametrize(("moment", "morning"), [(LATE, "2026-06-04T04:00"), (BEFORE, "2026-06-04T04:00")])
def test_the_next_day_of_a_question_after_midnight_begins_that_morning(
    at_night: CheckedClient, moment: str, morning: str
) -> None:
    asked = FROM_D | {"moment": moment, "nextDay": "1"}
    assert f'name="moment" value="{morning}"' in at_night.post("/", data=asked).text


def test_the_page_for_a_quay_without_network_has_the_evening_that_still_lasts(at_night: CheckedClient) -> None:
    page = main(at_night.get("/offline?lang=fr", headers={"Accept": "text/html"}).text)
    assert page.index("Bateaux, mercredi 3 juin") < page.index("Bateaux, jeudi 4 juin")
    assert "Bateaux, vendredi 5 juin" not in page


def test_a_line_shows_its_runs_of_this_night_while_one_is_ahead(ask_town: Any, at_night: CheckedClient) -> None:
    page = main(at_night.get("/lines/t_Bus1?lang=fr").text)
    assert "Vers D à partir de maintenant" in page
    assert "A 0:40" in page and "D 1:00" in page
    gone = main(ask_town(STOPS, LINES, now="2026-06-04 1:30").get("/lines/t_Bus1?lang=fr").text)
    assert "A 8:00 puis 0:40" in gone


def test_a_line_names_the_day_on_which_it_does_not_run(ask_town: Any) -> None:
    tuesdays = {
        "calendar": "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\n"
        "S,0,1,0,0,0,0,0,20260601,20260630"
    }
    client = ask_town(STOPS, LINES, more=tuesdays, now="2026-06-04 12:00")
    page = main(client.get("/lines/t_Bus1?lang=fr").text)
    assert "Aucun passage aujourd’hui." in page
    assert "Aucun passage mercredi 10 juin." in main(client.get("/lines/t_Bus1?lang=fr&day=2026-06-10").text)
    trip = FROM_D | {"moment": "2026-06-05T08:00", "from": "t_A"}
    assert "Aucun véhicule ne circule vendredi 5 juin." in main(client.post("/?lang=fr", data=trip).text)


def test_who_is_there_already_is_told_kindly(at_night: CheckedClient) -> None:
    for path in ("/", "/round-trip"):
        found = at_night.post(f"{path}?lang=fr", data=FROM_D | {"to": "t_D", "moment": LATE})
        page = main(found.text)
        assert found.status_code == 200
        assert "Vous y êtes déjà" in page
        assert not [word for word in ("Aucun trajet", "Que faire", "Appelez") if word in page]
        assert "fault" not in unescape(found.text[found.text.index("<main") : found.text.index("</main>")])


@pytest.mark.parametrize(("now", "boats"), [("2026-06-03 23:40", "10 min 50 min"), ("2026-06-03 22:00", "23:50 0:30")])
def test_what_leaves_after_midnight_stands_beside_what_leaves_before_it(ask_town: Any, now: str, boats: str) -> None:
    """Boats at 23:50 and 24:30, by the clocks of two days; the one at 6:40 is of the next morning."""
    page = ask_town(STOPS, LINES, now=now).get("/stops/t_D?lang=fr").text
    (found,) = [part[: part.index("</p>")] for part in page.split('<p class="nexts">')[1:]]
    assert text(found) == boats
