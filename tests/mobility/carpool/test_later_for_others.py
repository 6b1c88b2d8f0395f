"""A wait that is agreed with one passenger is a wait for everybody who gets in or out after it: Anna drives from
Plouhinec at 7:40 by Merlevenez at 7:50 to Lorient at 8:05, and waits ten minutes at the most."""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from zoneinfo import ZoneInfo

import pytest

from mobility.carpool.booking import BookingId, Side
from mobility.carpool.bookings import booking_of, seats_on
from mobility.carpool.lateness import lateness
from mobility.carpool.offer import MeetingPoint, Offer, OfferId, Seated, Waypoint
from mobility.carpool.registry import Registry
from mobility.carpool.rides import ride_of
from mobility.carpool.span import AskedStretch, span_at
from mobility.errors import InvalidQuery
from tests.mobility.carpool.agreed import CHLOE, DAY, MIDWAY, S, Story, an_ask
from tests.mobility.carpool.conftest import ANNA, LORIENT, PLOUHINEC
from tests.mobility.carpool.rides import offer, shared, told
from tests.mobility.carpool.test_agreements import booked_times
from tests.town import ZONE as TOWN_ZONE
from tests.town import moment


@pytest.fixture
def story(registry: Registry) -> Story:
    return Story(registry)


def wait(story: Story, minutes: int, *points: MeetingPoint, name: str = "waits") -> None:
    """Brian asks to be waited for, and Anna accepts."""
    story.agreements.ask(replace(an_ask(name, *points), wait_s=60 * minutes))
    story.become(S.CONFIRMED, name=name)


def accepted(story: Story, name: str, *points: MeetingPoint) -> None:
    story.ask(name, *points, who=CHLOE)
    story.become(S.CONFIRMED, name=name)
    story.told()


def test_who_asks_after_a_wait_was_agreed_is_told_the_later_times(story: Story) -> None:
    wait(story, 5, PLOUHINEC, MIDWAY)
    story.ask("after", MIDWAY, LORIENT, who=CHLOE)
    assert booked_times(story, "waits") == "07:45 > 07:55"
    assert booked_times(story, "after") == "07:55 > 08:11", "one of them for the way to Merlevenez"


def test_what_is_looked_at_before_an_ask_has_the_same_times(story: Story) -> None:
    wait(story, 5, PLOUHINEC, MIDWAY)
    seen = ride_of(story.agreements, OfferId("morning"), AskedStretch(DAY, MIDWAY.id, LORIENT.id))
    assert (seen.span.pickup_at, seen.span.arrives_at) == (moment("2026-06-03 7:55"), moment("2026-06-03 8:11"))
    assert seen.later_s == 300, "Anna may come five minutes later still"


def test_who_gets_out_before_the_wait_has_the_times_of_the_offer(story: Story) -> None:
    wait(story, 5, MIDWAY, LORIENT)
    story.ask("before", PLOUHINEC, MIDWAY, who=CHLOE)
    assert booked_times(story, "before") == "07:40 > 07:50"


def test_who_has_a_seat_already_is_moved_when_the_wait_is_agreed_and_told(story: Story) -> None:
    accepted(story, "before", MIDWAY, LORIENT)
    story.agreements.ask(replace(an_ask("waits"), wait_s=300))
    assert (booked_times(story, "before"), story.told()) == ("07:50 > 08:06", ["anna: asked", "brian: asked"])
    story.become(S.CONFIRMED, name="waits")
    assert booked_times(story, "before") == "07:55 > 08:11"
    assert story.told() == ["anna: confirmed", "anna: moved", "brian: confirmed", "chloe: moved"]


def test_a_wait_that_is_refused_moves_nobody(story: Story) -> None:
    accepted(story, "before", MIDWAY, LORIENT)
    story.agreements.ask(replace(an_ask("waits"), wait_s=300))
    story.become(S.REFUSED, name="waits")
    assert booked_times(story, "before") == "07:50 > 08:06"
    assert "chloe: moved" not in story.told()


def test_nobody_who_has_a_seat_is_delayed_by_more_than_five_minutes(story: Story) -> None:
    """Chloe gets in at Merlevenez at 7:50: a wait of six minutes at Plouhinec would bring the car at 7:56."""
    accepted(story, "before", MIDWAY, LORIENT)
    with pytest.raises(InvalidQuery, match="people who have a seat"):
        story.agreements.ask(replace(an_ask("waits"), wait_s=360))
    assert story.told() == []
    story.become(S.CANCELLED, Side.PASSENGER, "before")
    assert story.agreements.ask(replace(an_ask("waits"), wait_s=360)).status is S.ASKED


def test_who_got_out_before_is_delayed_by_nothing(story: Story) -> None:
    accepted(story, "before", PLOUHINEC, MIDWAY)
    assert story.agreements.ask(replace(an_ask("waits", MIDWAY, LORIENT), wait_s=600)).status is S.ASKED


def test_a_detour_that_is_agreed_moves_who_had_a_seat_before_it(story: Story) -> None:
    """Merlevenez is a minute off the way; who rides past it is in Lorient a minute later."""
    accepted(story, "before", PLOUHINEC, LORIENT)
    assert booked_times(story, "before") == "07:40 > 08:05"
    story.ask("off the way", MIDWAY, LORIENT)
    story.become(S.CONFIRMED, name="off the way")
    assert booked_times(story, "before") == "07:40 > 08:06"
    assert "chloe: moved" in story.told()


