"""There and back on one page, from a timetable with a last boat."""

import re
from html import unescape
from typing import Any

import pytest

from tests.api.motis import CheckedClient
from tests.town import at

STOPS = "A 0 0, D 6 0, E 9 0"
LINES = """
    Bus1
    A     D
    8:00  8:20

    Bus2
    D      A
    9:00   9:20
    17:40  18:00
    18:40  19:00

    Boat3
    D     E
    8:30  8:50

    Boat4
    E      D
    8:40   8:58
    17:15  17:35
    18:15  18:35
    """
FORM = {"from": "t_A", "to": "t_E", "when": "leave", "moment": "2026-06-03T07:55"}
NEEDS_NO_BOAT = {"from": "t_A", "to": "t_D", "when": "leave", "moment": "2026-06-03T07:55"}


@pytest.fixture(scope="module")
def islanders(ask_town: Any) -> CheckedClient:
    found: CheckedClient = ask_town(STOPS, LINES)
    return found


def told(client: CheckedClient, **typed: str) -> str:
    """What the page says, as text."""
    page = client.post("/round-trip", data=FORM | typed).text
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", main, flags=re.DOTALL)).split())


def test_it_leads_there_and_back_in_the_evening_where_nothing_is_said(islanders: CheckedClient) -> None:
    page = told(islanders)
    assert "Aller : 8:00 → 8:50 mercredi 3 juin" in page
    assert "Retour : 17:15 → 18:00 mercredi 3 juin" in page


def test_the_last_boat_back_is_told(islanders: CheckedClient) -> None:
    assert "Dernier bateau pour rentrer aujourd’hui : 18:15, E." in told(islanders)


@pytest.mark.parametrize("back", ["17:00", "18:00"], ids=["one before it", "the last one"])
def test_the_last_boat_back_is_told_once(islanders: CheckedClient, back: str) -> None:
    page = told(islanders, backMoment=f"2026-06-03T{back}")
    back_way = page[page.index("Retour :") : page.index("Dernier bateau pour rentrer aujourd’hui : 18:15, E.")]
    assert "bateau de la journée" not in back_way and "suivants" not in back_way


def test_boats_before_the_last_one_back_stand_with_the_way(ask_town: Any) -> None:
    page = told(ask_town(STOPS, LINES.rstrip() + "\n    17:45  18:05\n    "))
    assert "Bateaux suivants, E → D : 17:45. Le détail" in page


def test_a_boat_that_nothing_goes_on_from_is_told_beside_the_last_one(ask_town: Any) -> None:
    """The boat at 19:15 lands at 19:35, the last bus left at 18:40; the walk home is 6 km."""
    client: CheckedClient = ask_town(STOPS, LINES.rstrip() + "\n    19:15  19:35\n    ")
    page = told(client)
    boats_go_on = "Plus tard (19:15), le bateau part encore, mais plus rien ne mène ensuite à A aujourd’hui."
    assert f"Dernier bateau pour rentrer aujourd’hui : 18:15, E. {boats_go_on}" in page
    assert page.count("19:15") == 1


def test_a_boat_back_after_midnight_is_the_last_of_its_evening(ask_town: Any) -> None:
    """The boat at 24:05 and the bus at 24:40 are of the timetable of 3 June; the boat at 24:55 leads no further."""
    late = "17:40  18:00\n    24:40  25:00", "18:15  18:35\n    24:05  24:25\n    24:55  25:15"
    lines = LINES.replace("17:40  18:00", late[0]).replace("18:15  18:35", late[1])
    client: CheckedClient = ask_town(STOPS, lines)
    boats_go_on = "Plus tard (0:55), le bateau part encore, mais plus rien ne mène ensuite à A cette nuit."
    assert f"Dernier bateau pour rentrer cette nuit : 0:05, E. {boats_go_on}" in told(client)


def test_a_boat_back_late_at_night_is_the_last_of_its_evening_too(ask_town: Any) -> None:
    """The boat at 27:30 lands at 3:50, the bus from there at 28:05 leaves when the night is over; the one at 5:10 and
    the bus at 5:40 are of the morning."""
    late = "17:40  18:00\n    5:40   6:00\n    28:05  28:25", "18:15  18:35\n    5:10   5:30\n    27:30  27:50"
    lines = LINES.replace("17:40  18:00", late[0]).replace("18:15  18:35", late[1])
    client: CheckedClient = ask_town(STOPS, lines)
    page = told(client)
    assert "Dernier bateau pour rentrer cette nuit : 3:30, E." in page
    assert "le bateau part encore" not in page


