"""The last kilometre of itineraries, the town centre and the nearer place to work as JSON; docs/last-kilometre.md."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import orjson

from api.present.distances import distance, kilometres
from api.present.offers import offered
from api.present.opening_hours import spoken_hours
from api.present.pieces import Json
from api.present.prose import duration
from api.present.way_words import STATES, how, sentence, their_words
from api.web.sentences import Sentences
from mobility.routing.itinerary import Itinerary
from mobility.routing.last_kilometre.both_ends import LastKilometres
from mobility.routing.last_kilometre.criteria import ORDER
from mobility.routing.last_kilometre.option import Contact, Counted, Option, VehiclePrice, Where
from mobility.routing.stop_ways import Way
from mobility.routing.telework import NearerPlace
from mobility.routing.town_centre import Item, TownCentre

UNKNOWN = "unknown"
RULE = "/api/ranking"


@dataclass(frozen=True, slots=True)
class LastKilometreNotes:
    """For one answer; what itineraries share is written once. written: by id() of ways that `known` holds on to."""

    known: LastKilometres
    said: Sentences
    written: dict[int, bytes] = field(default_factory=dict)
    kept: list[tuple[Option, ...]] = field(default_factory=list)

    def of(self, itinerary: Itinerary) -> orjson.Fragment:
        """A list: the ways at both ends, those to the first stop before those from the last one."""
        sides = [self._written(side) for side in self.known.of(itinerary)]
        return orjson.Fragment(b"[" + b",".join(sides) + b"]")

    def _written(self, side: tuple[Option, ...]) -> bytes:
        found = self.written.get(id(side))
        if found is None:
            self.kept.append(side)
            found = self.written[id(side)] = orjson.dumps([option(one, self.said) for one in side])[1:-1]
        return found


def option(one: Option, said: Sentences) -> Json:
    """What is always told, unknown or not, and what there is to tell of a place, a vehicle, a service."""
    return {
        "end": one.end.value,
        "kind": one.kind,
        "mode": one.mode,
        "sentence": sentence(one, said),
        "how": how(one, said),
        "duration": one.duration_s,
        "distance": one.distance_m,
        "estimated": one.estimated,
        "price": price(one.price),
        "co2e_g": UNKNOWN if one.co2e_g is None else one.co2e_g,
        "local": STATES[one.local],
        "stepFree": STATES[one.step_free],
        "unknown": list(one.unknown),
    } | {name: value for name, value in _more(one) if value}


def _more(one: Option) -> Iterator[tuple[str, Json | str | int | None]]:
    if one.kind == "own_bike":
        yield "bikesAboard", STATES[one.aboard]
    if one.kind == "on_demand":
        yield "safeDuration", one.safe_s
    if one.free:
        yield "parking", STATES[one.parking]
    if one.parking is False and one.until is not None:
        yield "parkingDistance", one.last_m
    yield "noRiding", one.no_riding_m
    if one.place is not None:
        yield from (("operator", one.operator), ("place", where(one.place)), ("until", where(one.until)))
        yield from (("formFactor", one.form), ("available", _available(one.counted)), ("spaces", one.spaces))
        yield from contact(one.contact).items()


def order(said: Sentences) -> list[Json]:
    """The rule of order, for `/api/ranking`: the first criterion that tells two ways apart decides."""
    text = said["last_kilometre_order"]
    return [{"code": criterion.code, "sentence": text[criterion.code]} for criterion in ORDER]


def town_centre(found: TownCentre, said: Sentences) -> Json:
    items = [item(one, said) for one in found.items]
    sentence = said["town_centre"]["sentence" if items else "nothing"].format(name=found.where.name)
    return {"place": where(found.where), "sentence": sentence, "items": items, "rule": RULE}


def item(one: Item, said: Sentences) -> Json:
    return {
        "kind": one.kind,
        "name": one.name,
        "sentence": _item_sentence(one, said),
        "local": STATES[one.local],
        "outside": one.outside,
        "distance": one.distance_m,
        "place": where(one.where),
        "line": {"id": one.id, "mode": one.mode} if one.kind == "line" else None,
        "operator": one.operator,
        "price": price(one.price),
        "spaces": one.spaces,
        "offers": list(one.offers),
        "stepFree": STATES[one.step_free],
        **contact(one.contact),
        "how": their_words(one.contact, said),
    }


def alternative(found: NearerPlace, said: Sentences) -> Json:
    text = said["alternative"]
    known = found.contact.hours
    hours = text["hours"].format(hours=spoken_hours(known, said)) if known else text["hours_unknown"]
    near, trip = kilometres(found.distance_m, said), kilometres(found.trip_m, said)
    sentence = text["third_place"].format(name=found.where.name, distance=near, trip=trip, hours=hours)
    told = {"kind": "third_place", "sentence": sentence, "place": where(found.where)}
    return {**told, "distance": found.distance_m, "tripDistance": found.trip_m, **contact(found.contact)}


def own_way(kind: str, way: Way, said: Sentences) -> Json:
    """kind: walk or bike, all the way."""
    told = {"duration": duration(way.duration_s, said), "distance": kilometres(way.distance_m, said)}
    sentence = said["alternative"][kind].format(**told)
    return {
        "kind": kind,
        "sentence": sentence,
        "duration": way.duration_s,
        "distance": way.distance_m,
        "estimated": way.estimated,
    }


def where(place: Where | None) -> Json | None:
    if place is None:
        return None
    return {
        "kind": place.kind,
        "id": place.id,
        "name": place.name,
        "lat": round(place.point.lat, 7),
        "lon": round(place.point.lon, 7),
    }


def price(found: VehiclePrice | None) -> Json | None:
    """null where it is not known."""
    if found is None:
        return None
    return {"minor": found.minor, "currency": found.currency, "perHour": found.per_hour, "taxed": found.taxed}


def contact(found: Contact) -> Json:
    return {"phone": found.phone, "url": found.url, "openingHours": found.hours or UNKNOWN}


def _available(counted: Counted | None) -> Json | None:
    if counted is None:
        return None
    return {"vehicles": counted.vehicles, "docks": counted.docks, "age": counted.age_s}


def _item_sentence(one: Item, said: Sentences) -> str:
    text = said["town_centre"]
    facts = [] if one.where is None else [_away(one.distance_m, said)]
    facts += [text["outside"]] if one.outside else []
    facts += [text["hours"].format(hours=spoken_hours(one.contact.hours, said))] if one.contact.hours else []
    facts += offered(one.offers, said)
    name = text[one.kind].format(name=one.name)
    return text["item"].format(name=name, facts=", ".join(facts)) if facts else f"{name}."


def _away(metres: int | None, said: Sentences) -> str:
    text = said["town_centre"]
    return text["distance_unknown"] if metres is None else text["away"].format(distance=distance(metres, said))
