"""Why an option is there and what it costs compared with the first one, in a sentence for anyone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from api.present.amounts import amount
from api.present.day_words import DayWords
from api.present.distances import distance
from api.present.emissions import mass
from api.present.prose import clock, duration, lasting
from api.web.sentences import Sentences
from mobility.clock import evening
from mobility.money import Amount
from mobility.ranking.codes import Code
from mobility.ranking.costs import Option
from mobility.ranking.labels import FACTS, most_telling
from mobility.ranking.options import Choice
from mobility.routing.itinerary import WalkLeg

A_WALK_M = 200
"""A difference below that is not worth a word."""
A_MINUTE_S = 60
FEW_MINUTES_S = 300
SOME_MINUTES_S = 180
FAR_OFF_S = 3600


class First(NamedTuple):
    """What the options of an answer are compared with. days: in which its day is named."""

    option: Option
    days: DayWords

    @classmethod
    def of(cls, choice: Choice, days: DayWords) -> First | None:
        return None if choice.first is None else cls(choice.first, days)

    def beside(self, other: Option) -> str:
        """As sentences about another one name it: with its day where that one leaves on another evening."""
        at_s, zone = self.option.itinerary.departure_s, self.days.zone
        name = _named(self.option, zone, self.days.said)
        is_far = self.option.itinerary.has_vehicle and evening(at_s, zone) != evening(other.itinerary.departure_s, zone)
        return f"{name} ({self.days.day_of_service(at_s)})" if is_far else name


def reason(option: Option, first: First | None, said: Sentences) -> str:
    return " ".join(filter(None, (_why(option, first, said), if_refused(option, first, said))))


def _why(option: Option, first: First | None, said: Sentences) -> str:
    text = said["than"]
    if first is None or option.itinerary is first.option.itinerary:
        label = said["label"][_telling_label(option, None)]
        return text["why"].format(label=label, costs=", ".join(_of_itself(option, said)))
    costs = ", ".join([*_against(option, first.option, said), text["beside"].format(other=first.beside(option))])
    return text["why"].format(label=said["label"][_telling_label(option, first.option)], costs=costs)


def if_refused(option: Option, first: First | None, said: Sentences) -> str:
    """A driver is asked, and may say no; "" without one."""
    if option.itinerary.carpool is None:
        return ""
    if first is None or first.option.itinerary.carpool is not None:
        return said["than"]["ask_or_nothing"]
    return said["than"]["ask"].format(other=first.beside(option))


def _named(one: Option, zone: ZoneInfo, said: Sentences) -> str:
    """What can be found again in the answer: the way by its mode, a trip by its two times."""
    itinerary, text = one.itinerary, said["than"]
    if len(itinerary.legs) == 1 and isinstance(itinerary.legs[0], WalkLeg):
        return text[f"way_{itinerary.legs[0].mode.lower()}"]
    ends = clock(itinerary.departure_s, zone), clock(itinerary.told_arrival_s, zone)
    return text["trip"].format(start=ends[0], end=ends[1])


def _telling_label(option: Option, first: Option | None) -> Code:
    """Of several, the one that compares, else a warning before a fact that speaks for it. What is true of the first as
    well is no reason for another. That one must ask is said in any case."""
    if option.itinerary.carpool is not None:
        return Code.WITH_CARPOOL
    same = set(first.labels) & set(FACTS) if first is not None else set()
    return most_telling(label for label in option.labels if label not in same) or Code.ALTERNATIVE


def _of_itself(option: Option, said: Sentences) -> Iterator[str]:
    yield lasting(option.itinerary.departure_s, option.itinerary.arrival_s, said)
    if option.itinerary.has_vehicle:
        yield _changes(option.itinerary.transfers, said)


def _against(option: Option, first: Option, said: Sentences) -> Iterator[str]:
    text, one, other = said["than"], option.itinerary, first.itinerary
    longer_s = one.told_duration_s - other.told_duration_s
    later_s = (one.departure_s // A_MINUTE_S - other.departure_s // A_MINUTE_S) * A_MINUTE_S
    tells_departure = _tells_departure(longer_s, later_s)
    if tells_departure:
        yield text["later" if later_s > 0 else "earlier"].format(duration=duration(abs(later_s), said))
    if abs(longer_s) < A_MINUTE_S:
        yield text["as_long"]
    else:
        yield text["longer" if longer_s > 0 else "shorter"].format(duration=duration(abs(longer_s), said))
        if not tells_departure:
            yield from _arrival(longer_s, one.told_arrival_s - other.told_arrival_s, said)
    if one.has_vehicle:
        yield _changes(one.transfers, said)
    yield from _more(option, first, said)


def _tells_departure(longer_s: int, later_s: int) -> bool:
    """Where it is far off, or not what the duration lets one think: shorter, and yet one leaves earlier."""
    if abs(longer_s) < A_MINUTE_S or longer_s * later_s > 0:
        return abs(later_s) >= FEW_MINUTES_S
    return abs(later_s) >= FAR_OFF_S


def _arrival(longer_s: int, later_s: int, said: Sentences) -> Iterator[str]:
    """Where it is not what the duration lets one think: longer, and yet one is there earlier."""
    if longer_s * later_s < 0 and abs(later_s) >= SOME_MINUTES_S:
        key = "there_later" if later_s > 0 else "there_earlier"
        yield said["than"][key].format(duration=duration(abs(later_s), said))


def _more(option: Option, first: Option, said: Sentences) -> Iterator[str]:
    """On foot, emitted, paid: as far as it matters and is known of both."""
    text, on_foot_m = said["than"], option.itinerary.walk_m - first.itinerary.walk_m
    if option.itinerary.has_vehicle and abs(on_foot_m) >= A_WALK_M:
        yield text["more_walking" if on_foot_m > 0 else "less_walking"].format(distance=distance(abs(on_foot_m), said))
    mine_g, its_g = option.impact.co2e_g, first.impact.co2e_g
    if Code.LOWEST_EMISSIONS in option.labels and mine_g is not None and its_g is not None and mine_g < its_g:
        yield text["less_co2"].format(mass=mass(its_g - mine_g, said))
    yield from _price(option, first, said)


def _price(option: Option, first: Option, said: Sentences) -> Iterator[str]:
    """Of all who travel together where that is known, else of one of them."""
    mine, its, whose = option.amount, first.amount, ""
    if option.ticket.shares or first.ticket.shares:
        of_all = _together(option), _together(first)
        mine, its, whose = (mine, its, "each") if None in of_all else (*of_all, "all")
    if mine is None or its is None or mine.minor == its.minor:
        return
    if len({paid.currency for paid in (mine, its) if paid.minor}) > 1:
        return
    difference = (mine if mine.minor else its)._replace(minor=abs(mine.minor - its.minor))
    key = "dearer" if mine.minor > its.minor else "cheaper"
    yield said["than"][f"{key}_{whose}" if whose else key].format(amount=amount(difference, said))


def _together(one: Option) -> Amount | None:
    """What all who travel together pay. Without tickets it is what one of them pays: nothing, or not known."""
    if one.itinerary.carpool is not None:
        return None
    return one.ticket.party if one.itinerary.rides else one.amount


def _changes(transfers: int, said: Sentences) -> str:
    text = said["than"]
    if not transfers:
        return text["no_change"]
    return text["one_change"] if transfers == 1 else text["changes"].format(n=transfers)
