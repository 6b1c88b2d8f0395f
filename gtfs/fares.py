"""What a ride costs: fare_attributes.txt and fare_rules.txt, or the products of Fares v2, as far as simple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from gtfs.feed import Feed
from gtfs.snapshot import FarePrice
from gtfs.table import Table
from gtfs.values import number

ANY_NUMBER = -1
ZONES = "origin_id", "destination_id", "contains_id"
CONDITIONS = "from_area_id", "to_area_id", "from_timeframe_group_id", "to_timeframe_group_id"


def fares(feed: Feed) -> tuple[FarePrice, ...]:
    """Prices that cannot be read are left out. No routes: the price holds on all of them.

    A feed may say the same in both ways: then a product stands for both, with the changes that fare_attributes allow.
    """
    first, second = tuple(_version_1(feed)), tuple(_version_2(feed))
    by_id = {fare.id: fare for fare in first}
    products = {fare.id for fare in second}
    return tuple(fare for fare in first if fare.id not in products) + tuple(
        _with_changes(fare, by_id) for fare in second
    )


def _with_changes(product: FarePrice, by_id: dict[str, FarePrice]) -> FarePrice:
    twin = by_id.get(product.id)
    if twin is None:
        return product
    return replace(product, changes=twin.changes, valid_s=twin.valid_s, depends=product.depends or twin.depends)


def _version_1(feed: Feed) -> Iterator[FarePrice]:
    row_of = _route_rows(feed)
    routes: defaultdict[str, set[int]] = defaultdict(set)
    for fare, route in _texts(feed.tables["fare_rules"], "fare_id", "route_id"):
        routes[fare] |= {row_of[route]} & set(row_of.values()) if route in row_of else set()
    zoned = {fare for fare, *zones in _texts(feed.tables["fare_rules"], "fare_id", *ZONES) if any(zones)}
    columns = "fare_id", "price", "currency_type", "transfers", "transfer_duration"
    for fare, price, currency, changes, valid in _texts(feed.tables["fare_attributes"], *columns):
        if (amount := number(price)) is not None:
            yield FarePrice(
                id=fare,
                name=fare,
                amount=amount,
                currency=currency,
                routes=tuple(sorted(routes[fare])),
                changes=int(number(changes) or 0) if changes else ANY_NUMBER,
                valid_s=int(number(valid) or 0),
                depends=fare in zoned,
            )


def _version_2(feed: Feed) -> Iterator[FarePrice]:
    """Rows of one product and price differ by medium and rider category; one record each price, media together."""
    products = feed.tables["fare_products"]
    media_rows = _texts(feed.tables["fare_media"], "fare_media_id", "fare_media_name", "fare_media_type")
    known = {medium: (name or medium, int(number(kind) or 0)) for medium, name, kind in media_rows}
    routes, depending = _routes_of_products(feed), _depending(feed)
    categories = _texts(feed.tables["rider_categories"], "rider_category_id", "is_default_fare_category")
    everybody = {category for category, default in categories if default == "1"}
    media: defaultdict[tuple[str, str, str, str, bool], dict[str, int]] = defaultdict(dict)
    columns = "fare_product_id", "fare_product_name", "amount", "currency", "fare_media_id", "rider_category_id"
    for product, name, amount, currency, medium, rider in _texts(products, *columns):
        depends = product in depending or bool(rider and rider not in everybody)
        media[product, name, amount, currency, depends] |= [known.get(medium, (medium, 0))] if medium else []
    for (product, name, price, currency, depends), used in media.items():
        if (amount_of := number(price)) is not None:
            yield FarePrice(
                id=product,
                name=name or product,
                amount=amount_of,
                currency=currency,
                routes=routes.get(product, ()),
                media=tuple(used),
                media_types=tuple(used.values()),
                depends=depends,
            )


def _depending(feed: Feed) -> set[str]:
    """Products of which a leg rule says where or when they hold."""
    rules = _texts(feed.tables["fare_leg_rules"], "fare_product_id", *CONDITIONS)
    return {product for product, *conditions in rules if any(conditions)}


def _routes_of_products(feed: Feed) -> dict[str, tuple[int, ...]]:
    """By the networks that the product's leg rules name; a product with a rule for every network is not in it."""
    members: defaultdict[str, set[int]] = defaultdict(set)
    row_of = _route_rows(feed)
    for table in (feed.tables["route_networks"], feed.tables["routes"]):
        for network, route in _texts(table, "network_id", "route_id"):
            if network and route in row_of:
                members[network].add(row_of[route])
    routes: defaultdict[str, set[int]] = defaultdict(set)
    everywhere = set()
    for network, product in _texts(feed.tables["fare_leg_rules"], "network_id", "fare_product_id"):
        routes[product] |= members[network] if network else set()
        everywhere |= set() if network else {product}
    return {product: tuple(sorted(rows)) for product, rows in routes.items() if product not in everywhere}


def _route_rows(feed: Feed) -> dict[str, int]:
    return {route: row for row, (route,) in enumerate(_texts(feed.tables["routes"], "route_id"))}


def _texts(table: Table, *names: str) -> Iterator[tuple[str, ...]]:
    return zip(*(table[name].texts() for name in names), strict=True)
