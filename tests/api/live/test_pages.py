"""What the pages of a stop and of a line say of late and cancelled runs, as a reader meets it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest

from api.pages.network_geojson import address_of
from tests.api.live.conftest import LiveTown
from tests.crossing import LINES
from tests.mobility.live.now import update

LATE = update("Bus1-1 start_date:20260603", "B dep+420")
CANCELLED = update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED")
STORM = """alert { informed_entity { route_id: "Bus1" } cause: WEATHER effect: NO_SERVICE severity_level: SEVERE
    active_period { start: 1780459200 end: 1780502400 }
    header_text { translation { text: "Avis de tempête" language: "fr" } }
    description_text { translation { text: "Pas de bus <b>ce matin</b>." language: "fr" } } }"""
WORKS = """alert { informed_entity { stop_id: "B" } cause: CONSTRUCTION effect: UNKNOWN_EFFECT severity_level: INFO
    header_text { translation { text: "Travaux au quai" language: "fr" } } }"""
Make = Callable[..., LiveTown]


def shown(town: LiveTown, path: str, lang: str = "fr", **more: str) -> str:
    html = town.client.get(path, query_string={"lang": lang} | more, headers={"Accept": "text/html"}).text
    return html[html.index("<main") : html.index("</main>")]


def departures(town: LiveTown, lang: str = "fr") -> list[str]:
    """Each row of B's board as text, what is struck between bars."""
    table = re.search(r"<tbody>(.*?)</tbody>", shown(town, "/stops/t_B", lang), re.DOTALL)
    assert table
    return [text(row) for row in re.findall(r"<tr.*?</tr>", table[1], re.DOTALL)][:2]


def text(html: str) -> str:
    struck = re.sub(r"<s[ >].*?</s>", lambda one: f" |{text(one[0][2:])}| ", html) if "<s>" in html else html
    return " ".join(unescape(re.sub(r"<svg.*?</svg>|<[^>]*>", " ", struck)).lstrip(">").split())


def test_a_cancelled_departure_stays_struck_and_said_with_its_reason(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    first, second = departures(town)
    assert "|8:10|" in first
    assert "supprimé : météo · prochain à 9:10" in first
    assert "dans" not in first
    assert "9:10" in second
    assert "horaire prévu" in second


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "supprimé · prochain demain à 8:10"), ("en", "cancelled · next tomorrow at 8:10")],
)
def test_beside_the_last_one_of_a_day_that_is_struck_stands_on_which_day_the_next_leaves(
    live_town: Make, language: str, said: str
) -> None:
    town = live_town(lines="Bus1\nA B C\n8:00 8:10 8:20")
    town.say(update("Bus1-1 start_date:20260603 schedule_relationship:CANCELED"))
    assert said in departures(town, language)[0]


def nexts(town: LiveTown, line: str) -> list[tuple[str, str]]:
    """Class and text of the next two departures of a line in the list by line and direction of B's page."""
    html = shown(town, "/stops/t_B")
    (row,) = [one for one in re.findall(r"<li>.*?</li>", html, re.DOTALL) if f">{line}<" in one and "nexts" in one]
    found = re.findall(r'<span(?: class="(\w+)")?>(.*?)</span>', row.partition("nexts")[2], re.DOTALL)
    return [(kind, text(html)) for kind, html in found][:2]


def test_by_line_and_direction_too_what_is_cancelled_is_struck_and_said_and_what_is_planned_is_called_so(
    live_town: Make,
) -> None:
    """Whoever looks sees it, and who is read to hears it."""
    town = live_town()
    assert nexts(town, "Bus1") == [("", "15 min"), ("", "9:10")]
    town.say(CANCELLED, STORM)
    assert nexts(town, "Bus1") == [("off", "|8:10| supprimé"), ("planned", "9:10 horaire prévu")]
    town.say(LATE)
    assert nexts(town, "Bus1") == [("late", "22 min 7 min de retard"), ("planned", "9:10 horaire prévu")]


def test_news_about_one_departure_name_it_at_its_stop_and_on_the_page_of_its_line(live_town: Make) -> None:
    """What is cancelled is the boat of 8:30, not all boats."""
    town = live_town()
    town.say("""alert { informed_entity { trip { trip_id: "Boat2-1" start_date: "20260603" } } effect: NO_SERVICE
        header_text { translation { text: "Traversée supprimée" language: "fr" } } }""")
    for path in ("/stops/t_D", "/lines/t_Boat2"):
        assert "Traversée supprimée Boat2 départ de 8:30, mercredi 3 juin" in text(shown(town, path))
    town.say(STORM)
    assert "Avis de tempête Du mercredi" in text(shown(town, "/stops/t_B")), "it is about all of the line"


