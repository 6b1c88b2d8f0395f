"""Itineraries as JSON: schema Itinerary of the MOTIS API."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from api.present.alternatives import tell_alternatives
from api.present.clock import stamp
from api.present.day_words import days_of
from api.present.fallbacks import tell_fallbacks
from api.present.fares import FareTransfers
from api.present.last_kilometre import LastKilometreNotes
from api.present.leg_groups import Group, grouped, leg_json, told_legs
from api.present.legs import AnswerContext, Own, ToldRideLeg
from api.present.options import OptionNotes
from api.present.pieces import Json
from api.present.prose import sentence
from api.web.sentences import sentences
from mobility.fares.price import Price
from mobility.fares.rides import fare_rides
from mobility.fares.tariffs import Tariffs
from mobility.impact import Impact, together
from mobility.ranking.costs import Option
from mobility.ranking.options import Choice
from mobility.routing.headways import headway_s
from mobility.routing.itinerary import Itinerary, RideLeg, WalkLeg


def itineraries(context: AnswerContext, found: Sequence[Itinerary], prices: Sequence[Price] = ()) -> list[Json]:
    """prices: where they are known already; else they are found where they are wanted."""
    both = zip_longest(zip(found, told_legs(context, found), strict=True), prices)
    return [_itinerary(context, one, legs, price) for (one, legs), price in both]


def options(
    context: AnswerContext, choice: Choice, found: Sequence[Option], last_km: LastKilometreNotes | None = None
) -> list[Json]:
    """Itineraries with what each is good for; see docs/ranking.md. last_km: where the ends of the trip are known."""
    told = itineraries(context, [one.itinerary for one in found], [one.ticket.price for one in found])
    notes = OptionNotes.begun(context, choice)
    for itinerary, option in zip(told, found, strict=True):
        itinerary["hent"] |= notes.of(option)
        if context.if_missed is not None:
            tell_fallbacks(itinerary, context.if_missed(option.itinerary), days_of(context))
        if last_km is not None:
            itinerary["hent"]["lastKilometre"] = last_km.of(option.itinerary)
        emitted = _joined(option, context.wishes.join_interlined)
        for leg, impact in zip(itinerary["legs"], emitted, strict=True):
            leg["hent"]["impact"] = notes.emitted(impact)
    if context.alternatives is not None:
        tell_alternatives(context, told, [context.alternatives(one.itinerary) for one in found])
    return told


def _joined(option: Option, joined: bool) -> list[Impact]:
    """The impact of each leg as told: rides on the same vehicle are one."""
    found: list[Impact] = []
    for leg, impact in zip(option.itinerary.legs, option.legs, strict=True):
        if joined and isinstance(leg, RideLeg) and leg.stays:
            found[-1] = together([found[-1], impact])
        else:
            found.append(impact)
    return found


def _itinerary(
    context: AnswerContext, found: Itinerary, legs: Sequence[Own | ToldRideLeg], price: Price | None
) -> Json:
    wishes, groups = context.wishes, list(grouped(legs, context.wishes.join_interlined))
    rides = [leg for leg in legs if isinstance(leg, tuple)]
    told: Json = {
        "duration": found.arrival_s - found.departure_s,
        "startTime": stamp(found.departure_s),
        "endTime": stamp(found.arrival_s),
        "transfers": found.transfers,
        "id": identifier(found, rides),
        "legs": _with_margins(found, [leg_json(context, one) for one in groups], groups),
        "hent": {
            "sentence": sentence(context, found, legs, sentences(wishes.language)),
            "estimated": any(leg.estimated for leg in legs if not isinstance(leg, tuple)),
            "labels": list(found.labels),
            "walk": found.walk_m,
            "sources": sorted({context.pieces.pattern(row.pattern)["source"] for _, row in rides}),
        },
    }
    if wishes.with_fares:
        _add_fares(context, told, groups, price)
    return told


def _with_margins(found: Itinerary, told: list[Json], groups: Sequence[Group]) -> list[Json]:
    """The legs, with what is left over before a change."""
    if not found.transfers:
        return told
    for leg, left_s, is_about in zip(told, margins(groups), _about_before(groups), strict=True):
        if left_s is not None:
            leg["hent"] |= {"margin": left_s, "marginApproximate": is_about}
    return told


def margins(groups: Sequence[Group]) -> Iterator[int | None]:
    """Of each leg: the seconds that are left over before a ride after another vehicle; None of all others."""
    ended_s, aboard = 0, False
    for group in groups:
        first, last = (group[0][0], group[-1][0]) if isinstance(group, list) else (group, group)
        is_change = isinstance(first, RideLeg) and aboard and not first.stays
        yield first.departure_s - ended_s if is_change else None
        aboard = aboard or not isinstance(first, WalkLeg)
        ended_s = last.arrival_s


def _about_before(groups: Sequence[Group]) -> Iterator[bool]:
    """Of each leg whether what is left over before it is only about that: it runs at a headway, or the vehicle does
    that one leaves for it."""
    was_about = False
    for group in groups:
        first, last = (group[0][0], group[-1][0]) if isinstance(group, list) else (group, group)
        yield was_about or (isinstance(first, RideLeg) and headway_s(first) > 0)
        was_about = was_about if isinstance(last, WalkLeg) else isinstance(last, RideLeg) and headway_s(last) > 0


def identifier(found: Itinerary, rides: Sequence[ToldRideLeg]) -> str:
    """Opaque: the runs with their positions, and by which mode one came to them and goes on; the ends of the trip do
    not stand in it. "" with a ride in a driver's car, which cannot be told again: the offer may be gone."""
    if found.carpool is not None:
        return ""
    if not rides:
        return found.legs[0].mode
    runs = [f"{row.trip_id}\t{leg.board}\t{leg.alight}" for leg, row in rides]
    first, last = ("" if isinstance(leg, RideLeg) else leg.mode for leg in (found.legs[0], found.legs[-1]))
    text = "\n".join([*runs, f"{first}\t{last}"] if first or last else runs)
    return urlsafe_b64encode(text.encode()).decode()


def _add_fares(context: AnswerContext, told: Json, groups: Sequence[Group], price: Price | None) -> None:
    network = context.pieces.network
    rides = fare_rides(network, [ride for group in groups if isinstance(group, list) for ride, _ in group])
    tariffs = Tariffs(network, context.wishes.buyer)
    transfers = FareTransfers.of(tariffs, rides, price or tariffs.price(rides))
    told["fareTransfers"], number = transfers.json(), 0
    for leg, group in zip(told["legs"], groups, strict=True):
        if isinstance(group, list):
            place = transfers.place(number)
            leg |= {"fareTransferIndex": place.transfer, "effectiveFareLegIndex": place.leg}
            number += len(group)
