"""From the body of an offer to what the domain takes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

from api.parse import spots
from api.parse.bodies.carpool import (
    AccessibilityBody,
    BackBody,
    OfferChange,
    OfferRequest,
    WantedRequest,
    WeekdaysBody,
    WeeklyBody,
)
from api.parse.value_faults import RequestFault
from mobility.carpool.draft import MOST_DAYS, Draft, DraftContext, Terms, moved
from mobility.carpool.offer import Comfort, Offer, OneDay, Schedule, SchoolRule, Weekly
from mobility.carpool.wish import Wish
from mobility.clock import days_after
from mobility.errors import InvalidQuery
from mobility.geo import Point
from mobility.network.network import Network

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


def draft(body: OfferRequest, network: Network, ground: DraftContext, today: date) -> Draft:
    """Raises InvalidQuery, NotFound for a stop or meeting point that is not known."""
    start, end = place(body.from_place, "fromPlace", network, ground), place(body.to_place, "toPlace", network, ground)
    terms = _terms(body, today)
    back = _back(terms, body.back) if body.back else None
    return Draft(start, end, terms, back, frozenset(body.without_points))


def wish(body: WantedRequest, network: Network, ground: DraftContext, today: date) -> Wish:
    """Raises InvalidQuery, NotFound."""
    start, end = place(body.from_place, "fromPlace", network, ground), place(body.to_place, "toPlace", network, ground)
    schedule = _weekdays(body.weekly, today) if body.weekly else OneDay(body.date or today)
    return Wish(start, end, schedule, time.fromisoformat(body.departure), body.seats)


def place(text: str, name: str, network: Network, ground: DraftContext) -> Point:
    """`latitude,longitude`, or the id of a meeting point or of any stop. Raises InvalidQuery, NotFound."""
    point = spots.point(text.strip(), name)
    if point:
        return point
    known = ground.points.find(text.strip())
    return known.point if known else network.stops.point(network.stop(text.strip(), name))


def changed(offer: Offer, body: OfferChange, network: Network, ground: DraftContext, today: date) -> Offer:
    """Raises InvalidQuery, NotFound."""
    ends = [
        place(text, name, network, ground) if text else None
        for text, name in ((body.from_place, "fromPlace"), (body.to_place, "toPlace"))
    ]
    offer = _with_terms(offer, body, today)
    return moved(offer, ends[0], ends[1], ground) if any(ends) or body.longest_detour_minutes is not None else offer


def _with_terms(offer: Offer, body: OfferChange, today: date) -> Offer:
    given = {
        "schedule": _schedule(body.date, body.weekly, today) if body.date or body.weekly else None,
        "departure": time.fromisoformat(body.departure) if body.departure else None,
        "flexible_s": _seconds(body.flexible_minutes),
        "seats": body.seats,
        "longest_detour_s": _seconds(body.longest_detour_minutes),
        "price_cents": body.price_cents,
        "comfort": _comfort(body.accessibility) if body.accessibility else None,
        "languages": body.languages,
    }
    return replace(offer, **{name: value for name, value in given.items() if value is not None})  # type: ignore[arg-type]


def _terms(body: OfferRequest, today: date) -> Terms:
    return Terms(
        schedule=_schedule(body.date, body.weekly, today),
        departure=time.fromisoformat(body.departure),
        flexible_s=60 * body.flexible_minutes,
        seats=body.seats,
        longest_detour_s=60 * body.longest_detour_minutes,
        price_cents=body.price_cents,
        comfort=_comfort(body.accessibility),
        languages=body.languages,
    )


def _back(there: Terms, body: BackBody) -> Terms:
    """Raises InvalidQuery where it leaves before the way there."""
    back = replace(there, departure=time.fromisoformat(body.departure))
    if body.date:
        if not isinstance(there.schedule, OneDay):
            raise InvalidQuery("back", RequestFault.DATE_OF_BACK_ALONE)
        back = replace(back, schedule=OneDay(body.date))
    if _leaves(back) <= _leaves(there):
        raise InvalidQuery("back", RequestFault.LEAVES_TOO_SOON)
    return back


def _leaves(terms: Terms) -> tuple[date, time]:
    day = terms.schedule.day if isinstance(terms.schedule, OneDay) else terms.schedule.first_day
    return day, terms.departure


def _schedule(day: date | None, weekly: WeeklyBody | None, today: date) -> Schedule:
    if weekly is None:
        return OneDay(day or today)
    return replace(
        _weekdays(weekly, today),
        except_days=frozenset(weekly.except_days),
        added_days=frozenset(weekly.added_days),
        school=SchoolRule(weekly.school),
    )


def _weekdays(weekly: WeekdaysBody, today: date) -> Weekly:
    """Raises InvalidQuery."""
    first = weekly.first_day or today
    last = weekly.last_day or days_after(today, MOST_DAYS)
    if last < first:
        raise InvalidQuery("weekly", RequestFault.LAST_BEFORE_FIRST)
    return Weekly(frozenset(WEEKDAYS.index(one) for one in weekly.weekdays), first, last)


def _comfort(body: AccessibilityBody) -> Comfort:
    return Comfort(body.wheelchair, body.child_seat, body.luggage, body.bike, body.pets)


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else 60 * minutes