def test_who_would_wait_at_the_quay_until_the_morning_has_missed_the_last_boat(ask_town: Any) -> None:
    """The boat at 19:15 meets a bus at 5:30, ten hours later."""
    lines = LINES.replace("17:40  18:00", "17:40  18:00\n    5:30   5:50").rstrip() + "\n    19:15  19:35\n    "
    client: CheckedClient = ask_town(STOPS, lines)
    page = told(client)
    assert "Dernier bateau pour rentrer aujourd’hui : 18:15, E. Plus tard (19:15), le bateau part encore" in page


BEFORE_OUT = "Ce retour part avant l’aller. Choisissez un moment plus tard."
BEFORE_ARRIVAL = "Vous arrivez aujourd’hui à 8:50. Choisissez un retour plus tard."
A_PARTY = "Indiquez un nombre d’adultes, de 1 à 9."
NO_MOMENT = "Nous n’avons pas compris le jour ou l’heure. Choisissez-les de nouveau."
FAULTS = [
    ("backMoment", "2026-06-03T06:00", BEFORE_OUT),
    ("backMoment", "2026-06-02T18:00", BEFORE_OUT),
    ("backMoment", "2026-06-03T08:40", BEFORE_ARRIVAL),
    ("backMoment", "tomorrow", NO_MOMENT),
    *(("adults", people, A_PARTY) for people in ("400", "0", "-1", "10", "²", "many")),
]


@pytest.mark.parametrize(("name", "typed", "fault"), FAULTS)
def test_what_cannot_be_is_told_at_its_field_and_what_was_typed_stays(
    islanders: CheckedClient, name: str, typed: str, fault: str
) -> None:
    """The boat at 8:40 leaves E ten minutes before one lands there."""
    answer = islanders.post("/round-trip?lang=fr", data=FORM | {name: typed})
    (field,) = re.findall(rf'<input id="{name}"[^>]*>', answer.text)
    assert answer.status_code == 400
    assert f'value="{typed}" aria-invalid="true" autofocus aria-describedby="{name}-fault"' in field
    assert f'<p class="wrong" id="{name}-fault">{fault}</p>' in unescape(answer.text)
    assert 'class="one-way"' not in answer.text


def test_all_that_is_wrong_is_told_at_once(islanders: CheckedClient) -> None:
    page = told(islanders, to="Xyzzy", adults="400", backMoment="2026-06-03T06:00")
    assert [fault in page for fault in ("Xyzzy", A_PARTY, BEFORE_OUT)] == [True] * 3


def test_who_must_be_there_by_a_time_may_leave_again_before_it(islanders: CheckedClient) -> None:
    by_noon = {"when": "arrive", "moment": "2026-06-03T12:00"}
    page = told(islanders, **by_noon, backMoment="2026-06-03T11:00")
    assert "Aller : 8:00 → 8:50 mercredi 3 juin" in page
    assert "Retour : 17:15 → 18:00 mercredi 3 juin" in page


@pytest.mark.parametrize(("name", "typed"), [("backMoment", "2026-06-03T06:00"), ("adults", "400"), ("children", "10")])
def test_a_calendar_of_what_cannot_be_is_refused_as_a_problem(islanders: CheckedClient, name: str, typed: str) -> None:
    answer = islanders.post("/round-trip/calendar.ics", data=FORM | {name: typed})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert (answer.json["type"], answer.json["parameter"]) == ("/problems/invalid-query", name)


def test_who_stays_past_the_last_boat_comes_back_the_next_day_and_reads_so_before_both_ways(
    islanders: CheckedClient,
) -> None:
    page = told(islanders, backMoment="2026-06-03T18:30")
    gone = (
        "Retour : À cette heure-là, il n’y a plus de bateau pour ce trajet : le dernier part à 18:15 (ligne Boat4) "
        "de l’arrêt E. "
        "Le prochain que vous pouvez prendre part demain à 8:40. Aller : 8:00 → 8:50"
    )
    assert gone in page
    assert "Retour : 8:40 → 9:20 jeudi 4 juin" in page
    assert "Dernier bateau pour rentrer" not in page, "it is told, and nobody can take it"


def test_between_towns_the_last_way_back_is_told(islanders: CheckedClient) -> None:
    assert "Dernier retour aujourd’hui : départ à 18:40." in told(islanders, **NEEDS_NO_BOAT)


def test_an_unknown_place_is_told_as_on_the_first_page(islanders: CheckedClient) -> None:
    answer = islanders.post("/round-trip", data=FORM | {"to": "Xyzzy"})
    assert answer.status_code == 400
    assert "Nous ne connaissons pas « Xyzzy »." in answer.text
    assert 'id="to-fault"' in answer.text and "autofocus" in answer.text


def people(page: str) -> tuple[str, ...]:
    """How many adults and children the form has."""
    return tuple(re.findall(r'<input id="(?:adults|children)" [^>]*value="(\d*)"', page))


