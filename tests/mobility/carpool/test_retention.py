"""The clock moves on, and what is no longer needed is gone: from every query, and from the bytes on the disk."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from sqlalchemy import Table, func, select, update

from mobility.carpool.accounts import Accounts, Newcomer, erase_account
from mobility.carpool.aftermath import note_time
from mobility.carpool.agreements import Agreements, Ask, BookingRules
from mobility.carpool.booking import BookingId, BookingStatus, Side
from mobility.carpool.booking_tables import BOOKING_COUNTS, BOOKINGS, LETTERS, MESSAGES, WANTED
from mobility.carpool.draft import confirmed
from mobility.carpool.offer import AccountId, MeetingPoint, OfferStatus, PointKind, Weekly
from mobility.carpool.registry import Registry
from mobility.carpool.retention import LAST_NOTICE_S, LapseWarning, Reminder, give_notices, give_reminders, rules
from mobility.carpool.sealing import Sealing
from mobility.carpool.tables import ACCOUNTS, BUCKETS, ERASED_OFFERS, OFFERS, SESSIONS, SIGN_INS
from mobility.carpool.wanted import WantedRide, publish_wanted
from mobility.errors import MailUnavailable
from mobility.geo import Point
from mobility.storage.metadata import METADATA
from mobility.storage.retention import run
from mobility.storage.store import Store
from tests.mobility.carpool.conftest import ANNA, BRIAN, LORIENT, PLOUHINEC, ZONE, add_account, an_offer
from tests.storage import bytes_on_disk
from tests.town import moment

DAY = 86_400
SEALING = Sealing("a secret of at least thirty-two characters")
NOW = moment("2026-06-02 12:00")
NAME = "Parking derrière la Salle Zanflamme"


def left(store: Store, table: Table) -> int:
    with store.reading() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def newcomer(store: Store, email: str = "anna@example.org") -> AccountId:
    accounts = Accounts(store, SEALING)
    return accounts.sign_in(accounts.code(email, "fr", NOW), Newcomer("Anna Zanflamme", True), NOW).account


def erased(store: Store, now: int, with_notices: bool = True) -> dict[str, int]:
    return {one.rule: one.count for one in run(store, rules(with_notices=with_notices), now) if one.count}


def test_an_offer_of_one_day_goes_two_days_after_the_drive(registry: Registry, store: Store) -> None:
    registry.publish([an_offer(day="2026-06-03")])
    ended = moment("2026-06-03 7:40") + 600 + 1500
    assert erased(store, ended + 2 * DAY - 1, False) == {}
    assert erased(store, ended + 2 * DAY, False) == {"offers": 1}
    assert left(store, OFFERS) == 0


def test_a_withdrawn_offer_can_be_taken_back_for_two_days(registry: Registry, store: Store) -> None:
    offer = registry.publish([an_offer(day="2026-07-03")])[0]
    registry.become(ANNA, offer.id, OfferStatus.WITHDRAWN, NOW)
    assert erased(store, NOW + 2 * DAY - 1, False) == {}
    assert erased(store, NOW + 2 * DAY, False) == {"offers": 1}


def test_a_weekly_offer_goes_when_nobody_confirms_it(registry: Registry, store: Store) -> None:
    weekly = Weekly(frozenset({0}), date(2026, 6, 1), date(2026, 12, 2))
    registry.publish([replace(an_offer(), schedule=weekly)])
    assert erased(store, moment("2026-12-04 8:00"), False) == {}
    assert erased(store, moment("2026-12-04 9:00"), False) == {"offers": 1}


@pytest.mark.own_database
def test_no_byte_of_an_erased_offer_or_account_is_left(store: Store) -> None:
    driver = newcomer(store)
    place = MeetingPoint("x", NAME, Point(47.7, -3.3), PointKind.CONFIGURED)
    Registry(store, ZONE).publish([replace(an_offer(driver=driver), start=place)])
    run(store, (), NOW)
    before = bytes_on_disk(store)
    assert b"Zanflamme" in before
    assert driver.encode() in before
    assert erased(store, NOW + 731 * DAY, False)["accounts"] == 1
    after = bytes_on_disk(store)
    for trace in (b"Zanflamme", driver.encode()):
        assert trace not in after


def shared_ride(store: Store) -> Agreements:
    """Anna agrees to take Brian along on 3 June; they write, and Brian looks for a ride back."""
    for account in (ANNA, BRIAN):
        add_account(store, account)
    registry = Registry(store, ZONE)
    (offer,) = registry.publish([an_offer(day="2026-06-03")])
    agreements = Agreements(store, BookingRules(ZONE, 3600, frozenset()), lambda: NOW)
    asked = Ask(BookingId("b"), offer.id, date(2026, 6, 3), PLOUHINEC.id, LORIENT.id, 2, BRIAN, "Zanflamme attend")
    agreements.ask(asked)
    agreements.become(BookingId("b"), BookingStatus.CONFIRMED, Side.DRIVER)
    ride = WantedRide(
        "w", BRIAN, LORIENT, PLOUHINEC, frozenset(), date(2026, 6, 3), date(2026, 6, 3), time(17), 1, 1500, 18_000, NOW
    )
    with store.writing() as connection:
        publish_wanted(connection, ride)
    return agreements


def test_a_ride_is_kept_for_a_year_and_then_only_counted(store: Store) -> None:
    agreements = shared_ride(store)
    note_time(store, agreements.now() + DAY)
    arrived = moment("2026-06-03 7:40") + 1500
    assert "bookings" not in erased(store, arrived + 365 * DAY - 1, False)
    assert erased(store, arrived + 365 * DAY, False)["bookings"] == 1
    with store.reading() as connection:
        assert connection.execute(select(BOOKING_COUNTS)).all() == [("2026-06", "done", 1, 2)]


def test_messages_go_after_90_days_and_wanted_rides_two_days_after_the_last(store: Store) -> None:
    shared_ride(store)
    assert erased(store, NOW + 3 * DAY, False) == {"offers": 1}
    assert erased(store, NOW + 4 * DAY, False) == {"wanted rides": 1}
    assert erased(store, NOW + 90 * DAY - 1, False)["letters"] == 5
    assert erased(store, NOW + 90 * DAY, False)["messages"] == 1
    assert [left(store, table) for table in (MESSAGES, LETTERS, WANTED, BOOKINGS)] == [0, 0, 0, 1]


@pytest.mark.own_database
def test_no_byte_of_an_erased_ride_is_left(store: Store) -> None:
    shared_ride(store)
    run(store, (), NOW)
    assert all(trace in bytes_on_disk(store) for trace in (b"Zanflamme attend", b"Plouhinec Bourg"))
    erased(store, NOW + 400 * DAY, False)
    after = bytes_on_disk(store)
    assert not any(trace in after for trace in (b"Zanflamme attend", b"Plouhinec Bourg"))


def test_who_leaves_is_in_no_row_any_more(store: Store) -> None:
    shared_ride(store)
    with store.writing() as connection:
        erase_account(connection, BRIAN, NOW)
    with store.reading() as connection:
        kept = str([list(connection.execute(select(table))) for table in METADATA.sorted_tables])
    assert "brian" not in kept.lower()
    assert "anna" in kept


def test_codes_sessions_buckets_and_traces_go_when_they_expire(registry: Registry, store: Store) -> None:
    newcomer(store)
    Accounts(store, SEALING).code("brian@example.org", "fr", NOW)
    registry.publish([an_offer(day="2026-06-03")])
    with store.writing() as connection:
        connection.execute(BUCKETS.insert().values(subject_hash="x", tokens=1, filled_at=NOW))
    erased(store, NOW + 20 * DAY, False)
    assert left(store, ERASED_OFFERS) == 1
    erased(store, NOW + 40 * DAY, False)
    assert [left(store, table) for table in (SIGN_INS, SESSIONS, BUCKETS, ERASED_OFFERS)] == [0, 0, 0, 0]
    assert left(store, ACCOUNTS) == 3


def test_an_inactive_account_gets_two_notices_and_then_goes(store: Store) -> None:
    newcomer(store)
    accounts, told = Accounts(store, SEALING), list[LapseWarning]()
    timeline = {days: give_notices(accounts, told.append, NOW + days * DAY) for days in (547, 548, 600, 700, 720)}
    assert timeline == {547: 0, 548: 1, 600: 0, 700: 1, 720: 0}
    assert [(one.number, one.days_left, one.account.email) for one in told] == [
        (1, 182, "anna@example.org"),
        (2, 30, "anna@example.org"),
    ]
    assert "accounts" not in erased(store, NOW + 730 * DAY - 1)
    assert erased(store, NOW + 730 * DAY)["accounts"] == 1
    assert left(store, ACCOUNTS) == 0


def test_no_account_goes_before_its_owner_was_told_twice(store: Store) -> None:
    newcomer(store)
    accounts = Accounts(store, SEALING)

    def refuse(notice: LapseWarning) -> None:
        raise MailUnavailable("the mail server refuses")

    assert give_notices(accounts, refuse, NOW + 800 * DAY) == 0
    assert "accounts" not in erased(store, NOW + 800 * DAY)
    assert give_notices(accounts, lambda _: None, NOW + 801 * DAY) == 1
    assert give_notices(accounts, lambda _: None, NOW + 802 * DAY) == 1
    assert "accounts" not in erased(store, NOW + 802 * DAY + LAST_NOTICE_S - 1)
    assert erased(store, NOW + 802 * DAY + LAST_NOTICE_S)["accounts"] == 1


def test_who_comes_back_after_a_notice_stays(store: Store) -> None:
    account = newcomer(store)
    accounts = Accounts(store, SEALING)
    give_notices(accounts, lambda _: None, NOW + 600 * DAY)
    accounts.sign_in(accounts.code("anna@example.org", "fr", NOW + 601 * DAY), Newcomer(), NOW + 601 * DAY)
    assert "accounts" not in erased(store, NOW + 731 * DAY, False)
    with store.reading() as connection:
        assert connection.scalar(select(ACCOUNTS.c.notices).where(ACCOUNTS.c.id == account)) == 0


def test_a_driver_is_reminded_once_that_a_weekly_offer_ends(store: Store) -> None:
    registry, accounts, told = Registry(store, ZONE), Accounts(store, SEALING), list[Reminder]()
    weekly = Weekly(frozenset({0}), date(2026, 6, 3), date(2026, 12, 2))
    offer = replace(an_offer(driver=newcomer(store)), schedule=weekly)
    registry.publish([offer, replace(an_offer("once", "2026-12-02"), driver=offer.driver)])
    timeline = {
        day: give_reminders(accounts, told.append, moment(f"{day} 12:00"))
        for day in ("2026-11-18", "2026-11-19", "2026-11-20")
    }
    assert timeline == {"2026-11-18": 1, "2026-11-19": 0, "2026-11-20": 0}
    assert [(one.account.email, one.offer.id) for one in told] == [("anna@example.org", offer.id)]
    registry.change(offer.driver, offer.id, lambda one: confirmed(one, date(2026, 11, 20)))
    assert give_reminders(accounts, told.append, moment("2027-05-15 12:00")) == 1


@pytest.mark.parametrize("table", [OFFERS, SESSIONS])
def test_what_hangs_on_an_account_goes_with_it(registry: Registry, store: Store, table: Table) -> None:
    driver = newcomer(store)
    registry.publish([an_offer(driver=driver, day="2029-06-03")])
    with store.writing() as connection:
        connection.execute(update(SESSIONS).values(expires_at=NOW + 9000 * DAY))
    erased(store, NOW + 731 * DAY, False)
    assert left(store, table) == 0
