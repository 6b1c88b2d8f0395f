"""One option of an answer as a card to choose from: an entry of the list, and what opens under it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from api.pages import boats
from api.pages.card_labels import first_label
from api.pages.leg_line import LegLine
from api.pages.legs import CardTelling, leg_lines
from api.pages.strip import DRIVEN, Segment, strip
from api.pages.told_now import NOTHING_KNOWN, CallNow, ToldNews
from api.present.amounts import amount
from api.present.day_words import DayWords, days_of
from api.present.emissions import mass
from api.present.itineraries import identifier
from api.present.legs import Own, ToldRideLeg
from api.present.options import caution, cautioned
from api.present.party import each_pays, one_pays
from api.present.prose import lasting, listed, own_way, own_way_s, sentence
from api.present.reasons import First, if_refused, reason
from api.present.ticket import TicketNotes
from api.web.days import spoken_day
from api.web.sentences import Sentences
from mobility.money import Amount
from mobility.ranking.accessibility import Known
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.options import Choice
from mobility.routing.itinerary import Itinerary, WalkLeg

OWN = ("WALK", "BIKE")
BIKES_UNTOLD = ("on_demand", "carpool", "taxi")
"""Kinds of ways at an end."""
LONG_PRICE = 8
"""Letters: so many have room beside the times."""
Json = Mapping[str, Any]
FactText = tuple[str, str]
"""Its picture and its words."""
Rows = Sequence[Own | ToldRideLeg]
"""Of an itinerary its legs, rides with what the network says of them."""


@dataclass(frozen=True, slots=True)
class Card:
    """One option. starts_at, ends_at: as ISO 8601 with the offset. day: in words where it is not the day asked for.
    label: the first thing to be said for it, "" of one that is only another way. days_on: `+1 j` where it is there on a
    later day than it leaves. price: in short, "" where it is not known or nothing is to be paid for. now: of its first
    ride. co2_unknown: why nothing is told of CO2. share: the identifier of the rides, "" where it cannot be told again:
    without a ride of the timetable, or with one in a driver's car. steps, cautions: where there are steps, and where
    nobody knows. ways: the last kilometre at both ends, as far as there is something to choose. boats: of each boat,
    those after it. severe, news: the others. last: the lines of rides that are the last to get there that day. off:
    rides that are late or cancelled; off_short: of several that are late how much at the most. departures: where
    several go this way, all of them, this one among them; times: the same as a line; rhythm: in two words. rank: what a
    list that is sorted is sorted by, the least first. past: that it has left, "" of what can still be taken. to_ask:
    that no driver has said yes so far, "" without one."""

    starts_at: str
    ends_at: str
    day: str
    duration: str
    label: str
    is_best: bool
    price: str
    reason: str
    sentence: str
    facts: tuple[FactText, ...]
    co2_unknown: str
    steps: tuple[str, ...]
    cautions: tuple[str, ...]
    legs: tuple[LegLine, ...]
    strip: tuple[Segment, ...]
    share: str
    estimated: bool
    ticket: Json
    boats: tuple[str, ...]
    off: str = ""
    off_short: str = ""
    ways: tuple[tuple[str, tuple[Json, ...]], ...] = ()
    times: str = ""
    rhythm: str = ""
    departures: tuple[Card, ...] = ()
    rank: tuple[float, ...] = ()
    past: str = ""
    to_ask: str = ""
    days_on: str = ""

    @property
    def start(self) -> str:
        return self.legs[0].start.when

    @property
    def end(self) -> str:
        """What is about then from the start is said so once, there."""
        end = self.legs[-1].end
        return end.clock if self.legs[0].start.about else end.when

    @property
    def now(self) -> CallNow:
        return next((leg.start.now for leg in self.legs if leg.ride), NOTHING_KNOWN)

    @property
    def severe(self) -> tuple[str, ...]:
        return _headers(self.legs, severe=True)

    @property
    def news(self) -> tuple[str, ...]:
        return _headers(self.legs, severe=False)

    @property
    def last(self) -> tuple[str, ...]:
        return tuple(leg.line for leg in self.legs if leg.is_last)

    @property
    def price_beside(self) -> bool:
        """Whether the price, as that of a party, is too long for the line of the times: it stands beside the others."""
        return len(self.price) > LONG_PRICE

    @property
    def may_refuse_bikes(self) -> bool:
        """Whether something can be ridden at an end of which nobody knows whether it takes a bicycle."""
        return any(one["kind"] in BIKES_UNTOLD for _, ways in self.ways for one in ways)

    @property
    def seat(self) -> Mapping[str, str] | None:
        """What one asks a driver for a place with; None of a trip without one."""
        return next((leg.seat for leg in self.legs if leg.seat), None)


def card(telling: CardTelling, option: Option, rows: Rows, choice: Choice, asked: date | None = None) -> Card:
    """asked: the day that need not be said."""
    of, said, itinerary = telling.live.of, telling.said, option.itinerary
    zone, found = telling.context.zone, leg_lines(telling, itinerary, rows)
    first = First.of(choice, days_of(telling.context))
    starts_at, ends_at = (datetime.fromtimestamp(at_s, zone) for at_s in (found[0].start_s, found[-1].end_s))
    return Card(
        starts_at=starts_at.isoformat(),
        ends_at=ends_at.isoformat(),
        day=_day(telling, starts_at.date(), asked),
        duration=lasting(found[0].start_s, found[-1].end_s, said),
        label=_label(option, said),
        is_best=Code.BEST in option.labels,
        price=_short_price(option, choice.party, said),
        reason=reason(option, first, said),
        sentence=sentence(telling.context, itinerary, rows, said),
        facts=tuple(_facts(option, choice, said)),
        co2_unknown="" if option.impact.co2e_g is not None else str(said["answer"]["co2_unknown"]),
        steps=_warnings(option, Known.NO, said),
        cautions=_warnings(option, Known.UNKNOWN, said),
        legs=found,
        strip=strip(found),
        share=identifier(itinerary, [row for row in rows if isinstance(row, tuple)]) if itinerary.rides else "",
        estimated=any(leg.estimated for leg in rows if not isinstance(leg, tuple)),
        ticket=TicketNotes(telling.context, choice, said).of(option),
        boats=tuple(filter(None, (boats.later(of, leg) for leg in found))),
        off=" · ".join(_off(found, said)),
        off_short=" · ".join(_off(found, said, in_short=True)),
        past=_past(of.days, found),
        to_ask=if_refused(option, first, said),
        rhythm=_rhythm(found),
        days_on=_days_on((ends_at.date() - starts_at.date()).days, said),
    )


def _day(telling: CardTelling, day: date, asked: date | None) -> str:
    """`demain` to who asks about today; of a trip that is kept, which is read on other days, the date."""
    if day == asked:
        return ""
    return days_of(telling.context).heading(day) if asked else spoken_day(day, telling.live.of.today)


def _rhythm(legs: Sequence[LegLine]) -> str:
    """`N toutes les 8 min environ`, of the first ride at a headway."""
    return next((f"{leg.line} {leg.every}" for leg in legs if leg.every), "")


def _days_on(days: int, said: Sentences) -> str:
    return str(said["answer"]["days_on"].format(n=days)) if days else ""


def _past(days: DayWords, legs: Sequence[LegLine]) -> str:
    """By when its first vehicle leaves: who has only to walk may set out at any time."""
    boarded = next((leg for leg in legs if leg.ride or leg.mode == DRIVEN), None)
    return days.gone(boarded.start_s) if boarded else ""


def _headers(legs: Sequence[LegLine], severe: bool) -> tuple[str, ...]:
    """Each once, be it of several legs."""
    return tuple(dict.fromkeys(_named(one) for leg in legs for one in leg.news if one.is_severe is severe))


def _named(news: ToldNews) -> str:
    """With the stop where it is about one alone."""
    return f"{news.header} ({news.about})" if news.about else news.header


def _label(option: Option, said: Sentences) -> str:
    label = first_label(option)
    if label == Code.WITH_CARPOOL:
        return str(said["answer"]["to_ask"])
    return str(said["label"][label]) if label else ""


def _short_price(option: Option, party: int, said: Sentences) -> str:
    """Of all who travel where it is known, else of one of them."""
    paid, together, text = option.amount, option.ticket.party, said["answer"]
    if paid is None or not option.itinerary.has_vehicle:
        return ""
    if not paid.minor:
        return str(text["no_price"])
    if party > 1 and option.itinerary.carpool is None and together is not None:
        return str(text["price_party"].format(amount=amount(together, said), people=party))
    return _of_one(option, paid, said) if party > 1 else amount(paid, said)


def _of_one(option: Option, paid: Amount, said: Sentences) -> str:
    """Of the first kind, where those who travel together do not pay the same."""
    shares = option.ticket.shares
    if option.itinerary.carpool is None and each_pays(shares, said):
        return one_pays(shares[0], said)
    return str(said["answer"]["price_each"].format(amount=amount(paid, said)))


def _off(found: Sequence[LegLine], said: Sentences, in_short: bool = False) -> Iterator[str]:
    """`Bus 5 : 7 min de retard`, of each ride that is late or cancelled; of several that are late in short."""
    struck = [leg for leg in found if leg.start.now.is_struck]
    late = [leg for leg in found if leg.start.now.is_late and not leg.start.now.is_struck]
    text, colon = said["live"], said["frame"]["colon"]
    yield from (f"{leg.line}{colon}{leg.start.now.words}" for leg in struck)
    if len(late) == 1:
        yield f"{late[0].line}{colon}{text['late_short'].format(n=late[0].start.now.late_min)}"
    elif late and in_short:
        yield text["late_most"].format(n=max(leg.start.now.late_min for leg in late))
    elif late:
        rides = ", ".join(text["late_ride"].format(line=leg.line, n=leg.start.now.late_min) for leg in late)
        yield text["late_rides"].format(rides=rides)


def _facts(option: Option, choice: Choice, said: Sentences) -> Iterator[FactText]:
    """On foot, on one's own bike, emitted; changes stand in the reason, what is not known further below."""
    if option.itinerary.has_vehicle:
        yield from _own_ways(option.itinerary, said)
    if option.impact.co2e_g is not None:
        yield "leaf", _emitted(option.impact.co2e_g, choice, said)


