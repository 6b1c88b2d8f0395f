"""What is told of a price in one language at whatever hour: kept with the network that it is of, as most journeys pay
what others have paid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from api.present.amounts import amount
from api.present.json_value import Json
from api.web.sentences import Sentences
from mobility.fares.price import Price, Step, amounts_of, cost_of
from mobility.money import Amount
from mobility.network.network import Network


class ToldPrice(NamedTuple):
    """A price in one language, at whatever hour. sentence: of one person; each: of each of several. amounts: one for
    each currency. why: what they have in common; parts: of it, one for each ticket."""

    sentence: str
    each: str
    amounts: tuple[Json, ...]
    why: Json
    parts: tuple[ToldTicket, ...]


class ToldTicket(NamedTuple):
    """words: of its sentence, but how long it holds, which is `held` and an hour."""

    first: Step
    members: Json
    words: Json
    held: str


def told_price(network: Network, price: Price, said: Sentences) -> ToldPrice:
    alone, each = price_sentence(price, 1, said), price_sentence(price, 2, said)
    if not price.is_known:
        return ToldPrice(alone, each, (), {}, ())
    parts = tuple(_part(network, ticket, said) for ticket in price.tickets)
    why = {"complete": price.complete, "parts": [], "tickets": _tickets(price), **_telling(price)}
    amounts = tuple(_amount(*one) for one in price.spans) or ({"minor": 0, "currency": ""},)
    return ToldPrice(alone, each, amounts, why, parts)


def price_sentence(price: Price, party: int, said: Sentences) -> str:
    """Of one person."""
    text = said["ticket"]
    if not price.is_known:
        return text["unknown"]
    if not any(most.minor for _, most in price.spans):
        return text["free" if price.complete else "unknown"]
    paid = text["and"].join(_span(*one, said) for one in price.spans)
    paid = text["each"].format(amount=paid) if party > 1 else paid
    return text[_how_sure(price)].format(amount=paid)


def _how_sure(price: Price) -> str:
    if price.complete:
        return "price"
    if not all(step.known for step in price.steps):
        return "at_least"
    return "depends" if price.is_range else "unsure"


def _span(least: Amount, most: Amount, said: Sentences) -> str:
    if least == most:
        return amount(least, said)
    return said["ticket"]["span"].format(least=amount(least, said), most=amount(most, said))


def _amount(least: Amount, most: Amount) -> Json:
    told: Json = {"minor": least.minor, "currency": least.currency}
    return told if least == most else told | {"most": most.minor}


def _telling(price: Price) -> Json:
    """Of the ticket where there is one, of the first where there are several."""
    first = price.tickets[0] if price.tickets else ()
    return {"rule": _rule(first), "product": _named(first), "validUntil": None}


def _part(network: Network, ticket: Sequence[Step], said: Sentences) -> ToldTicket:
    first, last = ticket[0], ticket[-1]
    feed, paid = network.feeds[first.feed], amounts_of(cost_of(ticket)) if first.known else ()
    members: Json = {
        "rides": list(range(first.rides[0], last.rides[1])),
        "prices": [{"minor": one.minor, "currency": one.currency} for one in paid] if first.known else None,
        "rule": _rule(ticket),
        "products": [
            {"id": one.id, "name": one.name, "minor": one.minor, "currency": one.currency}
            | {"rider": one.rider, "media": list(one.media)}
            for step in ticket
            for one in (step.paid, step.extra)
            if one is not None
        ],
        "feed": feed.id,
        "feedVersion": feed.version or feed.sha256[:12],
    }
    text, n_rides = said["ticket"], last.rides[1] - first.rides[0]
    told = text["and"].join(amount(one, said) for one in paid if one.minor) or text["nothing"]
    held = text["rides" if n_rides > 1 else "ride"].format(n=n_rides)
    return ToldTicket(first, members, {"amount": told, "product": _named(ticket)}, held)


def _named(ticket: Sequence[Step]) -> str:
    return " + ".join(dict.fromkeys(_names(ticket)))


def _names(ticket: Sequence[Step]) -> Iterator[str]:
    for step in ticket:
        yield from (one.name for one in (step.paid, step.extra) if one is not None)


def _rule(ticket: Sequence[Step]) -> str | None:
    """How the changes with the ticket are paid, in the words of the MOTIS API; null without a change."""
    return next((step.change for step in ticket if step.change), None)


def _tickets(price: Price) -> list[Json]:
    counted = Counter(one.name for one in price.products)
    return [{"name": name, "count": count} for name, count in counted.items()]
