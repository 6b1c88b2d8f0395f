"""Products, leg rules, transfer rules and what they name. Source: GTFS reference, fare_products.txt and following."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gtfs.fares.cells import Reader, Row, row_or_none
from gtfs.fares.money import minor_units
from gtfs.fares.records import (
    Fares,
    JoinRule,
    LegRule,
    Medium,
    Product,
    Rider,
    Timeframe,
    TransferRule,
)
from gtfs.feed import Feed
from gtfs.values import WHOLE

DAY_S = 86_400
UNLIMITED = -1
TYPES = "0", "1", "2"


def fares(feed: Feed) -> Fares:
    reader = Reader(feed)
    services, stops, routes = (reader.row_of(name) for name in ("services", "stops", "routes"))
    timeframes = tuple(_timeframes(reader, services))
    products = tuple(_products(reader))
    prices: dict[str, int] = {}
    for product in products:
        prices[product.id] = min(product.minor, prices.get(product.id, product.minor))
    return Fares(
        products=products,
        riders=tuple(_riders(reader)),
        media=tuple(_media(reader)),
        leg_rules=tuple(_leg_rules(reader, prices, {frame.group for frame in timeframes})),
        with_priority="rule_priority" in feed.tables["fare_leg_rules"],
        join_rules=tuple(_join_rules(reader, stops)),
        transfer_rules=tuple(_transfer_rules(reader, prices)),
        timeframes=timeframes,
        stop_areas=tuple(_pairs(reader, ("stop_areas", "stop_id", "area_id"), stops)),
        route_networks=tuple(_networks(reader, routes)),
        doubts=tuple(reader.doubts),
    )


def _products(reader: Reader) -> Iterator[Product]:
    """What no rule names can change no price: passes, and tickets of the counter."""
    rules = (*reader.rows("fare_leg_rules"), *reader.rows("fare_transfer_rules"))
    named = {row["fare_product_id"] for row in rules}
    priced: dict[tuple[str, str, str], int] = {}
    for row in reader.rows("fare_products"):
        key = row["fare_product_id"], row["rider_category_id"], row["fare_media_id"]
        minor = minor_units(row["amount"], row["currency"])
        if minor is None:
            if key[0] in named:
                row.doubt("amount", "no price in this currency")
            continue
        if key[0] in named and priced.setdefault(key, minor) != minor:
            row.doubt("amount", "two prices for one product, rider and medium")
        name = row["fare_product_name"] or key[0]
        yield Product(key[0], name, key[1], key[2], minor, row["currency"])


def _riders(reader: Reader) -> Iterator[Rider]:
    for row in reader.rows("rider_categories"):
        default = row["is_default_fare_category"] == "1"
        id = row["rider_category_id"]
        yield Rider(id, row["rider_category_name"] or id, default, row["eligibility_url"])


def _media(reader: Reader) -> Iterator[Medium]:
    for row in reader.rows("fare_media"):
        yield Medium(row["fare_media_id"], row["fare_media_name"], row.number("fare_media_type", 0, 4))


def _leg_rules(reader: Reader, prices: Mapping[str, int], timeframes: set[str]) -> Iterator[LegRule]:
    for row in reader.rows("fare_leg_rules"):
        if prices.get(row["fare_product_id"], -1) < 0:
            row.doubt("fare_product_id", "a product without a price, or with one below zero")
        for name in ("from_timeframe_group_id", "to_timeframe_group_id"):
            if row[name] and row[name] not in timeframes:
                row.doubt(name, "not in timeframes")
        priority = row.number("rule_priority", 0)
        yield LegRule(
            group=row["leg_group_id"],
            network=row["network_id"],
            from_area=row["from_area_id"],
            to_area=row["to_area_id"],
            from_time=row["from_timeframe_group_id"],
            to_time=row["to_timeframe_group_id"],
            product=row["fare_product_id"],
            priority=priority,
        )


def _join_rules(reader: Reader, stops: Mapping[str, int]) -> Iterator[JoinRule]:
    for row in reader.rows("fare_leg_join_rules"):
        ends = [row_or_none(stops, row[name]) for name in ("from_stop_id", "to_stop_id")]
        if not row["from_network_id"] or not row["to_network_id"]:
            row.doubt("from_network_id", "two networks are needed")
        elif min(ends) < -1 or (ends[0] < 0) != (ends[1] < 0):
            row.doubt("from_stop_id", "two stops are needed, or none")
        else:
            yield JoinRule(row["from_network_id"], row["to_network_id"], *ends)


def _transfer_rules(reader: Reader, prices: Mapping[str, int]) -> Iterator[TransferRule]:
    for row in reader.rows("fare_transfer_rules"):
        rule = _transfer_rule(row)
        if rule.product and rule.product not in prices:
            row.doubt("fare_product_id", "a product without a price")
        if row.sound:
            yield rule


def _transfer_rule(row: Row) -> TransferRule:
    if row["fare_transfer_type"] not in TYPES:
        row.doubt("fare_transfer_type", "0, 1 or 2")
    if bool(row["duration_limit"]) != bool(row["duration_limit_type"]):
        row.doubt("duration_limit_type", "a limit and its type go together")
    return TransferRule(
        from_group=row["from_leg_group_id"],
        to_group=row["to_leg_group_id"],
        count=_count(row),
        limit_s=row.number("duration_limit", -1),
        limit_type=row.number("duration_limit_type", 0, 3),
        type=int(row["fare_transfer_type"]) if row["fare_transfer_type"] in TYPES else 0,
        product=row["fare_product_id"],
    )


def _count(row: Row) -> int:
    """-1 no limit. A row for changes within one group has to say how many."""
    text = row["transfer_count"]
    if not text:
        if row["from_leg_group_id"] and row["from_leg_group_id"] == row["to_leg_group_id"]:
            row.doubt("transfer_count", "needed between rides of one group")
        return UNLIMITED
    if text == "-1":
        return UNLIMITED
    if not WHOLE.fullmatch(text) or not text.strip("0+."):
        row.doubt("transfer_count", "-1, or 1 and more")
        return UNLIMITED
    return row.number("transfer_count", UNLIMITED)


def _timeframes(reader: Reader, services: Mapping[str, int]) -> Iterator[Timeframe]:
    for row in reader.rows("timeframes"):
        start_s, end_s = row.seconds("start_time", 0), row.seconds("end_time", DAY_S)
        service = row_or_none(services, row["service_id"])
        if service < 0:
            row.doubt("service_id", "no such service")
        elif not start_s < end_s <= DAY_S:
            row.doubt("end_time", "from 0:00 to 24:00, the end after the start")
        elif row.sound:
            yield Timeframe(row["timeframe_group_id"], start_s, end_s, service)


def _networks(reader: Reader, routes: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    yield from _pairs(reader, ("route_networks", "route_id", "network_id"), routes)
    yield from _pairs(reader, ("routes", "route_id", "network_id"), routes)


def _pairs(reader: Reader, names: tuple[str, str, str], rows: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    table, key, value = names
    for row in reader.rows(table):
        if row[value] and row[key] in rows:
            yield rows[row[key]], row[value]
