"""What becomes of agreed rides whose driver pauses, changes or withdraws the offer. On SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest

from mobility.carpool.booking import EndedBecause
from mobility.carpool.live_store import StoredOffers
from mobility.carpool.offer import OfferId, OfferStatus, OneDay, Waypoint
from mobility.carpool.registry import Registry
from mobility.errors import OfferPaused
from tests.mobility.carpool.agreed import CHLOE, DAY, MIDWAY, NOW, S, Story, by_way
from tests.mobility.carpool.conftest import ANNA, PLOUHINEC


@pytest.fixture
def story(registry: Registry) -> Story:
    return Story(registry)


def test_a_paused_offer_keeps_what_was_agreed_and_takes_no_more(story: Story) -> None:
    story.ask()
    story.registry.become(ANNA, OfferId("morning"), OfferStatus.PAUSED, NOW)
    assert story.status() is S.ASKED
    with pytest.raises(OfferPaused):
        story.ask("second", who=CHLOE)


def test_both_are_told_when_the_offer_is_withdrawn(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    story.ask("second", who=CHLOE)
    story.told()
    story.registry.become(ANNA, OfferId("morning"), OfferStatus.WITHDRAWN, NOW)
    assert (story.status(), story.status("second")) == (S.CANCELLED, S.CANCELLED)
    assert {story.why(), story.why("second")} == {EndedBecause.OFFER_WITHDRAWN}
    assert story.told() == ["anna: withdrawn", "anna: withdrawn", "brian: withdrawn", "chloe: withdrawn"]


def test_a_changed_offer_keeps_the_bookings_that_it_still_serves(story: Story) -> None:
    story.ask("to Merlevenez", PLOUHINEC, MIDWAY, who=CHLOE)
    story.ask("all the way")
    straight = by_way().waypoints[::2]
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, waypoints=straight))
    assert (story.status("all the way"), story.status("to Merlevenez")) == (S.ASKED, S.CANCELLED)
    assert (story.why("all the way"), story.why("to Merlevenez")) == (None, EndedBecause.OFFER_CHANGED)
    (seated,) = StoredOffers(story.store, lambda: NOW, story.bound.seats_held).since(0).seated
    assert (seated.pickup, seated.drop_off) == (0, 1)


def test_a_ride_moved_by_more_than_its_flexibility_is_cancelled(story: Story) -> None:
    story.ask()
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, departure=time(7, 50)))
    assert story.status() is S.ASKED
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, departure=time(8, 30)))
    assert (story.status(), story.why()) == (S.CANCELLED, EndedBecause.HOUR_CHANGED)


def test_a_ride_that_is_moved_by_the_way_alone_ends_by_the_offer_and_not_by_its_hour(story: Story) -> None:
    """Anna starts half an hour before Plouhinec, at the hour of before."""
    story.ask()
    start = replace(MIDWAY, id="c_BELZ", name="Belz")
    later = [replace(one, after_s=one.after_s + 1800, along_m=one.along_m + 9000) for one in by_way().waypoints]
    way = (Waypoint(start, 0, 0), *later)
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, start=start, waypoints=way))
    assert (story.status(), story.why()) == (S.CANCELLED, EndedBecause.OFFER_CHANGED)


def test_what_its_two_sides_end_has_no_reason_in_the_offer(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    story.become(S.CANCELLED)
    assert story.why() is None


@pytest.mark.parametrize(
    ("seats", "day", "why"),
    [(1, DAY, EndedBecause.OFFER_CHANGED), (2, date(2026, 6, 4), EndedBecause.OFFER_CHANGED), (2, DAY, None)],
    ids=["one seat less than agreed", "another day", "nothing of it"],
)
def test_why_a_changed_offer_ends_a_ride_is_kept(story: Story, seats: int, day: date, why: EndedBecause | None) -> None:
    story.ask(seats=2)
    schedule = OneDay(day)
    story.registry.change(ANNA, OfferId("morning"), lambda one: replace(one, seats=seats, schedule=schedule))
    assert story.why() is why
