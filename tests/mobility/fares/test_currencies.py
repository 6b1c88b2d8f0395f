"""Fares that hold alike, beside fares in another currency: a range has both ends in the same currencies."""

from __future__ import annotations

from datetime import date

import pytest

from tests.mobility.fares.worlds import network_of, priced, read, tables_of, told

TOWN = """
# agency.txt
agency_id,agency_name,agency_url,agency_timezone
A,A,https://a.example,UTC

# calendar.txt
service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date
always,1,1,1,1,1,1,1,20270101,20271231

# stops.txt
stop_id,stop_name,stop_lat,stop_lon
S,S,47.1,-3.0
T,T,47.2,-3.0
U,U,47.3,-3.0

# routes.txt
route_id,agency_id,route_short_name,route_type
R1,A,R1,3
R2,A,R2,3

# trips.txt
route_id,service_id,trip_id
R1,always,R1
R2,always,R2

# stop_times.txt
trip_id,arrival_time,departure_time,stop_id,stop_sequence
R1,8:00:00,8:00:00,S,1
R1,8:10:00,8:10:00,T,2
R2,8:20:00,8:20:00,T,1
R2,8:30:00,8:30:00,U,2

# fare_attributes.txt
fare_id,price,currency_type,payment_method,transfers,transfer_duration
"""
BOTH = "R1@S>T;R2@T>U"


def price(fares: str, rules: str, legs: str) -> tuple[str, str]:
    tables = tables_of(f"{TOWN}{fares}\n\n# fare_rules.txt\nfare_id,route_id\n{rules}")
    return told(priced(network_of([read(tables)]), date(2027, 6, 1), legs))


def test_a_fare_in_another_currency_is_no_end_of_a_range() -> None:
    fares = "child,1.00,EUR,0,0,\nadult,9.00,EUR,0,0,\nguest,5.00,USD,0,0,"
    assert price(fares, "child,R1\nadult,R1\nguest,R1", "R1@S>T") == ("1.00 to 9.00 EUR", "no")


def test_a_range_in_two_currencies_has_both_ends_of_each() -> None:
    fares = "child,1.00,EUR,0,0,\nadult,9.00,EUR,0,0,\nguest,5.00,USD,0,0,"
    assert price(fares, "child,R1\nadult,R1\nguest,R2", BOTH) == ("1.00 to 9.00 EUR + 5.00 USD", "no")


@pytest.mark.parametrize(("adult", "told"), [("0.00", "yes"), ("4.00", "no")])
def test_where_the_dearest_way_is_paid_in_other_currencies_there_is_no_range(adult: str, told: str) -> None:
    """Child: nothing and EUR 1. Adult: USD 4 and EUR 1, or rather EUR 2 for both rides."""
    fares = f"child,0.00,USD,0,0,\nadult,{adult},USD,0,0,\nboat,1.00,EUR,0,0,\nboth,2.00,EUR,0,1,"
    assert price(fares, "child,R1\nadult,R1\nboat,R2\nboth,R1\nboth,R2", BOTH) == ("1.00 EUR + 0.00 USD", told)
