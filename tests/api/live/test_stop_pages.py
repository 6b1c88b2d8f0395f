"""What the page of a stop says of late and cancelled runs, as a reader meets it."""

from __future__ import annotations

import re

import pytest

from tests.api.live.conftest import LiveTown
from tests.api.live.told import CANCELLED, LATE, STORM, WORKS, Make, answer, departures, shown, text
from tests.crossing import LINES
from tests.mobility.live.now import update


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
    found = re.findall(r'<span(?: class="(\w+)")?[^>]*>(.*?)</span>', row.partition("nexts")[2], re.DOTALL)
    return [(kind, text(html)) for kind, html in found][:2]


def test_by_line_and_direction_too_what_is_cancelled_is_struck_and_said_and_what_is_planned_is_called_so(
    live_town: Make,
) -> None:
    """Whoever looks sees it, and who is read to hears it."""
    town = live_town()
    assert nexts(town, "Bus1") == [("", "15 min"), ("", "9:10")]
    town.say(CANCELLED, STORM)
    assert nexts(town, "Bus1") == [("off", "|8:10| supprimé : météo"), ("planned", "9:10 horaire prévu")]
    town.say(LATE)
    assert nexts(town, "Bus1") == [("late", "22 min 7 min de retard"), ("planned", "9:10 horaire prévu")]


UNNAMED = """alert { informed_entity { trip { trip_id: "Bus1-1" start_date: "20260603" } } effect: NO_SERVICE
    header_text { translation { text: "Pas de bus de 8:00" language: "fr" } } }"""


def test_what_is_struck_for_a_reason_that_nobody_names_leads_to_its_message_in_both_lists_and_on_the_page_of_its_line(
    live_town: Make,
) -> None:
    town = live_town()
    town.say(CANCELLED, UNNAMED)
    for path, times in (("/stops/t_B", 2), ("/lines/t_Bus1", 1)):
        page = shown(town, path)
        (name,) = re.findall(r'<div class="[^"]*news" id="([^"]+)"', page)
        assert page.count(f'href="#{name}">Voir le message</a>') == times, path
        assert page.count(f'id="{name}"') == 1
    town.say(CANCELLED, STORM)
    assert "Voir le message" not in shown(town, "/stops/t_B"), "the reason stands in the row"
    town.say(CANCELLED)
    assert "Voir le message" not in shown(town, "/stops/t_B"), "nobody has said anything"


def test_paper_strikes_what_does_not_run_and_says_why(live_town: Make) -> None:
    town = live_town()
    town.say(CANCELLED, STORM)
    board, line = shown(town, "/stops/t_B"), shown(town, "/lines/t_Bus1")
    assert '<small class="off">supprimé : météo · prochain à 9:10</small>' in board
    assert '<p class="paper"><b>8:00</b> : supprimé : météo · prochain à 9:00</p>' in line
    assert "les suppressions connues à ce moment y figurent" in text(board)
    assert "les suppressions connues à ce moment y figurent" in text(line)


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


def test_the_last_one_of_a_day_is_the_last_that_runs(live_town: Make) -> None:
    """Five boats, of which the last is cancelled: after the three that are shown one more leaves."""
    clocks = ("9:00", "12:00", "15:00", "18:00", "21:00")
    town = live_town("D 6 0, E 9 0", "Boat2\nD E\n" + "\n".join(f"{at} {at[:-1]}5" for at in clocks))
    board = text(shown(town, "/stops/t_D"))
    assert "et 2 jusqu’à 21:00" in board
    town.say(update("Boat2-5 start_date:20260603 schedule_relationship:CANCELED"))
    assert "un autre à 18:00" in text(shown(town, "/stops/t_D"))
