"""What an itinerary costs, as far as the feeds say: one price list for each ride, no discount between rides."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.pieces import Json
from mobility.network.network import Fare, Network
from mobility.routing.itinerary import RideLeg


def fare_transfers(network: Network, rides: Sequence[RideLeg]) -> list[Json]:
    """One for each ride that has a price; feeds whose rides may share a ticket say so in rules not read here."""
    found = []
    for ride in rides:
        products = [[product] for fare in fares_of(network, ride) for product in _products(fare)]
        found.append({"effectiveFareLegProducts": [products] if products else []})
    return found


def fares_of(network: Network, ride: RideLeg) -> list[Fare]:
    feed = int(network.lines.feed[ride.line])
    return [fare for fare in network.fares if fare.feed == feed and (not fare.lines or ride.line in fare.lines)]


def _products(fare: Fare) -> list[Json]:
    """One for each medium that the ticket may be on."""
    product: Json = {"name": fare.name, "amount": fare.amount, "currency": fare.currency}
    cards = [{"fareMediaName": medium, "fareMediaType": "TRANSIT_CARD"} for medium in fare.media]
    return [product | {"media": card} for card in cards] or [product]
