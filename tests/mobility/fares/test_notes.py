"""What a timetable cannot say, in a table of the operator's: each line with its day and its source, or refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mobility.errors import InvalidConfig
from mobility.fares.notes import NotedRide, read_notes
from mobility.money import Amount

HEAD = "agency,kind,text_fr,text_br,date,source,line,first_day,last_day,price,currency,trips"
FREE = "bus,free,Semaine gratuite,Sizhun digoust,2026-09-01,izilo.bzh,,2026-09-16,2026-09-22,,,"
PASS = "bus,carnet,Carnet de dix,,2026-09-01,guichet,,,,15.50,EUR,10"

BUS = NotedRide("t_bus", "t_Bus1", frozenset({"town"}))
BOAT = NotedRide("t_boat", "t_Boat2", frozenset())


def table(folder: Path, *rows: str, head: str = HEAD) -> Path:
    file = folder / "fares_notes.csv"
    file.write_text("\n".join((head, *rows)), "utf-8")
    return file


def test_a_note_holds_for_its_operator_on_its_days(tmp_path: Path) -> None:
    free, carnet = read_notes(table(tmp_path, FREE, PASS))
    assert (free.text("br"), free.text("en"), free.read_on, free.source) == (
        "Sizhun digoust", "Semaine gratuite", date(2026, 9, 1), "izilo.bzh",
    )  # fmt: skip
    assert [free.holds([BUS], date(2026, 9, day)) for day in (15, 16, 22, 23)] == [False, True, True, False]
    assert not free.holds([BOAT], date(2026, 9, 16))
    assert (carnet.amount, carnet.trips) == (Amount(1550, "EUR"), 10)


def test_a_note_of_a_line_holds_on_no_other(tmp_path: Path) -> None:
    (note,) = read_notes(table(tmp_path, "boat,book,Réservez,,2026-09-01,op,Boat2,,,,,"))
    lines = ("t_Boat2", "t_Boat3")
    assert [note.holds([BOAT._replace(line=line)], date(2026, 9, 1)) for line in lines] == [True, False]


def test_a_note_of_some_fares_holds_on_rides_that_are_paid_by_them(tmp_path: Path) -> None:
    town, island = BUS, BUS._replace(line="t_G2", networks=frozenset({"island"}))
    (of_town,) = read_notes(table(tmp_path, f"{PASS},town", head=f"{HEAD},network"))
    held = [of_town.holds(rides, date(2026, 9, 1)) for rides in ([town], [island], [island, town], [])]
    assert held == [True, False, True, False]


def test_what_a_note_names_has_to_be_so_of_one_ride(tmp_path: Path) -> None:
    """The boat of this operator and the line of another are two rides."""
    (note,) = read_notes(table(tmp_path, "boat,book,Réservez,,2026-09-01,op,Bus1,,,,,"))
    assert not note.holds([BUS, BOAT], date(2026, 9, 1))


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("bus,free,Gratuit,,2026-09-01,", "fares_notes.csv:2: source is empty"),
        ("bus,gift,Gratuit,,2026-09-01,op", "kind: 'gift'"),
        ("bus,free,Gratuit,,1 septembre,op", "date: '1 septembre' is no day"),
        ("bus,pass,Abonnement,,2026-09-01,op,,,,dix,EUR,", "price: 'dix' 'EUR'"),
        ("bus,carnet,Carnet,,2026-09-01,op,,,,10,EUR,dix", "trips: 'dix' is no number"),
    ],
)
def test_a_line_that_says_too_little_is_named(tmp_path: Path, row: str, said: str) -> None:
    with pytest.raises(InvalidConfig, match=said.replace(".", r"\.")):
        read_notes(table(tmp_path, row))


def test_a_table_without_a_source_or_with_an_unknown_column_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="has no column source"):
        read_notes(table(tmp_path, head="agency,kind,text_fr,date"))
    with pytest.raises(InvalidConfig, match="not known: colour"):
        read_notes(table(tmp_path, head=f"{HEAD},colour"))
