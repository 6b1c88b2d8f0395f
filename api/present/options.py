"""What an option is good for, as JSON under `hent`: labels, reason, impact, accessibility, ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import orjson

from api.present.day_words import days_of
from api.present.legs import AnswerContext
from api.present.pieces import Json
from api.present.prose import clock
from api.present.reasons import First, reason
from api.present.ticket import TicketNotes
from api.web.sentences import Sentences, sentences
from mobility.impact import CAR, Impact
from mobility.ranking.accessibility import Caution
from mobility.ranking.chain import Loss, Lost
from mobility.ranking.costs import Option
from mobility.ranking.handful import Dropped
from mobility.ranking.options import Choice
from mobility.travellers.profiles import Profile

UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OptionNotes:
    """For the options of one answer. What several of them have in common is written once."""

    context: AnswerContext
    choice: Choice
    said: Sentences
    tickets: TicketNotes
    first: First | None
    amounts: dict[Impact, orjson.Fragment] = field(default_factory=dict)
    sources: dict[frozenset[str], str] = field(default_factory=dict)
    cars: list[orjson.Fragment] = field(default_factory=list)

    @classmethod
    def begun(cls, context: AnswerContext, choice: Choice) -> OptionNotes:
        said = sentences(context.wishes.language)
        return cls(context, choice, said, TicketNotes(context, choice, said), First.of(choice, days_of(context)))

    def of(self, option: Option) -> Json:
        return {
            "labels": list(option.labels),
            "reason": reason(option, self.first, self.said),
            "impact": self._impact(option),
            "accessibility": _accessibility(option, self.said),
            "ticket": self.tickets.of(option),
        }

    def emitted(self, impact: Impact) -> orjson.Fragment:
        found = self.amounts.get(impact)
        if found is None:
            found = self.amounts[impact] = _text(amounts(impact))
        return found

    def _impact(self, option: Option) -> Json:
        choice = self.choice
        if not self.cars:
            car = {**amounts(choice.car), "distance": _or_unknown(choice.car_m), "estimated": choice.car_estimated}
            self.cars.append(_text(car))
        modes = frozenset([leg.mode for leg in option.itinerary.legs])
        if modes not in self.sources:
            self.sources[modes] = "; ".join(choice.factors.sources([*sorted(modes), CAR]))
        return {**amounts(option.impact), "car": self.cars[0], "source": self.sources[modes]}


def _text(told: Json) -> orjson.Fragment:
    return orjson.Fragment(orjson.dumps(told))


def amounts(impact: Impact) -> Json:
    """`unknown` where there is no factor: a 0 would look like knowledge."""
    return {
        "co2e_g": _or_unknown(impact.co2e_g),
        "nox_mg": _or_unknown(impact.nox_mg),
        "pm10_mg": _or_unknown(impact.pm10_mg),
    }


def _or_unknown(number: int | None) -> int | str:
    return UNKNOWN if number is None else number


def dropped(context: AnswerContext, removed: Sequence[Loss]) -> list[Json]:
    """Each itinerary that is not shown, with the code and its sentence."""
    said = sentences(context.wishes.language)
    return [_dropped(context, one, said) for loss in removed for one in loss.told()]


def not_first(context: AnswerContext, found: Sequence[Dropped]) -> list[Json]:
    """Each departure that is listed after the ways that stand first, with the code and its sentence."""
    said = sentences(context.wishes.language)
    rows = [Lost(one.code, one.option.itinerary, one.option.itinerary.transfers) for one in found]
    return [_dropped(context, one, said) for one in rows]


def profile(found: Profile) -> Json:
    """As understood: what the query says goes before what the profile says."""
    return {
        "name": found.name,
        "stepFree": found.step_free.value,
        "party": found.party,
        "luggage": found.luggage,
        "bike": found.bike,
    }


def _dropped(context: AnswerContext, lost: Lost, said: Sentences) -> Json:
    itinerary = lost.itinerary
    at = [datetime.fromtimestamp(moment, context.zone) for moment in (itinerary.departure_s, itinerary.arrival_s)]
    return {
        "code": lost.code,
        "sentence": said["dropped"][lost.code],
        "startTime": at[0].isoformat(),
        "endTime": at[1].isoformat(),
        "departure": clock(itinerary.departure_s, context.zone),
        "transfers": lost.transfers,
        "lines": [{"mode": ride.mode, "line": ride.line_name} for ride in itinerary.rides],
    }


def _accessibility(option: Option, said: Sentences) -> Json:
    return {
        "state": option.access.state.value,
        "unknown": option.access.unknown,
        "steps": option.access.steps,
        "warnings": [caution(one, said) for one in option.cautions],
    }


def cautioned(found: Caution, said: Sentences) -> str:
    """What a caution is about, by its name."""
    return str(said["caution"]["there"]) if found.name == "END" else found.name


def caution(found: Caution, said: Sentences) -> Json:
    name = cautioned(found, said)
    mode = said["mode"].get(found.mode, "")
    text = said["caution"][f"{found.kind}_{found.state.value}"].format(name=name, mode=mode)
    return {"kind": found.kind, "state": found.state.value, "name": name, "sentence": text}