def _own_ways(itinerary: Itinerary, said: Sentences) -> Iterator[FactText]:
    """On foot and on one's own bike, the minutes of all parts together, as the legs tell them."""
    for mode in OWN:
        legs = [leg for leg in itinerary.legs if isinstance(leg, WalkLeg) and leg.mode == mode]
        if metres := sum(leg.distance_m for leg in legs):
            lasting_s = sum(own_way_s(leg.arrival_s - leg.departure_s, leg.distance_m) for leg in legs)
            yield mode.lower(), own_way(mode, lasting_s, metres, said)


def _emitted(grams: int, choice: Choice, said: Sentences) -> str:
    by_car = choice.car.co2e_g
    if by_car is None or grams >= by_car:
        known = said["impact"]["each" if choice.party > 1 else "known"]
        return str(known.format(mass=mass(grams, said))).rstrip(".")
    return str(said["answer"]["co2_less"].format(percent=round(100 * (by_car - grams) / by_car))).rstrip(".")


def _warnings(option: Option, state: Known, said: Sentences) -> tuple[str, ...]:
    """A sentence each; of ways one for all, which names where they lead."""
    found = [one for one in option.cautions if one.state is state]
    names = dict.fromkeys(cautioned(one, said) for one in found if one.kind == "way")
    ways = listed(list(names), said["days"]["and"])
    together = dict.fromkeys(replace(one, name=ways) if one.kind == "way" else one for one in found)
    return tuple(caution(one, said)["sentence"] for one in together)
