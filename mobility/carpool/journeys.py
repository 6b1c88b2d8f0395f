"""Offers as another operator asks for them: that pass near two places, at a time or on days of the week."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time
from math import inf

from mobility.carpool.agreements import BookingRules
from mobility.carpool.board import Circle, OfferBoard, OfferNear
from mobility.carpool.booking import BookedStretch
from mobility.carpool.offer import Offer, OfferId, OneDay, Weekly, days_of
from mobility.carpool.span import span_at
from mobility.clock import DAY_S, days_after, local_date, midnight

MOST_DAYS = 15
"""So many before and after the date asked for are looked at, however wide its margin."""


@dataclass(frozen=True, slots=True)
class Moment:
    """at: epoch seconds; within_s: earlier or later."""

    at: int
    within_s: int


@dataclass(frozen=True, slots=True)
class Usually:
    """time_s: of the day; weekdays: 0 = Monday; earliest, latest: epoch seconds that the pattern must reach into."""

    time_s: float
    within_s: int
    weekdays: frozenset[int]
    earliest: float = -inf
    latest: float = inf


@dataclass(frozen=True, slots=True)
class Journey:
    """One seat on one day of an offer."""

    offer: Offer
    span: BookedStretch
    seats_left: int

    @property
    def id(self) -> str:
        return f"{self.offer.id}_{self.span.day.isoformat()}_{self.span.pickup}_{self.span.drop_off}"


@dataclass(frozen=True, slots=True)
class RegularTrip:
    """pickup_s: of the day at the pick-up; weekdays: those asked for on which people are picked up."""

    offer: Offer
    span: BookedStretch
    pickup_s: int
    weekdays: tuple[int, ...]


def read_journey(journey: str) -> tuple[OfferId, date, int, int] | None:
    """The parts of a journey's id; None where it is none of ours."""
    offer, *rest = journey.rsplit("_", 3)
    try:
        day, pickup, drop_off = rest
        return OfferId(offer), date.fromisoformat(day), int(pickup), int(drop_off)
    except ValueError:
        return None


def journeys(
    board: OfferBoard, start: Circle, end: Circle, when: Moment, rules: BookingRules, now: int
) -> list[Journey]:
    """With a free seat, still to leave; the nearest in time first."""
    found = [
        journey
        for near in board.near(start, end)
        for journey in _on_days(board, near, when, rules)
        if abs(journey.span.pickup_at - when.at) <= when.within_s and journey.span.pickup_at > now
    ]
    return sorted(found, key=lambda one: (abs(one.span.pickup_at - when.at), one.id))


def regular_trips(
    board: OfferBoard, start: Circle, end: Circle, when: Usually, rules: BookingRules, now: int
) -> list[RegularTrip]:
    """Weekly offers that are not over; the nearest in time of day first."""
    found = [trip for near in board.near(start, end) if (trip := _regular(near, when, rules, now))]
    return sorted(found, key=lambda one: (abs(one.pickup_s - when.time_s), one.offer.id))


def _on_days(board: OfferBoard, near: OfferNear, when: Moment, rules: BookingRules) -> Iterator[Journey]:
    reach_s = min(when.within_s, MOST_DAYS * DAY_S)
    if reach_s < 0:
        return
    try:
        # A ride that begins before midnight may pass the pick-up after it.
        first = days_after(local_date(when.at - reach_s, rules.zone), -1)
        last = local_date(when.at + reach_s, rules.zone)
    except (OverflowError, ValueError, OSError):
        return
    for day in days_of(near.offer.schedule, first, last, rules.school_holidays):
        seats = board.seats_left(near, day)
        if seats > 0:
            held = board.held(near, day)
            span = span_at(near.offer, day, (near.pickup, near.drop_off), 1, rules.zone, held)
            yield Journey(near.offer, span, seats)


def _regular(near: OfferNear, when: Usually, rules: BookingRules, now: int) -> RegularTrip | None:
    weekly = near.offer.schedule
    if isinstance(weekly, OneDay) or not _reaches(weekly, when, rules, now):
        return None
    after_s = _seconds(near.offer.departure) + near.offer.waypoints[near.pickup].after_s
    later_days, pickup_s = divmod(after_s, DAY_S)
    weekdays = {(day + later_days) % 7 for day in weekly.weekdays} & when.weekdays
    if not weekdays or abs(pickup_s - when.time_s) > when.within_s:
        return None
    span = span_at(near.offer, weekly.first_day, (near.pickup, near.drop_off), 1, rules.zone)
    return RegularTrip(near.offer, span, pickup_s, tuple(sorted(weekdays)))


def _reaches(weekly: Weekly, when: Usually, rules: BookingRules, now: int) -> bool:
    begins_at = midnight(weekly.first_day, rules.zone)
    ends_at = midnight(days_after(weekly.last_day, 1), rules.zone)
    return max(begins_at, when.earliest, now) < ends_at and max(begins_at, when.earliest) <= when.latest


def _seconds(at: time) -> int:
    return at.hour * 3600 + at.minute * 60 + at.second
