"""A ticket each time, a carnet or a pass: sums that one can do by hand."""

from __future__ import annotations

import pytest

from mobility.fares.comparison import FareOffer, compare
from mobility.money import Amount

TICKET = Amount(180, "EUR")
CARNET = FareOffer("carnet", "ten", Amount(1450, "EUR"), 10)
PASS = FareOffer("pass", "month", Amount(3100, "EUR"), 0)


@pytest.mark.parametrize(
    ("trips", "sums"),
    [
        (1, [("ticket", 1, 180), ("carnet", 1, 1450), ("pass", 1, 3100)]),
        (9, [("carnet", 1, 1450), ("ticket", 9, 1620), ("pass", 1, 3100)]),
        (20, [("carnet", 2, 2900), ("pass", 1, 3100), ("ticket", 20, 3600)]),
        (21, [("pass", 1, 3100), ("ticket", 21, 3780), ("carnet", 3, 4350)]),
    ],
)
def test_so_many_trips_in_a_month(trips: int, sums: list[tuple[str, int, int]]) -> None:
    found = compare(TICKET, (CARNET, PASS), trips)
    assert [(one.sold.kind, one.count, one.total.minor) for one in found] == sums


def test_a_pass_pays_from_the_first_trip_that_tickets_cost_more() -> None:
    by_kind = {one.sold.kind: one.pays_from for one in compare(TICKET, (CARNET, PASS), 20)}
    assert by_kind == {"ticket": 0, "carnet": 9, "pass": 18}, "17 tickets cost 30.60, 18 cost 32.40"


def test_a_pass_pays_later_where_there_is_a_carnet() -> None:
    by_kind = {one.sold.kind: one.beats_carnet_from for one in compare(TICKET, (CARNET, PASS), 20)}
    assert by_kind == {"ticket": 0, "carnet": 0, "pass": 21}, "20 trips are two carnets, 29.00; 21 are three, 43.50"
    assert [one.beats_carnet_from for one in compare(TICKET, (PASS,), 20)] == [0, 0]


def test_two_currencies_are_never_compared() -> None:
    pounds = FareOffer("pass", "month", Amount(100, "GBP"), 0)
    assert [one.sold.kind for one in compare(TICKET, (pounds,), 20)] == ["ticket"]
