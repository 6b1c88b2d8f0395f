"""There and back on a day without a boat: what is cancelled stands before both ways, or at the fault."""

from __future__ import annotations

from tests.api.live.conftest import LiveTown
from tests.api.live.told import Make, text
from tests.mobility.live.now import update

LINES = """
    Boat2
    A     B
    8:30  8:50
    9:30  9:50

    Boat3
    B      A
    17:00  17:20
    18:00  18:20
    """
THERE, BACK = (
    [f"{boat}-{n} start_date:20260603 schedule_relationship:CANCELED" for n in (1, 2)] for boat in ("Boat2", "Boat3")
)
ALL_THERE = "Aujourd’hui, tous les départs de Boat2 (A → B) sont supprimés."
ALL_BACK = "Aujourd’hui, tous les départs de Boat3 (B → A) sont supprimés."


def asked(live_town: Make, cancelled: list[str], back: str) -> str:
    town: LiveTown = live_town(stops="A 0 0, B 9 0", lines=LINES)
    town.say(*map(update, cancelled))
    form = {"from": "t_A", "to": "t_B", "when": "leave", "moment": "2026-06-03T08:40", "backMoment": back}
    page = town.client.post("/round-trip?lang=fr", data=form).text
    return text(page[page.index("<main") : page.index("</main>")])


def test_who_cannot_be_there_before_they_return_reads_that_the_boats_are_cancelled(live_town: Make) -> None:
    page = asked(live_town, THERE, back="2026-06-03T17:10")
    assert page.index(ALL_THERE) < page.index("Vous arrivez demain à 8:50. Choisissez un retour plus tard.")
    assert "Le prochain que vous pouvez prendre part demain à 8:30 (ligne Boat2) de l’arrêt A." in page


def test_who_cannot_return_that_day_reads_so_before_both_ways(live_town: Make) -> None:
    page = asked(live_town, BACK, back="2026-06-03T17:10")
    assert page.index(ALL_BACK) < page.index("Aller : 9:30 → 9:50")
    assert "Retour : Aujourd’hui, les derniers bateaux sont supprimés." in page
    assert "Dernier bateau pour rentrer" not in page


def test_where_all_boats_run_nothing_is_said_of_it(live_town: Make) -> None:
    page = asked(live_town, [], back="2026-06-03T17:10")
    assert "supprimé" not in page
    assert "Dernier bateau pour rentrer aujourd’hui : 18:00, B." in page