def test_news_of_one_line_name_it_at_a_stop_where_others_leave_too(live_town: Make) -> None:
    town = live_town(lines=f"{LINES}\n    Bus3\n    B     C\n    8:15  8:25\n")
    town.say(STORM)
    assert "Avis de tempête Bus1 Du mercredi" in text(shown(town, "/stops/t_B"))
    assert "Avis de tempête Du mercredi" in text(shown(town, "/lines/t_Bus1"))


def test_it_is_said_in_each_language(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    said = {lang: departures(town, lang)[0] for lang in ("br", "en", "fr-x-falc")}
    assert "nullet" in said["br"]
    assert "cancelled: " in said["en"]
    assert "Il ne part pas. Raison : le mauvais temps" in said["fr-x-falc"]


def test_a_late_departure_has_both_times(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    first, _ = departures(town)
    assert "8:17" in first
    assert "prévu à 8:10" in first
    assert "7 min de retard" in first


def test_nothing_is_said_of_a_town_without_news(live_town: Make) -> None:
    board = text(shown(live_town(), "/stops/t_B"))
    assert "8:10" in board
    assert "horaire prévu" not in board
    assert "à l’heure" not in board


def test_the_most_severe_news_of_a_stop_and_its_lines_stand_first_as_plain_text(live_town: Make) -> None:
    town = live_town()
    town.say(WORKS, STORM)
    board = text(shown(town, "/stops/t_B"))
    assert 0 < board.index("Avis de tempête") < board.index("Travaux au quai") < board.index("8:10")
    assert "Du mercredi 3 juin, 6:00 au mercredi 3 juin, 18:00" in board
    assert "<b>ce matin" not in shown(town, "/stops/t_B")


def test_what_is_older_than_a_minute_and_a_half_says_so(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    assert "dernières nouvelles" not in text(shown(town, "/stops/t_B"))
    town.now = "2026-06-03 7:58"
    assert "dernières nouvelles il y a 3 min" in text(shown(town, "/stops/t_B"))


@pytest.mark.parametrize("path", ["/stops/t_B", "/lines/t_Bus1", "/disruptions"])
def test_where_nothing_is_heard_any_more_it_says_since_when_and_what_the_times_are(live_town: Make, path: str) -> None:
    town = live_town()
    assert "interrompu" not in text(shown(town, path))
    town.say(LATE)
    town.now = "2026-06-03 8:55"
    town.writer.look()
    page = text(shown(town, path))
    assert "interrompu pour Town : dernières nouvelles mercredi 3 juin, 7:55. Leurs horaires" in page
    assert "de retard" not in page


DAY = {"day": "2026-06-17"}


def test_of_another_day_nothing_would_be_heard_yet_anyway(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    town.now = "2026-06-03 8:55"
    town.writer.look()
    for path, at in (("/stops/t_B", {"at": "2026-06-17T07:55"}), ("/lines/t_Bus1", DAY), ("/disruptions", DAY)):
        assert "interrompu" not in text(shown(town, path, **at))
    assert "interrompu" not in answer(town, moment="2026-06-17T07:55")
    assert "interrompu" in answer(town, moment="2026-06-03T08:55")


def test_paper_keeps_the_plan_and_says_when_it_was_made(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    page = shown(town, "/stops/t_B")
    assert "imprimés le mercredi 3 juin, 7:55" in text(page)
    assert '<b class="screen">8:17</b>' in page


def line(town: LiveTown, day: str = "2026-06-03") -> list[str]:
    """Each row of the line's first direction as text."""
    table = re.search(r"<tbody>(.*?)</tbody>", shown(town, "/lines/t_Bus1", day=day), re.DOTALL)
    assert table
    return [text(row) for row in re.findall(r"<tr.*?</tr>", table[1], re.DOTALL)]


def test_a_line_strikes_a_cancelled_run_and_says_so(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    assert line(town) == [
        "État supprimé : météo · prochain à 9:00 horaire prévu",
        "A |8:00| 9:00",
        "B |8:10| 9:10",
        "C |8:20| 9:20",
    ]
    page = text(shown(town, "/lines/t_Bus1"))
    assert "2 passages , supprimés : 1" in page
    assert page.index("Avis de tempête") < page.index("Arrêt")


def test_a_line_has_both_times_of_a_late_run(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    assert line(town)[1:] == ["A 8:00 9:00", "B 8:17 prévu à 8:10 9:10", "C 8:27 prévu à 8:20 9:20"]
    assert line(town, "2026-06-04") == ["A 8:00 9:00", "B 8:10 9:10", "C 8:20 9:20"]


def along(town: LiveTown) -> list[str]:
    """Each stop of the line with its next passage, at 7:55."""
    return [text(row) for row in re.findall(r"<li>.*?</li>", shown(town, "/lines/t_Bus1").partition("along")[2])][:3]


def test_a_line_tells_where_the_clocks_of_another_vehicle_begin(live_town: Make) -> None:
    """At 7:55 the bus of 7:50 is on its way to B: the clocks of B and C are its own, that of A is of the next one."""
    town = live_town(lines="Bus1\nA B C\n7:50 8:00 8:10\n8:00 8:10 8:20")
    assert along(town) == [
        "A 8:00",
        "Bus entre ces deux arrêts, d’après l’horaire B 8:00 puis 8:10",
        "C 8:10 puis 8:20",
    ]
    town.say(update("Bus1-1 start_date:20260603", "A dep+50", "B arr+50 dep+50"))
    assert "Bus entre ces deux arrêts B 8:00" in along(town)[1]
    town.now = "2026-06-03 7:50:30"
    assert along(town)[0].startswith("A 7:50"), "it leaves at 7:50:50"


def test_a_vehicle_that_passes_a_stop_by_is_not_told_of_after_it(live_town: Make) -> None:
    town = live_town("A 0 0, B 3 0, C 6 0", "Bus1\nA B C\n7:50 - 8:10\n8:00 8:05 8:20")
    assert along(town) == ["A 8:00", "B 8:05", "C 8:10 puis 8:20"]


def test_a_bus_that_is_late_is_still_the_next_one_at_its_stop(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA B C\n7:50 8:00 8:10\n8:00 8:10 8:20")
    town.say(update("Bus1-1 start_date:20260603", "A dep+420"))
    assert [row.replace("prévu à ", "") for row in along(town)] == [
        "A 7:57 7:50 puis 8:00",
        "B 8:07 8:00 puis 8:10",
        "C 8:17 8:10 puis 8:20",
    ]


def test_two_runs_at_the_same_times_are_two_on_the_line_as_on_the_board(live_town: Make) -> None:
    twice = """
        Bus1
        A     B     C
        8:00  8:10  8:20
        8:00  8:10  8:20
        """
    town = live_town("A 0 0, B 3 0, C 6 0", twice)
    assert line(town) == ["A 8:00 8:00", "B 8:10 8:10", "C 8:20 8:20"]
    assert len([row for row in departures(town) if "8:10" in row and "jeudi" not in row]) == 2


def trip(town: LiveTown, **more: object) -> str:
    """The page of a kept trip from A to E, by bus and boat."""
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"} | more
    name = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["id"]
    return shown(town, f"/trips/{name}")


def test_a_kept_trip_has_both_times_of_a_late_ride(live_town: Make) -> None:
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603", "A dep+180"))
    page = text(trip(town))
    assert "8:03 prévu à 8:00 A 3 min de retard" in page
    assert "Affiché à 7:55" in page


def test_news_stand_once_at_the_leg_that_they_touch(live_town: Make) -> None:
    """The storm at the bus, by its line; the quay at the boat, by its stop; works where nobody gets out nowhere."""
    town = live_town()
    quay = WORKS.replace('"B"', '"E"').replace("Travaux au quai", "Quai E fermé")
    town.say(STORM.replace("NO_SERVICE", "DETOUR"), quay, WORKS)
    bus, boat = trip(town).split('<li class="ride">')[1:]
    assert "Avis de tempête" in text(bus) and "Quai E" not in text(bus)
    assert "Quai E fermé" in text(boat) and "Avis de tempête" not in text(boat)
    assert "Travaux au quai" not in text(bus + boat)


def test_news_of_another_day_do_not_stand_at_a_leg(live_town: Make) -> None:
    """The API tells them, with the days that they are felt on, as MOTIS does."""
    town = live_town()
    town.say(STORM)
    asked = {"fromPlace": "t_A", "toPlace": "t_C", "time": "2026-06-04T07:58:00+02:00"}
    (leg,) = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
    assert [one["headerText"] for one in leg["alerts"]] == ["Avis de tempête"]
    assert leg["alerts"][0]["impactPeriod"] == [{"start": "2026-06-03T04:00:00Z", "end": "2026-06-03T16:00:00Z"}]
    assert "Avis de tempête" not in text(trip(town, time="2026-06-04T07:58:00+02:00"))


def answer(town: LiveTown, lang: str = "fr", **more: str) -> str:
    """The answer of the page of 7:58, as text, what is struck between bars."""
    asked = {"fromId": "t_A", "from": "A", "toId": "t_E", "to": "E", "moment": "2026-06-03T07:58", "when": "leave"}
    html = town.client.post("/", data=asked | more, query_string={"lang": lang}, headers={"Accept": "text/html"}).text
    return text(html[html.index("<main") : html.index("</main>")])


def test_an_answer_says_that_a_bus_is_late_with_both_times(live_town: Make) -> None:
    town = live_town()
    town.say(update("Bus1-1 start_date:20260603", "A dep+60"))
    page = answer(town)
    assert "Bus1 : 1 min de retard" in page
    assert "8:01 prévu à 8:00 A" in page
    assert "Il a 1 minutes de retard" in answer(town, "fr-x-falc")
    assert "1 min late" in answer(town, "en")
    assert "1 min dale" in answer(town, "br")


def test_an_answer_says_by_timetable_where_nothing_is_known_and_never_on_time(live_town: Make) -> None:
    town = live_town()
    assert "horaire prévu" not in answer(town)
    town.say(update("Bus1-2 start_date:20260603", "A dep+60"))
    page = answer(town)
    assert "horaire prévu" in page
    assert "à l’heure" not in page


def test_an_answer_says_how_old_what_is_known_is_and_on_paper_when_it_was_made(live_town: Make) -> None:
    town = live_town()
    town.say(LATE)
    assert "dernières nouvelles" not in answer(town)
    assert "Imprimé le mercredi 3 juin, 7:55, avec les retards connus" in answer(town)
    town.now = "2026-06-03 7:57"
    assert "dernières nouvelles il y a 2 min" in answer(town)


def test_an_answer_says_what_is_cancelled_and_the_next_that_runs(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA E\n8:00 8:30\n9:00 9:30")
    town.say(CANCELLED, STORM)
    said = "Le départ de 8:00 (Bus1, arrêt A) est supprimé : météo. Le prochain qui circule part à 9:00."
    assert said in answer(town)
    assert "À 8:00, Bus1 ne part pas de l’arrêt A. Raison : le mauvais temps." in answer(town, "fr-x-falc")


def test_the_list_warns_of_the_last_boat_and_its_feeder_also_without_real_time(live_town: Make) -> None:
    page = answer(live_town(), moment="2026-06-03T08:55")
    assert "dernier Bus1, Boat2 pour y aller" in page
    last = "C’est le dernier pour y arriver aujourd’hui. Si vous le manquez : {} demain à {}, arrivée à 8:50."
    assert page.count(last.format("Bus1", "8:00")) == page.count(last.format("Boat2", "8:30")) == 1


def test_a_link_to_a_kept_trip_says_what_breaks_and_the_next_way(live_town: Make) -> None:
    town = live_town()
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"}
    name = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["id"]
    town.say(update("Bus1-1 start_date:20260603", "B dep+720"))
    told = shown(town, f"/trips/{name}")
    page = text(told)
    assert "Changement impossible à D : Boat2 part à 8:30" in page
    assert "<s>8:00 → 8:50</s>" in told
    of_the_change, before_the_boat = re.findall(r"il manque (\d+) min", page)
    assert of_the_change == before_the_boat
    assert "de marge" not in page.partition("À la place")[2].partition("Voir ce trajet")[0]
    assert "moins d’une minute" not in page
    assert "À la place : 8:00 → 9:50" in page


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Nous ne trouvons pas d’autre trajet aujourd’hui."),
        ("br", "Ne gavomp beaj all ebet hiziv."),
        ("en", "We find no other trip today."),
        ("fr-x-falc", "Il n’y a pas d’autre chemin aujourd’hui."),
    ],
)
def test_where_nothing_else_leads_there_the_day_is_named(live_town: Make, language: str, said: str) -> None:
    town = live_town(lines="Bus1\nA E\n8:00 8:30", days=("20260603", "20260603"))
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00"}
    name = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["id"]
    town.say(CANCELLED)
    assert said in text(shown(town, f"/trips/{name}", language))


def test_the_map_of_the_whole_network_is_drawn_once_whatever_is_heard(
    live_town: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = live_town()
    paths = ("/lines", address_of(town.territory()))
    before = [town.client.get(path).text for path in paths]
    town.say(CANCELLED)
    assert town.territory().live is not None
    monkeypatch.setattr("api.pages.sketch.shown_courses", None)
    monkeypatch.setattr("api.pages.network_geojson.shown_courses", None)
    (drawn,) = re.findall(r'<figure class="map.*?</figure>', before[0], re.DOTALL)
    assert drawn in town.client.get(paths[0]).text
    assert town.client.get(paths[1]).text == before[1]