def test_where_nobody_says_how_many_it_is_the_profile_s(islanders: CheckedClient) -> None:
    """Two adults and two children."""
    page = islanders.post("/round-trip", data=FORM | {"adults": "", "profile": "family"}).text
    assert people(page) == ("2", "2")


def test_a_search_leads_there_and_back_with_its_people_and_there_alone_again(islanders: CheckedClient) -> None:
    """The buttons send the form that they stand in."""
    asked = FORM | {"adults": "2", "children": "1", "bike": "1"}
    there = islanders.post("/", data=asked).text
    both = islanders.post("/round-trip", data=asked).text
    assert people(there) == people(both) == ("2", "1")
    assert 'form="search" formaction="/round-trip"' in there
    assert '<button formaction="/" name="search" value="1">Voir l’aller seul</button>' in both
    assert [' name="bike" value="1" checked' in page for page in (there, both)] == [True, True]


def test_a_question_that_a_browser_kept_with_one_number_of_people_is_for_so_many_adults(
    islanders: CheckedClient,
) -> None:
    assert people(islanders.post("/round-trip", data=FORM | {"passengers": "3"}).text) == ("3", "0")
    family = FORM | {"passengers": "4", "profile": "family"}
    assert people(islanders.post("/round-trip", data=family).text) == ("2", "2")


def test_the_form_stands_alone_too(islanders: CheckedClient) -> None:
    page = islanders.get("/round-trip").text
    assert 'action="/round-trip"' in page
    assert 'name="backMoment" value="2026-06-03T17:00"' in page


def events(client: CheckedClient, **typed: str) -> list[dict[str, str]]:
    answer = client.post("/round-trip/calendar.ics", data=FORM | typed)
    assert answer.mimetype == "text/calendar"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    whole = answer.text.replace("\r\n ", "")
    return [dict(re.findall(r"(\w+):(.*)\r\n", event)) for event in whole.split("BEGIN:VEVENT")[1:]]


def test_one_calendar_file_has_both_with_the_walks_to_the_door(islanders: CheckedClient) -> None:
    """200 m to the stop; times are those of Paris in summer."""
    door = at("-0.2 0")
    out, back = events(islanders, **{"from": "Chez moi", "fromId": f"{door.lat:.5f},{door.lon:.5f}"})
    assert (out["SUMMARY"], back["SUMMARY"]) == ("Chez moi → E", "E → Chez moi")
    assert (out["DTEND"], back["DTSTART"]) == ("20260603T065000Z", "20260603T151500Z")
    assert re.search(r"Chez moi > 8:00 A: \d+ min à pied \(\d+ m\)\\n8:00 A > 8:20 D: Bus1\\n", out["DESCRIPTION"])
    assert re.search(r"A > 18:0\d Chez moi: \d+ min à pied", back["DESCRIPTION"])
    assert out["UID"] != back["UID"]


def test_a_calendar_tells_the_quay(ask_town: Any) -> None:
    stops = """
        stop_id,stop_name,stop_lat,stop_lon,platform_code
        A,A,47.7,-3.4,
        D,D,47.7,-3.32,C
        E,E,47.7,-3.28,
        """
    client: CheckedClient = ask_town(STOPS, LINES, more={"stops": stops})
    out, back = events(client)
    assert "8:30 D\\, quai C > 8:50 E: Boat3" in out["DESCRIPTION"]
    assert "> 17:35 D\\, quai C: Boat4" in back["DESCRIPTION"]


def test_an_answer_leads_to_the_round_trip_without_an_address_that_holds_a_place(islanders: CheckedClient) -> None:
    page = islanders.post("/", data=FORM).text
    assert '<button form="search" formaction="/round-trip"' in page
    assert "t_E" not in "".join(re.findall(r'(?:href|action|formaction)="([^"]*round-trip[^"]*)"', page))


BEYOND = "Les horaires sont publiés du "


def test_each_way_without_a_trip_says_why_as_the_answer_about_it_alone_does(islanders: CheckedClient) -> None:
    """The timetable ends in 2026."""
    alone = islanders.post("/?lang=fr", data=FORM | {"moment": "2027-03-01T08:00"}).text
    reason = unescape(re.findall(r'<p class="reason">(.*?)</p>', alone)[0])
    out_too = told(islanders, moment="2027-03-01T08:00", backMoment="2027-03-01T18:00")
    assert out_too.count(f"{reason} {BEYOND}") == 2
    assert "Aller Aucun trajet trouvé." in out_too
    back_alone = told(islanders, backMoment="2027-03-01T18:00")
    assert "Aller : 8:00 → 8:50 mercredi 3 juin" in back_alone
    assert f"Retour Nous ne trouvons pas de retour à partir de cette heure. {reason} {BEYOND}" in back_alone
