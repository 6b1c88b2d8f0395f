"""A ticket as JSON under `hent`, and in words: price, why it is so, how long it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from api.present.pieces import Json
from api.present.prose import clock
from api.present.reasons import amount
from api.web.sentences import Sentences
from mobility.fares.price import Price, Step, amounts_of, cost_of
from mobility.money import Amount
from mobility.network.network import Network


def price_members(network: Network, price: Price, said: Sentences, zone: ZoneInfo) -> Json:
    """`price`, null where nothing is known; `prices` beside it where currencies differ, which are never added."""
    if not price.is_known:
        return {"price": None}
    parts = [_part(network, ticket, said, zone) for ticket in price.tickets]
    why = {"complete": price.complete, "parts": parts, "tickets": _tickets(price), **_telling(price, parts)}
    spans = price.spans
    if len(spans) == 1:
        return {"price": _amount(*spans[0]) | why}
    if not spans:
        return {"price": {"minor": 0, "currency": ""} | why}
    return {"price": None, "prices": [_amount(*one) | why for one in spans]}


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


def _telling(price: Price, parts: Sequence[Json]) -> Json:
    """Of the ticket where there is one, of the first where there are several."""
    if not parts:
        return {"rule": None, "product": "", "validUntil": None}
    return {"rule": parts[0]["rule"], "product": _named(price.tickets[0]), "validUntil": parts[0]["validUntil"]}


def _part(network: Network, ticket: Sequence[Step], said: Sentences, zone: ZoneInfo) -> Json:
    first, last = ticket[0], ticket[-1]
    feed, paid = network.feeds[first.feed], amounts_of(cost_of(ticket)) if first.known else ()
    return {
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
        "validUntil": _until(ticket, zone),
        "sentence": part_sentence(ticket, paid, said, zone),
    }


def part_sentence(ticket: Sequence[Step], paid: Sequence[Amount], said: Sentences, zone: ZoneInfo) -> str:
    """`4,00 PLN : Zakroczym ⇔ Modlin, valable pour ce trajet.` paid: for the ticket."""
    text = said["ticket"]
    if not ticket[0].known:
        return text["unknown"]
    told = text["and"].join(amount(one, said) for one in paid if one.minor) or text["nothing"]
    return text["part"].format(amount=told, product=_named(ticket), holds=_holds(ticket, said, zone))


def _holds(ticket: Sequence[Step], said: Sentences, zone: ZoneInfo) -> str:
    text, rides = said["ticket"], ticket[-1].rides[1] - ticket[0].rides[0]
    held = text["rides" if rides > 1 else "ride"].format(n=rides)
    until_s = ticket[0].valid_until_s
    return held if until_s is None else f"{held}, {text['until'].format(clock=clock(until_s, zone))}"


def _named(ticket: Sequence[Step]) -> str:
    return " + ".join(dict.fromkeys(_names(ticket)))


def _names(ticket: Sequence[Step]) -> Iterator[str]:
    for step in ticket:
        yield from (one.name for one in (step.paid, step.extra) if one is not None)


def _rule(ticket: Sequence[Step]) -> str | None:
    """How the changes with the ticket are paid, in the words of the MOTIS API; null without a change."""
    return next((step.change for step in ticket if step.change), None)


def _until(ticket: Sequence[Step], zone: ZoneInfo) -> str | None:
    until_s = ticket[0].valid_until_s if ticket else None
    return None if until_s is None else datetime.fromtimestamp(until_s, zone).isoformat()


def _tickets(price: Price) -> list[Json]:
    counted = Counter(one.name for one in price.products)
    return [{"name": name, "count": count} for name, count in counted.items()]
