"""What a ride costs: fare_attributes.txt and fare_rules.txt, or the products of Fares v2, as far as simple."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gtfs.feed import Feed
from gtfs.snapshot import FarePrice
from gtfs.table import Table
from gtfs.values import number


def fares(feed: Feed) -> tuple[FarePrice, ...]:
    """Prices that cannot be read are left out. No routes: the price holds on all of them."""
    return tuple(_version_1(feed)) + tuple(_version_2(feed))


def _version_1(feed: Feed) -> Iterator[FarePrice]:
    row_of = _route_rows(feed)
    routes: defaultdict[str, set[int]] = defaultdict(set)
    for fare, route in _texts(feed.tables["fare_rules"], "fare_id", "route_id"):
        routes[fare] |= {row_of[route]} & set(row_of.values()) if route in row_of else set()
    for fare, price, currency in _texts(feed.tables["fare_attributes"], "fare_id", "price", "currency_type"):
        if (amount := number(price)) is not None:
            yield FarePrice(fare, fare, amount, currency, tuple(sorted(routes[fare])))


def _version_2(feed: Feed) -> Iterator[FarePrice]:
    """Rows of one product and price differ by medium and rider category; one record each price, media together."""
    products = feed.tables["fare_products"]
    media_rows = _texts(feed.tables["fare_media"], "fare_media_id", "fare_media_name")
    names = {medium: name for medium, name in media_rows}  # noqa: C416
    routes = _routes_of_products(feed)
    media: defaultdict[tuple[str, str, str, str], dict[str, None]] = defaultdict(dict)
    columns = "fare_product_id", "fare_product_name", "amount", "currency", "fare_media_id"
    for product, name, amount, currency, medium in _texts(products, *columns):
        media[product, name, amount, currency] |= {names.get(medium) or medium: None} if medium else {}
    for (product, name, price, currency), used in media.items():
        if (amount_of := number(price)) is not None:
            yield FarePrice(product, name or product, amount_of, currency, routes.get(product, ()), tuple(used))


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
