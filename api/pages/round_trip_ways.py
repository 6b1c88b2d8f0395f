"""The two ways of a round trip, each searched as an answer by itself, and the latest of them before the night ends."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from api.pages.card import Card, Rows, card
from api.pages.form import CLOCK, Form
from api.pages.frame import Frame
from api.pages.help import known_days
from api.pages.legs import CardTelling
from api.pages.live_words import live_page
from api.pages.trip import searched
from api.parse.plan import query
from api.present.advice import farther_sentence
from api.present.answers import beside
from api.present.leg_groups import told_legs
from api.present.pieces import Json
from api.trips.plan import AnsweredTrip
from mobility.clock import MINUTE_S, NIGHT_ENDS_H, days_after, evening, evening_of
from mobility.money import Amount
from mobility.network.modes import BOAT
from mobility.planning.farther import leaves_farther
from mobility.ranking.costs import Option
from mobility.routing.empty_reason import EmptyReason

MORNING_H, LONGEST_WAIT_S, SEARCHES = NIGHT_ENDS_H + 2, 3600, 4
"""What leaves in the night is there by then. Who waits longer for a ride of the morning stays the night. So many times
the search goes back before it, where what comes in the morning fills the answer."""
BIKES = ("unknown", "yes", "no")
THERE = "there"
"""Beside the faults: that the two places are one."""


@dataclass(frozen=True, slots=True)
class OneWay:
    """option: the best of what was found, as card. rows: its legs. party: how many travel."""

    option: Option
    card: Card
    rows: Rows
    party: int

    @property
    def paid(self) -> Amount | None:
        """By all who travel; None where not all of it is known."""
        return self.option.amount if self.party == 1 else self.option.ticket.party

    @property
    def has_boat(self) -> bool:
        return any(leg.mode == BOAT for leg in self.card.legs)

    @property
    def arrives(self) -> datetime:
        """Wall-clock time there."""
        return datetime.fromisoformat(self.card.ends_at[:16])

    def bikes(self) -> dict[str, str]:
        """What each line says of bikes, of BIKES."""
        rides = (row for row in self.rows if isinstance(row, tuple))
        return {ride.line_name: BIKES[told.bikes] for ride, told in rides}


@dataclass(frozen=True, slots=True)
class Searched:
    """way: None where there is none. faults: of the form. why: there is none, in sentences. gone: that nothing leaves
    any more on the day asked about, "" where something does; cancelled: what does not run, in sentences."""

    way: OneWay | None = None
    faults: Mapping[str, str] = field(default_factory=dict)
    why: str = ""
    gone: str = ""
    cancelled: tuple[str, ...] = ()

    @property
    def arrives(self) -> datetime | None:
        return self.way.arrives if self.way else None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is to be read first."""
        return tuple(filter(None, (self.gone, *self.cancelled)))


def one_way(of: Frame, form: Form) -> Searched:
    """Who is there already has made no mistake."""
    trip, faults = searched(of, form)
    if trip is None:
        return Searched(faults=faults, why=" ".join(faults.values()))
    if trip.found.reason is EmptyReason.ALREADY_THERE:
        return Searched(faults={THERE: of.said["reason"][EmptyReason.ALREADY_THERE]})
    ours = beside(trip.context, trip.found, trip.near)
    if trip.choice.shown:
        gone = (ours["lastDeparture"] or {}).get("sentence", "")
        cancelled = tuple(one["sentence"] for one in ours.get("cancelled", ()))
        return Searched(_way(of, trip, trip.choice.shown[0], form), gone=gone, cancelled=cancelled)
    return Searched(why=_why(of, ours.get("reason", {})))


def _why(of: Frame, reason: Json) -> str:
    """There is no way, as the answer about that way alone says it."""
    return " ".join(filter(None, (reason.get("sentence", ""), known_days(of, reason.get("code", "")))))


def _way(of: Frame, trip: AnsweredTrip, option: Option, form: Form) -> OneWay:
    (rows,) = told_legs(trip.context, [option.itinerary])
    telling = CardTelling(live_page(of), trip.context, (form.start.quoted, form.end.quoted))
    return OneWay(option, card(telling, option, rows, trip.choice), rows, trip.choice.party)


def ways_of_the_night(of: Frame, form: Form) -> list[OneWay]:
    """The latest of those that leave before the night ends. A driver, who may refuse, is nobody's last way."""
    day, zone = evening_of(datetime.fromisoformat(form.moment)), of.asking.territory.zone
    until = datetime.combine(days_after(day, 1), time(MORNING_H))
    for _ in range(SEARCHES):
        late = replace(form, when="arrive", moment=until.strftime(CLOCK))
        found = _without_drivers(of, late)
        that_day = [one for one in found if evening(one.card.legs[0].start_s, zone) == day and _goes_on(one, zone)]
        if that_day or not found:
            return that_day
        until = min(one.arrives for one in found) - timedelta(minutes=1)
    return []


def _without_drivers(of: Frame, form: Form) -> list[OneWay]:
    trip, _ = searched(of, form)
    if trip is None:
        return []
    return [_way(of, trip, one, form) for one in trip.choice.departures if one.itinerary.carpool is None]


def later_farther(of: Frame, form: Form, last: OneWay) -> str:
    """What still leaves after the last of the night for who walks longer, in a sentence; "" where nothing does."""
    after_s = last.option.itinerary.departure_s + MINUTE_S
    moment = datetime.fromtimestamp(after_s, of.asking.territory.zone).strftime(CLOCK)
    values = replace(form, when="leave", moment=moment).values(of.language)
    asking = of.asking.in_mode(values)
    found = leaves_farther(asking.searched, query(values, asking))
    return farther_sentence(found, after_s, of.days) if found else ""


def _goes_on(way: OneWay, zone: ZoneInfo) -> bool:
    """Whether nobody spends the night at a quay."""
    legs = way.card.legs
    day = evening(legs[0].start_s, zone)
    waits = ((after.start_s - before.end_s, after.start_s) for before, after in pairwise(legs))
    return all(wait_s <= LONGEST_WAIT_S for wait_s, start_s in waits if evening(start_s, zone) != day)
