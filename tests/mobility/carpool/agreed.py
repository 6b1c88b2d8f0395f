"""A story to agree in: Anna drives from Plouhinec by Merlevenez to Lorient, Brian and Chloe ride."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mobility.carpool.aftermath import Bound
from mobility.carpool.agreements import Agreements, Ask, BookingRules
from mobility.carpool.booking import BookingId, BookingStatus, EndedBecause, Side
from mobility.carpool.bookings import booking_of
from mobility.carpool.letters import DueLetter, send_due
from mobility.carpool.offer import AccountId, MeetingPoint, Offer, OfferId, PointKind, Waypoint
from mobility.carpool.registry import Registry
from mobility.geo import Point
from tests.mobility.carpool.conftest import BRIAN, LORIENT, PLOUHINEC, ZONE, add_account, an_offer
from tests.town import moment

DAY = date(2026, 6, 3)
NOW = moment("2026-06-02 18:00")
CHLOE = AccountId("chloe")
MIDWAY = MeetingPoint("c_MERLEVENEZ", "Merlevenez", Point(47.7370, -3.2340), PointKind.CARPOOL_PLACE)
RULES = BookingRules(ZONE, answer_s=24 * 3600, school_holidays=frozenset())
S = BookingStatus


def by_way(**changed: object) -> Offer:
    """Anna's morning by Merlevenez: two stretches, two seats."""
    stops = (Waypoint(PLOUHINEC, 0, 0), Waypoint(MIDWAY, 600, 6000, 60), Waypoint(LORIENT, 1500, 18_000))
    return replace(an_offer(), waypoints=stops, seats=2, **changed)  # type: ignore[arg-type]


def an_ask(
    name: str, get_in: MeetingPoint = PLOUHINEC, get_out: MeetingPoint = LORIENT, seats: int = 1, text: str = ""
) -> Ask:
    return Ask(BookingId(name), OfferId("morning"), DAY, get_in.id, get_out.id, seats, BRIAN, text)


class Story:
    """now: settable. Anna drives, Brian and Chloe ride."""

    def __init__(self, registry: Registry) -> None:
        self.now, self.store = NOW, registry.store
        self.bound = Bound(RULES, lambda: self.now)
        self.registry = replace(registry, watcher=self.bound.watch)
        self.agreements = Agreements(self.store, RULES, lambda: self.now)
        add_account(self.store, CHLOE)
        self.registry.publish([by_way()])

    def ask(self, name: str = "first", *points: MeetingPoint, who: AccountId = BRIAN, seats: int = 1) -> S:
        return self.agreements.ask(replace(an_ask(name, *points, seats=seats), passenger=who)).status

    def become(self, status: S, side: Side = Side.DRIVER, name: str = "first") -> S:
        return self.agreements.become(BookingId(name), status, side).status

    def status(self, name: str = "first") -> S:
        with self.store.reading() as connection:
            return booking_of(connection, BookingId(name)).status

    def why(self, name: str = "first") -> EndedBecause | None:
        with self.store.reading() as connection:
            return booking_of(connection, BookingId(name)).ended_because

    def told(self) -> list[str]:
        """Sends all letters that are due; whom it told what."""
        sent: list[DueLetter] = []
        send_due(self.store, lambda letter: sent.append(letter) is None, self.now)
        return sorted(f"{letter.account}: {letter.news}" for letter in sent)
