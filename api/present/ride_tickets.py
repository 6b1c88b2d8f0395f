"""Which ticket for each ride, on which card, where: as JSON, and in two lines that anybody reads."""

from __future__ import annotations

from collections.abc import Sequence

from api.present.distances import distance
from api.present.party import of_one
from api.present.pieces import Json
from api.web.sentences import Sentences
from mobility.fares.notes import FareNote
from mobility.money import Amount
from mobility.ranking.ride_tickets import RideTicket
from mobility.ranking.ticket import PartyShare, PlaceNearby

UNKNOWN = "unknown"


def ride_ticket(one: RideTicket, card: str, shares: Sequence[PartyShare], said: Sentences) -> Json:
    """card: the name of the transit card. shares: of those who travel together, none where somebody is alone."""
    return {
        "line": one.line,
        "price": _money(one.amount),
        "product": one.product,
        "card": one.card,
        "counter": counter(one.counter),
        "door": one.door,
        "link": one.link,
        "linkTells": list(one.tells),
        "linkSentence": _link_sentence(one, said),
        "sentence": f"{_price_line(one, shares, said)}\n{_where_line(one, card, said)}",
    }


def fare_note(note: FareNote, language: str) -> Json:
    return {
        "agency": note.agency,
        "kind": note.kind,
        "text": note.text(language),
        "date": note.read_on.isoformat(),
        "source": note.source,
        "price": _money(note.amount),
        "trips": note.trips,
    }


def counter(found: PlaceNearby | None) -> Json | None:
    if found is None:
        return None
    place, known = found.place, found.place.properties
    return {
        "name": place.name,
        "lat": place.lat,
        "lon": place.lon,
        "distance": found.distance_m,
        "openingHours": known.get("opening_hours", UNKNOWN),
        "sells": [one for one in known.get("sells", "").split(";") if one],
        "phone": known.get("phone", ""),
        "stepFree": known.get("step_free", UNKNOWN),
    }


def _money(found: Amount | None) -> Json | None:
    return None if found is None else {"minor": found.minor, "currency": found.currency}


def _price_line(one: RideTicket, shares: Sequence[PartyShare], said: Sentences) -> str:
    text = said["ride_ticket"]
    if one.shared:
        return text["shared"]
    if one.amount is None:
        return text["unknown"]
    if not one.amount.minor:
        return text["free"].format(product=one.product) if one.product else text["shared"]
    return text["price"].format(amount=of_one(one.amount, shares, said), product=one.product)


def _where_line(one: RideTicket, card: str, said: Sentences) -> str:
    text, parts = said["ride_ticket"], list[str]()
    if card:
        parts.append(text["card_another" if one.another else f"card_{one.card}"].format(card=card))
    if one.shared:
        return " ".join(parts)
    if one.counter is None:
        parts.append(text["no_counter_on_holiday" if one.holiday else "no_counter"])
    else:
        away = distance(one.counter.distance_m, said)
        parts.append(text["counter"].format(name=one.counter.place.name, distance=away))
    return " ".join(parts)


def _link_sentence(one: RideTicket, said: Sentences) -> str:
    text = said["ride_ticket"]
    if not one.tells:
        return text["link_tells_nothing"]
    return text["link_tells"].format(what=", ".join(text[f"tells_{name}"] for name in one.tells))