def test_two_waits_on_one_drive_are_not_added_up(story: Story) -> None:
    """Who is waited for at Plouhinec until 7:45 is at Merlevenez at 7:55: a wait until 7:54 there is none."""
    wait(story, 5, PLOUHINEC, MIDWAY)
    story.agreements.ask(replace(an_ask("second", MIDWAY, LORIENT), wait_s=240, passenger=CHLOE))
    assert booked_times(story, "second") == "07:55 > 08:11"


def test_a_driver_who_changes_the_time_keeps_the_wait_for_everybody(story: Story) -> None:
    wait(story, 5, PLOUHINEC, MIDWAY)
    accepted(story, "after", MIDWAY, LORIENT)
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, languages=("br",)))
    assert story.told() == []
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, departure=time(7, 42)))
    assert [booked_times(story, name) for name in ("waits", "after")] == ["07:47 > 07:57", "07:57 > 08:13"]


def test_the_times_that_were_told_stand_when_the_wait_is_given_up(story: Story) -> None:
    """Chloe was told 7:55, and nobody says anything else to her."""
    wait(story, 5, PLOUHINEC, MIDWAY)
    accepted(story, "after", MIDWAY, LORIENT)
    story.become(S.CANCELLED, Side.PASSENGER, "waits")
    assert booked_times(story, "after") == "07:55 > 08:11"
    with story.store.reading() as connection:
        (held,) = seats_on(connection, OfferId("morning"), DAY, story.now)
        assert booking_of(connection, BookingId("after")).span.pickup_at == held.pickup_at


ROW = "A 0 0, B 10 0, C 20 0, D 30 0"
BUSES = """
    Bus1
    C     D
    8:20  8:40
    8:50  9:10

    Bus2
    A     B     C
    6:00  6:20  6:40
    """
MORNING = offer("Anna", "A 7:40 > B 7:55 > C 8:10", flexible_s=600)


def waited_for(minutes: int, pickup: int, drop_off: int) -> Seated:
    says = moment("2026-06-03 7:40") + MORNING.waypoints[pickup].after_s
    return Seated(MORNING.id, DAY, 1, pickup, drop_off, says + 60 * minutes)


def test_the_search_tells_the_times_with_the_wait_of_another() -> None:
    territory, listed = shared([MORNING], ROW, BUSES)
    assert told(territory, "B", "C", "2026-06-03 7:30") == ["Carpool B 7:55 > C 8:10"]
    listed.seat(waited_for(5, 0, 1))
    assert told(territory, "B", "C", "2026-06-03 7:30") == ["Carpool B 8:00 > C 8:15"]


def test_the_bus_that_is_missed_for_the_wait_of_another_is_not_promised() -> None:
    """Ten minutes for changing: at 8:10 one meets the bus of 8:20, at 8:15 that of 8:50."""
    territory, listed = shared([MORNING], ROW, BUSES)
    assert told(territory, "B", "D", "2026-06-03 7:30") == ["Carpool B 7:55 > C 8:10 | Bus1 C 8:20 > D 8:40"]
    listed.seat(waited_for(5, 0, 1))
    assert told(territory, "B", "D", "2026-06-03 7:30") == ["Carpool B 8:00 > C 8:15 | Bus1 C 8:50 > D 9:10"]


@pytest.mark.parametrize(("comes", "ride"), [("7:45", ["Carpool A 7:45 > B 8:00"]), ("7:46", [])])
def test_who_comes_later_than_others_would_wait_is_shown_no_ride(comes: str, ride: list[str]) -> None:
    """Anna waits a quarter of an hour, but somebody gets in at B at 7:55."""
    patient = replace(MORNING, flexible_s=900)
    territory, listed = shared([patient], ROW, BUSES)
    when = f"2026-06-03 {comes}"
    assert told(territory, "A", "B", when, window_s=3600) == [f"Carpool A {comes} > B 8:0{int(comes[-1]) - 5}"]
    listed.seat(waited_for(0, 1, 2))
    assert told(territory, "A", "B", when, window_s=3600) == ride


def off_the_way(detour_s: int) -> Offer:
    first, second, third = MORNING.waypoints
    return replace(MORNING, waypoints=(first, Waypoint(second.meeting_point, 900, 15_000, detour_s), third))


def test_a_wait_takes_in_the_detours_before_it() -> None:
    """Four minutes off the way at B, where somebody gets in: at C one is four minutes later, not nine."""
    made, starts_at = off_the_way(240), moment("2026-06-03 7:40")
    held = [Seated(made.id, DAY, 1, 1, 2)]
    assert lateness(made, held, starts_at).arrives_s == (0, 0, 240)
    held.append(Seated(made.id, DAY, 1, 0, 2, starts_at + 300))
    assert lateness(made, held, starts_at).leaves_s == (300, 300, 540)
    span = span_at(made, DAY, (0, 2), 1, ZoneInfo(TOWN_ZONE), held)
    assert (span.pickup_at, span.arrives_at) == (moment("2026-06-03 7:45"), moment("2026-06-03 8:19"))
