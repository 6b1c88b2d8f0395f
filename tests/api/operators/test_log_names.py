"""The log of the page names what an action was about, as long as that is known, and keeps its id."""

from __future__ import annotations

import pytest

from mobility.operators.log import Action, write_down
from mobility.operators.tokens import Role
from tests.api.live.conftest import live_town
from tests.api.live.told import text
from tests.api.operators.test_message_form import CROSSING, SENT, Desk, desk
from tests.api.operators.visits import sent
from tests.town import moment

__all__ = ["desk", "live_town"]


def told(desk: Desk) -> list[str]:
    """The lines of the log, the latest first."""
    page = desk.page("/log", Role.ADMIN)
    lines = page[page.index('<ol class="versions">') : page.index("</ol>")].split("<li>")[1:]
    return [text(line) for line in lines]


def test_a_message_is_told_by_its_crossing_while_it_holds_and_after(desk: Desk) -> None:
    desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    (id,) = desk.ids()
    added = next(line for line in told(desk) if line.startswith("Message aux voyageurs"))
    assert added.startswith("Message aux voyageurs · 8:30 · Boat2 · D → E, mercredi 3 juin fait")
    assert added.endswith(f"Load · {id}") and "t_Boat2-1" not in added
    sent(desk.client(), f"/messages/{id}/end", sure="1")
    assert [line.partition(" fait")[0] for line in told(desk) if "essage" in line] == [
        "Fin d’un message · 8:30 · Boat2 · D → E",
        "Message aux voyageurs · 8:30 · Boat2 · D → E",
    ]


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("0a1b2c3d t_Boat2", "Ligne Boat2"),
        ("0a1b2c3d t_D", "Arrêt D"),
        ("0a1b2c3d t_gone", "t_gone"),
        ("0a1b2c3d", "0a1b2c3d"),
    ],
)
def test_what_is_not_known_any_more_is_told_as_it_was_written_down(desk: Desk, subject: str, words: str) -> None:
    write_down(desk.kept.store, Action("Load", "end-message", subject), int(moment(desk.town.now)) + 1)
    desk.client(Role.ADMIN)
    line = next(line for line in told(desk) if line.startswith("Fin d’un message"))
    assert line.startswith(f"Fin d’un message · {words} fait")
    assert line.count("0a1b2c3d") == 1


def test_who_is_signed_in_reads_what_they_may_do(desk: Desk) -> None:
    for role, words in ((Role.READ, "Read, accès en lecture"), (Role.ADMIN, "Admin, accès complet")):
        assert words in text(desk.page("", role))


def test_a_message_of_one_day_tells_its_date_once(desk: Desk) -> None:
    desk.say(**CROSSING, **SENT, until="2026-06-03T08:50")
    assert "3 juin 2026, de 7:55 à 8:50" in text(desk.page())
