"""What an itinerary costs, as far as the feeds say: one price list for each ride, no discount between rides."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.pieces import Json
from mobility.network.network import Fare, Network
from mobility.routing.itinerary import RideLeg

MEDIA_TYPES = "NONE", "PAPER_TICKET", "TRANSIT_CARD", "CONTACTLESS_EMV", "MOBILE_APP"
"""As fare_media.txt numbers them."""


def fare_transfers(network: Network, rides: Sequence[RideLeg]) -> list[Json]:
    """One for each ride that has a price; feeds whose rides may share a ticket say so in rules not read here."""
    found = []
    for ride in rides:
        products = [[product] for fare in fares_of(network, ride) for product in _products(fare)]
        found.append({"effectiveFareLegProducts": [products] if products else []})
    return found


def fares_of(network: Network, ride: RideLeg) -> list[Fare]:
    """Those that are the ride's for certain: what holds between some zones or for some people is not told here."""
    feed = int(network.lines.feed[ride.line])
    possible = [fare for fare in network.fares if fare.feed == feed and not fare.depends]
    return [fare for fare in possible if not fare.lines or ride.line in fare.lines]


def _products(fare: Fare) -> list[Json]:
    """One for each medium that the ticket may be on."""
    product: Json = {"name": fare.name, "amount": fare.amount, "currency": fare.currency}
    media = zip(fare.media, fare.media_types, strict=False)
    return [product | {"media": _medium(name, kind)} for name, kind in media] or [product]


def _medium(name: str, kind: int) -> Json:
    return {"fareMediaName": name, "fareMediaType": MEDIA_TYPES[kind] if kind < len(MEDIA_TYPES) else "NONE"}
