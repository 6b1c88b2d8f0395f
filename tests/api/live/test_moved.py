"""A crossing or a stop that an operator moves: to another hour or quay, and told so in every language."""

from __future__ import annotations

import pytest

from tests.api.live.conftest import LiveTown
from tests.api.live.test_live import board
from tests.api.live.typed import LATER, NEXT_BOAT, RUN, UNTIL, added, plan, said
from tests.mobility.live.now import update

pytestmark = pytest.mark.usefixtures("morning")


def test_a_moved_crossing_is_ridden_at_its_new_hour_and_taken_back_the_plan_is_as_before(town: LiveTown) -> None:
    before = plan(town)
    id = added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "08:45")
    assert town.plan()[0] == LATER
    assert board(town, stopId="t_D")[0] == "Boat2 8:30 8:45"
    said(town, "end", id)
    assert plan(town) == before


def test_a_crossing_moved_ahead_of_its_feeder_is_not_promised(town: LiveTown) -> None:
    """An hour earlier: a feed would not be believed, an operator is."""
    added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "07:30")
    assert town.plan()[0] == NEXT_BOAT


def test_a_crossing_leaves_from_another_quay(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:30 > E 8:50"
    assert board(town, stopId="t_D")[0] == "Boat2 9:30 9:30"


def test_a_feeds_delay_holds_where_only_the_quay_is_another(town: LiveTown) -> None:
    town.say(update("Boat2-1 start_date:20260603", "D dep+300"))
    added(town, *RUN, *UNTIL, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:35 > E 8:55"


def test_a_stop_moved_for_a_while_is_called_at_elsewhere_by_all(town: LiveTown) -> None:
    until = ("--from", "2026-06-03T08:00", "--until", "2026-06-03T09:00")
    added(town, "--stop", "D", *until, "--effect", "moved", "--to-stop", "C")
    assert town.plan()[0] == "Bus1 A 8:00 > C 8:20 | Boat2 C 8:30 > E 8:50"
    assert board(town, stopId="t_D")[0] == "Boat2 9:30 9:30"


def test_a_trip_moved_runs_though_its_line_is_cancelled(town: LiveTown) -> None:
    added(town, *RUN, *UNTIL, "--effect", "moved", "--clock", "08:45")
    added(town, "--line", "Boat2", *UNTIL, "--effect", "cancelled")
    assert board(town, stopId="t_D") == ["Boat2 8:30 8:45", "Boat2 9:30 9:30 cancelled"]


@pytest.mark.parametrize(("last", "found"), [("cancelled", NEXT_BOAT), ("moved", LATER)])
def test_of_two_words_about_one_trip_the_later_typed_holds(town: LiveTown, last: str, found: str) -> None:
    for effect in sorted(("cancelled", "moved"), key=lambda one: one == last):
        added(town, *RUN, *UNTIL, "--effect", effect, *(("--clock", "08:45") if effect == "moved" else ()))
    assert town.plan()[0] == found


@pytest.mark.parametrize(
    ("effect", "more", "french", "easy"),
    [
        ("moved", ("--clock", "08:45"), "Départ déplacé à 8:45 : météo", "L’heure change : départ à 8:45"),
        ("moved", ("--to-stop", "C"), "Autre quai, C : météo", "Le quai change : allez à C"),
        (
            "at_risk",
            ("--clock", "08:10"),
            "Risque de suppression : météo. Décision mercredi 3 juin à 8:10",
            "Nous le saurons mercredi 3 juin à 8:10",
        ),
    ],
)
def test_the_new_hour_and_quay_are_told_in_every_language(
    town: LiveTown, effect: str, more: tuple[str, ...], french: str, easy: str
) -> None:
    added(town, *RUN, *UNTIL, "--effect", effect, "--cause", "weather", *more)
    told = {tag: header(town, tag) for tag in ("fr", "fr-x-falc", "br", "en")}
    assert told["fr"] == french and easy in told["fr-x-falc"]
    assert len(set(told.values())) == 4, told


def header(town: LiveTown, language: str) -> str:
    asked = {"fromPlace": "t_A", "toPlace": "t_E", "time": "2026-06-03T07:58:00+02:00", "language": language}
    found = town.client.ask("/api/v6/plan", **asked)["itineraries"][0]["legs"]
    return next(alert["headerText"] for leg in found for alert in leg.get("alerts", ()))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--effect", "cancelled", "--clock", "08:45"), "clock: goes with"),
        (("--effect", "moved", "--clock", "8h45"), "clock: is no time of day"),
        (("--effect", "works", "--to-stop", "C"), "to_stop: goes with"),
        (("--effect", "at_risk", "--clock", "08:40"), "--clock: is an hour at which the trip has left"),
    ],
)
def test_an_hour_or_a_quay_that_means_nothing_is_refused(town: LiveTown, words: tuple[str, ...], told: str) -> None:
    code, printed = said(town, "add", *RUN, *UNTIL, *words)
    assert code != 0 and told in printed
