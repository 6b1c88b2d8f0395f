"""What was agreed binds: times bend no farther than was said, a drive brings in no more than it costs, and nobody sits
in two cars at once. On SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from mobility.carpool.aftermath import Bound
from mobility.carpool.booking import BookingId, PartnerId, PartnerUser, Side
from mobility.carpool.bookings import booking_of
from mobility.carpool.offer import Offer, OfferId, OfferStatus
from mobility.carpool.registry import Registry
from mobility.errors import AlreadyAsked, InTwoCars, PriceTooHigh
from tests.mobility.carpool.agreed import CHLOE, MIDWAY, NOW, RULES, S, Story, an_ask, by_way
from tests.mobility.carpool.conftest import ANNA, BRIAN, LORIENT, PLOUHINEC
from tests.town import moment

MORNING = OfferId("morning")


@pytest.fixture
def story(registry: Registry) -> Story:
    """18 km at 50 cents: the drive costs 9.00 EUR."""
    story = Story(registry)
    rules = replace(RULES, cost_cents=50)
    story.bound = Bound(rules, lambda: story.now)
    story.registry = replace(story.registry, watcher=story.bound.watch)
    story.agreements = replace(story.agreements, rules=rules)
    return story


def leave_at(story: Story, clock: str, **changed: object) -> None:
    hour, minute = map(int, clock.split(":"))
    story.registry.change(ANNA, MORNING, lambda one: replace(one, departure=time(hour, minute), **changed))


def agreed_at(story: Story, name: str = "first") -> str:
    with story.store.reading() as connection:
        found = booking_of(connection, BookingId(name))
    pickup_s = found.span.pickup_at - moment("2026-06-03 0:00")
    assert found.span.arrives_at - found.span.pickup_at == 1500
    return f"{pickup_s // 3600}:{pickup_s % 3600 // 60:02}"


def driven_by_brian(clock: str = "7:50", **changed: object) -> Offer:
    hour, minute = map(int, clock.split(":"))
    return replace(by_way(**changed), id=OfferId("brians"), driver=BRIAN, departure=time(hour, minute))


def test_a_booking_follows_its_ride_within_what_was_promised_and_both_are_told(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    story.told()
    leave_at(story, "7:48")
    assert (story.status(), agreed_at(story), story.told()) == (S.CONFIRMED, "7:48", ["anna: moved", "brian: moved"])


def test_a_change_that_moves_no_time_tells_nobody(story: Story) -> None:
    story.ask()
    story.told()
    leave_at(story, "7:40", price_cents=0)
    assert (agreed_at(story), story.told()) == ("7:40", [])


def test_many_small_changes_lead_no_farther_than_one(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    leave_at(story, "7:49")
    story.told()
    leave_at(story, "7:58")
    assert (story.status(), story.told()) == (S.CANCELLED, ["anna: cancelled", "brian: cancelled"])


def test_a_driver_who_turns_flexible_afterwards_moves_nobody_who_was_promised_less(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    leave_at(story, "8:30", flexible_s=3600)
    assert story.status() is S.CANCELLED


def test_nobody_is_moved_into_the_past(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    story.now = moment("2026-06-03 7:35")
    leave_at(story, "7:33")
    assert story.status() is S.CANCELLED


def test_what_was_agreed_to_be_paid_stays(story: Story) -> None:
    story.ask()
    leave_at(story, "7:41", price_cents=200)
    with story.store.reading() as connection:
        assert booking_of(connection, BookingId("first")).span.price_cents == 150


def test_seats_sold_before_count_when_the_price_is_raised(story: Story) -> None:
    leave_at(story, "7:40", price_cents=450)
    story.ask()
    with pytest.raises(PriceTooHigh) as refused:
        leave_at(story, "7:40", price_cents=460)
    assert refused.value.most_cents == 450
    leave_at(story, "7:40", price_cents=450)


def test_seats_added_afterwards_share_what_is_left_of_the_costs(story: Story) -> None:
    leave_at(story, "7:40", price_cents=450)
    story.ask(seats=2)
    with pytest.raises(PriceTooHigh) as refused:
        leave_at(story, "7:40", price_cents=225, seats=4)
    assert refused.value.most_cents == 0


def test_the_hours_other_offers_of_the_driver_share_the_costs(story: Story) -> None:
    """Two seats at 1.50 leave 6.00 EUR to two seats more."""
    again = replace(by_way(price_cents=301), id=OfferId("again"), departure=time(8, 5))
    with pytest.raises(PriceTooHigh) as refused:
        story.registry.publish([again])
    assert refused.value.most_cents == 300
    story.registry.look([replace(again, price_cents=300)])
    story.registry.publish([replace(again, price_cents=300)])
    with pytest.raises(PriceTooHigh):
        leave_at(story, "7:40", price_cents=151)


@pytest.mark.parametrize(
    "other",
    [
        {"departure": time(17, 30)},
        {"departure": time(8, 5), "start": LORIENT, "end": PLOUHINEC},
        {"departure": time(7, 40), "schedule": replace(by_way().schedule, day=date(2026, 6, 4))},  # type: ignore[type-var]
    ],
    ids=["in the evening", "the way back", "the next day"],
)
def test_another_drive_has_costs_of_its_own(story: Story, other: dict[str, object]) -> None:
    asked = replace(by_way(price_cents=450), id=OfferId("other"), **other)  # type: ignore[arg-type]
    (published,) = story.registry.publish([asked])
    assert (published.id, published.price_cents) == ("other", 450)


def test_a_paused_offer_gives_its_unsold_seats_back_to_the_drive(story: Story) -> None:
    story.ask()
    story.registry.become(ANNA, MORNING, OfferStatus.PAUSED, NOW)
    again = replace(by_way(price_cents=450), id=OfferId("again"))
    with pytest.raises(PriceTooHigh) as refused:
        story.registry.publish([again])
    assert refused.value.most_cents == 375, "150 of 900 are sold"
    story.registry.publish([replace(again, price_cents=375)])
    with pytest.raises(PriceTooHigh):
        story.registry.become(ANNA, MORNING, OfferStatus.ACTIVE, NOW)


def test_who_asks_last_pays_what_is_left_of_the_costs(story: Story) -> None:
    """A cheap seat that is given back is sold no dearer than the drive still costs."""
    leave_at(story, "7:40", price_cents=900, seats=1)
    story.ask()
    leave_at(story, "7:40", price_cents=0, seats=2)
    story.ask("second", who=CHLOE)
    leave_at(story, "7:40", price_cents=450, seats=2)
    story.become(S.CANCELLED, Side.PASSENGER, "second")
    story.ask("third", who=CHLOE)
    with story.store.reading() as connection:
        assert booking_of(connection, BookingId("third")).span.price_cents == 0


def test_two_halves_of_a_way_cost_no_more_than_the_whole(story: Story) -> None:
    leave_at(story, "7:40", price_cents=7)
    story.ask("to Merlevenez", PLOUHINEC, MIDWAY)
    story.ask("from Merlevenez", MIDWAY, LORIENT, who=CHLOE)
    with story.store.reading() as connection:
        paid = [booking_of(connection, BookingId(one)).span.price_cents for one in ("to Merlevenez", "from Merlevenez")]
    assert paid == [2, 4]


def test_nobody_sits_in_two_cars_at_once(story: Story) -> None:
    story.registry.publish([driven_by_brian()])
    story.ask(who=CHLOE)
    with pytest.raises(InTwoCars) as refused:
        story.agreements.ask(replace(an_ask("other"), passenger=CHLOE, offer=OfferId("brians")))
    assert refused.value.date == "2026-06-03"
    story.become(S.CANCELLED, Side.PASSENGER)
    story.agreements.ask(replace(an_ask("other"), passenger=CHLOE, offer=OfferId("brians")))


def test_who_has_asked_for_a_seat_gets_no_second_one_in_the_same_car(story: Story) -> None:
    story.ask(who=CHLOE)
    with pytest.raises(AlreadyAsked) as refused:
        story.ask("second", who=CHLOE)
    assert refused.value.booking == "first"
    story.become(S.CANCELLED, Side.PASSENGER)
    assert story.ask("second", who=CHLOE, seats=2) is S.ASKED


def test_a_partners_passenger_sits_in_one_car_too(story: Story) -> None:
    story.registry.publish([driven_by_brian()])
    dom = PartnerUser(PartnerId("p"), "u1", "covoit.example.org", "Dom")
    story.agreements.ask(replace(an_ask("first"), passenger=dom))
    with pytest.raises(InTwoCars):
        story.agreements.ask(replace(an_ask("other"), passenger=dom, offer=OfferId("brians")))


def test_who_drives_rides_with_nobody_meanwhile(story: Story) -> None:
    story.registry.publish([driven_by_brian("8:04")])
    with pytest.raises(InTwoCars):
        story.ask()
    story.registry.change(BRIAN, OfferId("brians"), lambda one: replace(one, departure=time(8, 5)))
    assert story.ask() is S.ASKED


def test_who_rides_offers_no_drive_meanwhile(story: Story) -> None:
    story.ask()
    with pytest.raises(InTwoCars):
        story.registry.publish([driven_by_brian()])
    story.registry.publish([driven_by_brian("8:05")])
    with pytest.raises(InTwoCars):
        story.registry.change(BRIAN, OfferId("brians"), lambda one: replace(one, departure=time(8, 0)))


def test_a_ride_does_not_follow_into_another_car_of_its_passenger(story: Story) -> None:
    story.registry.publish([driven_by_brian("8:05")])
    story.ask(who=CHLOE)
    story.agreements.ask(replace(an_ask("other"), passenger=CHLOE, offer=OfferId("brians")))
    leave_at(story, "7:45")
    assert (story.status(), story.status("other")) == (S.CANCELLED, S.ASKED)
