"""fare_attributes.txt and fare_rules.txt. Source: GTFS reference; what is doubtful: docs/fares.md."""

from __future__ import annotations

from collections.abc import Mapping

from gtfs.fares.cells import Reader, Row, row_or_none
from gtfs.fares.money import minor_units
from gtfs.fares.records import Fare, FareRule, Fares
from gtfs.feed import Feed

MOST_TRANSFERS = 2


def fares(feed: Feed) -> Fares:
    reader = Reader(feed)
    agencies = reader.row_of("agency")
    found = [_fare(row, agencies) for row in reader.rows("fare_attributes")]
    known = [fare for fare in found if fare is not None]
    row_of = {fare.id: row for row, fare in reversed(list(enumerate(known)))}
    routes = reader.row_of("routes")
    rules = [_rule(row, row_of, routes) for row in reader.rows("fare_rules")]
    read = Fares(fares=tuple(known), rules=tuple(rule for rule in rules if rule is not None))
    if len(agencies) > 1:
        _doubt_whose(reader, read)
    return Fares(fares=read.fares, rules=read.rules, doubts=tuple(reader.doubts))


def _fare(row: Row, agencies: Mapping[str, int]) -> Fare | None:
    minor = minor_units(row["price"], row["currency_type"])
    if minor is None or minor < 0:
        row.doubt("price", "no price in this currency")
        return None
    return Fare(
        id=row["fare_id"],
        minor=minor,
        currency=row["currency_type"],
        payment=row.number("payment_method", -1, 1),
        transfers=_transfers(row),
        valid_s=row.number("transfer_duration", -1),
        agency=_agency(row, agencies),
    )


def _transfers(row: Row) -> int:
    """Unreadable is not empty, which would be any number."""
    found = row.number("transfers", -1, MOST_TRANSFERS)
    return 0 if row["transfers"] and found < 0 else found


def _agency(row: Row, agencies: Mapping[str, int]) -> int:
    if len(agencies) == 1 and not any(agencies):
        return -1
    found = row_or_none(agencies, row["agency_id"])
    if found < -1:
        row.doubt("agency_id", "not in agency")
    return found


def _rule(row: Row, fare_rows: Mapping[str, int], routes: Mapping[str, int]) -> FareRule | None:
    if row["fare_id"] not in fare_rows:
        row.doubt("fare_id", "a fare without a price")
        return None
    return FareRule(
        fare=fare_rows[row["fare_id"]],
        route=row_or_none(routes, row["route_id"]),
        origin=row["origin_id"],
        destination=row["destination_id"],
        contains=row["contains_id"],
    )


def _doubt_whose(reader: Reader, read: Fares) -> None:
    """With several agencies a fare says whose it is, or on which routes it holds."""
    routed = {read.fares[rule.fare].id for rule in read.rules if rule.route >= 0}
    silent = {fare.id for fare in read.fares if fare.agency == -1} - routed
    for row in reader.rows("fare_attributes"):
        if row["fare_id"] in silent:
            row.doubt("agency_id", "of several agencies, the fare does not say whose it is")
