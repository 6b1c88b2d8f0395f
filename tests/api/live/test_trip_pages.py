"""What an answer and a kept trip say of late and cancelled runs, as a reader meets it."""

from __future__ import annotations

import re

import pytest

from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from tests.api.live.conftest import LiveTown
from tests.api.live.told import CANCELLED, LATE, STORM, WORKS, Make, answer, shown, text
from tests.mobility.live.now import update
from tests.town import moment


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


class ByHand:
    """An operator has typed that the last boat does not leave."""

    def revision(self) -> int:
        return 1

    def in_force(self, now_s: int) -> list[tuple[OperatorMessage, tuple[tuple[str, str], ...]]]:
        span = moment("2026-06-03 18:00"), moment("2026-06-03 23:00")
        message = OperatorMessage("m1", MessageEffect.CANCELLED, MessageCause.WEATHER, *span, line="t_Boat2")
        return [(message, (("fr", "Tempête"),))]


def test_paper_says_that_delays_are_on_it_only_where_somebody_tells_them(live_town: Make) -> None:
    """What does not run is known, how late vehicles are is not."""
    town = live_town()
    town.messages = ByHand()
    assert town.writer.look() is not None
    assert "Horaires prévus, imprimés le mercredi 3 juin, 7:55 : les suppressions connues" in answer(town)


def test_an_answer_says_what_is_cancelled_and_the_next_that_runs(live_town: Make) -> None:
    town = live_town(lines="Bus1\nA E\n8:00 8:30\n9:00 9:30")
    town.say(CANCELLED, STORM)
    said = "Le départ de 8:00 (Bus1, arrêt A) est supprimé : météo. Le prochain qui circule part à 9:00."
    assert said in answer(town)
    assert "À 8:00, Bus1 ne part pas de l’arrêt A. Raison : le mauvais temps." in answer(town, "fr-x-falc")


def test_the_list_warns_of_the_last_boat_and_its_feeder_also_without_real_time(live_town: Make) -> None:
    page = answer(live_town(), moment="2026-06-03T08:55")
    assert "dernier Bus1, Boat2" in page
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
