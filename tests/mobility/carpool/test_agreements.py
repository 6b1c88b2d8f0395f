"""Two people agree on a ride, or do not. On SQLite and on PostgreSQL."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

import pytest

from mobility.carpool.aftermath import note_time
from mobility.carpool.booking import BookingId, PartnerId, PartnerUser, Side
from mobility.carpool.bookings import booking_of, bookings_with
from mobility.carpool.letters import send_due
from mobility.carpool.live_store import StoredOffers
from mobility.carpool.messages import messages_about
from mobility.carpool.offer import OfferId, Weekly
from mobility.carpool.partner_acts import move_on
from mobility.carpool.registry import Registry
from mobility.errors import InvalidQuery, NotFound, OfferFull, WrongState
from tests.mobility.carpool.agreed import CHLOE, MIDWAY, S, Story, an_ask, by_way
from tests.mobility.carpool.conftest import ANNA, BRIAN, LORIENT, PLOUHINEC, ZONE
from tests.town import moment

DOM = PartnerUser(PartnerId("p"), "u1", "covoit.example.org", "Dom")


@pytest.fixture
def story(registry: Registry) -> Story:
    return Story(registry)


def test_an_ask_is_accepted_ridden_and_done(story: Story) -> None:
    assert story.ask() is S.ASKED
    assert story.told() == ["anna: asked", "brian: asked"]
    assert story.become(S.CONFIRMED) is S.CONFIRMED
    assert story.told() == ["anna: confirmed", "brian: confirmed"]
    story.now = moment("2026-06-03 8:05")
    assert note_time(story.store, story.now) == 1
    assert (story.status(), story.told()) == (S.DONE, [])


def test_an_ask_is_refused_and_its_seat_is_free_again(story: Story) -> None:
    story.ask(seats=2)
    with pytest.raises(OfferFull):
        story.ask("second", who=CHLOE)
    story.become(S.REFUSED)
    assert story.ask("second", who=CHLOE) is S.ASKED
    assert story.told() == [
        "anna: asked",
        "anna: asked",
        "anna: refused",
        "brian: asked",
        "brian: refused",
        "chloe: asked",
    ]


def test_an_ask_that_nobody_answers_expires_and_frees_its_seat(story: Story) -> None:
    story.ask(seats=2)
    story.told()
    story.now = moment("2026-06-03 7:40")
    assert note_time(story.store, story.now) == 1
    assert note_time(story.store, story.now) == 0
    assert (story.status(), story.told()) == (S.EXPIRED, ["anna: expired", "brian: expired"])
    with pytest.raises(WrongState):
        story.become(S.CONFIRMED)


def test_an_ask_that_has_run_out_cannot_be_accepted_even_before_that_is_noted(story: Story) -> None:
    story.ask(seats=2)
    story.now = moment("2026-06-03 7:40")
    with pytest.raises(WrongState, match="expired"):
        story.become(S.CONFIRMED)


def booked_times(story: Story, name: str = "first") -> str:
    with story.store.reading() as connection:
        span = booking_of(connection, BookingId(name)).span
    return " > ".join(f"{datetime.fromtimestamp(at, ZONE):%H:%M}" for at in (span.pickup_at, span.arrives_at))


def test_a_driver_is_booked_for_the_time_that_the_passenger_was_told(story: Story) -> None:
    """Anna leaves Plouhinec at 7:40, is in Lorient at 8:05, and waits ten minutes at the most."""
    story.agreements.ask(replace(an_ask("first"), wait_s=300))
    assert booked_times(story) == "07:45 > 08:10"
    with pytest.raises(InvalidQuery, match="wait"):
        story.agreements.ask(replace(an_ask("second"), wait_s=660, passenger=CHLOE))


def test_who_gets_in_off_the_way_is_booked_to_arrive_so_much_later(story: Story) -> None:
    """Merlevenez is a minute off the way; who gets in there after somebody who does sits in the same car."""
    for name, who in (("first", BRIAN), ("second", CHLOE)):
        story.ask(name, MIDWAY, LORIENT, who=who)
    assert [booked_times(story, name) for name in ("first", "second")] == ["07:50 > 08:06", "07:50 > 08:06"]


def test_a_driver_who_changes_something_else_still_waits_as_agreed(story: Story) -> None:
    story.agreements.ask(replace(an_ask("first", MIDWAY), wait_s=300))
    story.told()
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, languages=("br",)))
    assert (booked_times(story), story.told()) == ("07:55 > 08:11", [])
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, departure=time(7, 42)))
    assert (booked_times(story), story.told()) == ("07:57 > 08:13", ["anna: moved", "brian: moved"])


def test_a_driver_who_does_not_wait_so_long_any_more_comes_sooner_and_both_are_told(story: Story) -> None:
    story.agreements.ask(replace(an_ask("first"), wait_s=300))
    story.told()
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, flexible_s=120))
    assert (booked_times(story), story.told()) == ("07:42 > 08:07", ["anna: moved", "brian: moved"])


def test_either_side_cancels_and_both_are_told(story: Story) -> None:
    story.ask()
    story.become(S.CONFIRMED)
    story.told()
    assert story.become(S.CANCELLED, Side.PASSENGER) is S.CANCELLED
    assert story.told() == ["anna: cancelled", "brian: cancelled"]
    assert story.become(S.CANCELLED, Side.PASSENGER) is S.CANCELLED
    assert story.told() == []


@pytest.mark.parametrize("at_once", [True, False], ids=["before a letter leaves", "letter by letter"])
def test_asking_and_giving_up_again_and_again_mails_the_driver_once(story: Story, at_once: bool) -> None:
    told = list[str]()
    for number in range(24):
        story.agreements.ask(replace(an_ask(f"ask {number}"), text="Bonjour" if number else ""))
        told += [] if at_once else story.told()
        story.become(S.CANCELLED, Side.PASSENGER, f"ask {number}")
        told += [] if at_once else story.told()
    assert sorted(told + story.told()) == ["anna: asked", "brian: asked", "brian: cancelled"]


def test_asks_for_many_days_that_are_given_up_mail_the_driver_three_times(story: Story) -> None:
    weekly = Weekly(frozenset(range(7)), date(2026, 6, 3), date(2026, 7, 3))
    story.registry.publish([replace(by_way(), id=OfferId("daily"), schedule=weekly, departure=time(18))])
    for number in range(6):
        day = date(2026, 6, 4 + number)
        story.agreements.ask(replace(an_ask(f"ask {number}"), offer=OfferId("daily"), day=day))
        story.become(S.CANCELLED, Side.PASSENGER, f"ask {number}")
    assert story.told().count("anna: asked") == 3


def test_a_partner_whose_passenger_asks_again_and_again_mails_the_driver_once(story: Story) -> None:
    told = list[str]()
    for number in range(5):
        story.agreements.ask(replace(an_ask(f"ask {number}"), passenger=DOM))
        move_on(story.agreements, PartnerId("p"), BookingId(f"ask {number}"), S.CANCELLED, "Désolé")
        told += story.told()
    assert told == ["anna: asked", "anna: message"]


def test_who_asks_again_after_the_driver_moved_away_is_heard(story: Story) -> None:
    story.ask()
    story.registry.change(ANNA, OfferId("morning"), lambda offer: replace(offer, departure=time(9)))
    story.told()
    story.ask("second")
    assert story.told() == ["anna: asked", "brian: asked"]


def test_a_passenger_cannot_accept_for_the_driver(story: Story) -> None:
    story.ask()
    with pytest.raises(WrongState):
        story.become(S.CONFIRMED, Side.PASSENGER)


def test_who_gets_out_makes_room(story: Story) -> None:
    story.ask("to Merlevenez", PLOUHINEC, MIDWAY, seats=2)
    assert story.ask("from Merlevenez", MIDWAY, LORIENT, who=CHLOE, seats=2) is S.ASKED
    with pytest.raises(OfferFull):
        story.agreements.ask(replace(an_ask("all the way"), passenger=DOM))


def test_the_price_is_by_the_share_of_the_way(story: Story) -> None:
    story.ask("to Merlevenez", PLOUHINEC, MIDWAY, seats=2)
    with story.store.reading() as connection:
        span = booking_of(connection, BookingId("to Merlevenez")).span
    assert (span.price_cents, span.distance_m) == (100, 6000)
    assert (span.pickup_at, span.arrives_at) == (moment("2026-06-03 7:40"), moment("2026-06-03 7:50"))


@pytest.mark.parametrize(
    ("changed", "fault"),
    [
        ({"day": date(2026, 6, 4)}, InvalidQuery),
        ({"passenger": ANNA}, InvalidQuery),
        ({"get_in": "nowhere"}, NotFound),
        ({"get_in": LORIENT.id, "get_out": PLOUHINEC.id}, NotFound),
        ({"offer": OfferId("none")}, NotFound),
        ({"seats": 3}, OfferFull),
    ],
)
def test_what_cannot_be_ridden_cannot_be_asked_for(story: Story, changed: dict[str, object], fault: type) -> None:
    with pytest.raises(fault):
        story.agreements.ask(replace(an_ask("first"), **changed))  # type: ignore[arg-type]
    assert story.told() == []


def test_the_search_hears_of_each_seat(story: Story) -> None:
    live = StoredOffers(story.store, lambda: story.now, story.bound.seats_held)
    seen = live.revision()
    story.ask(seats=2)
    changes = live.since(seen)
    assert [(one.seats, one.pickup, one.drop_off) for one in changes.seated] == [(2, 0, 2)]
    story.become(S.REFUSED)
    assert live.since(changes.revision).seated == ()


def test_messages_pass_between_the_two_and_nobody_is_named(story: Story) -> None:
    story.agreements.ask(replace(an_ask("first"), text="Le siège arrière me va"))
    story.told()
    story.agreements.write(BookingId("first"), Side.DRIVER, "À demain")
    assert story.told() == ["brian: message"]
    with story.store.reading() as connection:
        texts = [(message.sender, message.text) for message in messages_about(connection, BookingId("first"))]
    assert texts == [("brian", "Le siège arrière me va"), ("anna", "À demain")]


def test_a_refused_passenger_writes_no_more(story: Story) -> None:
    story.ask()
    story.become(S.REFUSED)
    with pytest.raises(WrongState):
        story.agreements.write(BookingId("first"), Side.PASSENGER, "Pourquoi ?")


def test_a_letter_that_cannot_be_sent_is_tried_again(story: Story) -> None:
    story.ask()
    assert send_due(story.store, lambda letter: False, story.now) == 0
    assert story.told() == []
    story.now += 60
    assert story.told() == ["anna: asked", "brian: asked"]


def test_a_partners_passenger_is_known_by_alias_and_told_by_the_partner(story: Story) -> None:
    theirs = PartnerUser(PartnerId("p"), "u1", "covoit.example.org", "Dom")
    assert story.agreements.ask(replace(an_ask("first"), passenger=theirs)).passenger == theirs
    assert story.told() == ["anna: asked"]
    with story.store.reading() as connection:
        assert [booking.passenger for booking in bookings_with(connection, ANNA)] == [theirs]
