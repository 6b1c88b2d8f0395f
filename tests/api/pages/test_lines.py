"""What the page of a line says of single calls: what must be booked, and what stands on the vehicle there."""

from __future__ import annotations

from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.bookings import booked
from tests.town import town

FR = "À réserver à l’avance, au +33200000000. Réservez la veille, jusqu’à 15:00. Ask for Anna"


def line_page(territory: Territory, line: str) -> str:
    return app_of(territory).test_client().get(f"/lines/t_{line}?day=2026-06-03&lang=fr").text


def test_a_call_that_must_be_booked_says_how_below_the_table() -> None:
    """The bus at 8:00 is booked to get in at A and to get out at C, and told of at B."""
    page = line_page(booked("1,15:00"), "Bus1")
    assert "<td>8:00<sup>a</sup></td><td>9:00</td>" in page
    assert f"<sup>a</sup> {FR}<" in page
    assert "À l’arrêt, faites signe au conducteur.<" in page
    assert f"Pour descendre : {FR}<" in page


def test_what_stands_on_the_vehicle_is_told_where_one_gets_in() -> None:
    """The ring says "by B" at A, and "back to A" from B on; the trip itself says Ring."""
    calls = zip("ABCA", ("8:00", "8:10", "8:20", "8:30"), ("by B", "back to A", "", ""), strict=True)
    rows = [f"Ring-1,{at}:00,{at}:00,{stop},{number},{text}" for number, (stop, at, text) in enumerate(calls)]
    more = {
        "trips": "route_id,service_id,trip_id,trip_headsign\nRing,S,Ring-1,Ring",
        "stop_times": "trip_id,arrival_time,departure_time,stop_id,stop_sequence,stop_headsign\n" + "\n".join(rows),
    }
    page = line_page(town("A 0 0, B 3 0, C 6 0", "Ring\nA B C\n8:00 8:10 8:20", more=more), "Ring")
    assert "Vers by B" in page
    assert "<td>8:10<sup>a</sup></td>" in page
    assert "<sup>a</sup> Vers back to A<" in page
