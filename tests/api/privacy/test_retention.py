"""What is old goes: every table is filled as it was years ago, and one `hent retention run` leaves no person in any."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from api.carpool.carpooling import carpooling
from api.commands import main
from api.feeds import jobs
from api.feeds.jobs import JOBS
from api.retention import erase_what_is_due, rules
from api.web.storage import Kept
from mobility.carpool.accounts import Accounts, Newcomer
from mobility.carpool.agreements import Agreements, Ask, BookingRules
from mobility.carpool.booking import BookingId, PartnerId, Side
from mobility.carpool.limits import Limit, Limits
from mobility.carpool.offer import AccountId
from mobility.carpool.outside import OutsideBooking, put_outside
from mobility.carpool.partners import add_partner, revoke_partner
from mobility.carpool.registry import Registry, erase_offers
from mobility.carpool.wanted import WantedRide, publish_wanted
from mobility.clock import DAY_S
from mobility.live.delay_counts import DayKind, DelayCount, DelayKey, add_delays
from mobility.live.message_store import add_message
from mobility.live.messages import MessageCause, MessageEffect, OperatorMessage
from mobility.operators.jobs import Job, Order, Verb
from mobility.operators.log import Action, write_down
from mobility.operators.sessions import OperatorSessions
from mobility.operators.tokens import Operators, Role
from mobility.privacy.periods import HOUR_S, OPERATOR_S, TRACES_S
from mobility.remarks.remark import RemarkAbout, RemarkKind, RemarkSubject, new_remark
from mobility.remarks.remark_store import Remarks
from mobility.statistics.counts import CountedEnd, HourCount
from mobility.statistics.store import add_counts
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from mobility.storage.timers import claim
from tests.api.conftest import config
from tests.api.people import SEALING
from tests.api.test_config import MINIMAL
from tests.mobility.carpool.conftest import LORIENT, PLOUHINEC, ZONE, an_offer

NOW = int(time.time())
THEN = NOW - 3 * 365 * DAY_S
DAY = datetime.fromtimestamp(THEN + DAY_S, UTC).date()
OF_NOBODY = {"booking_counts", "revisions", "timers"}
"""Counts of months, a number that rises, when chores began."""


def sign_in(store: Store, email: str) -> AccountId:
    """And another code, which nobody uses."""
    accounts = Accounts(store, SEALING)
    code = accounts.code(email, "fr", THEN)
    accounts.code(f"un{email}", "fr", THEN)
    return accounts.sign_in(code, Newcomer("Anna", adult=True), THEN).account


def share_a_ride(store: Store, driver: AccountId, passenger: AccountId) -> None:
    offer, other = (replace(an_offer(name, DAY.isoformat()), driver=driver) for name in ("first", "second"))
    Registry(store, ZONE).publish([offer, other])
    agreements = Agreements(store, BookingRules(ZONE, HOUR_S, frozenset()), lambda: THEN)
    agreements.ask(Ask(BookingId("b"), offer.id, DAY, PLOUHINEC.id, LORIENT.id, 1, passenger, "Bonjour"))
    with store.writing() as connection:
        erase_offers(connection, [other], THEN)
        publish_wanted(connection, wanted(passenger, DAY))


def wanted(passenger: AccountId, day: date) -> WantedRide:
    at = an_offer().departure
    return WantedRide("w", passenger, PLOUHINEC, LORIENT, frozenset(), day, day, at, 1, 1500, 18_000, THEN)


def book_elsewhere(store: Store, account: AccountId) -> None:
    ends = (PLOUHINEC.point, LORIENT.point)
    told = ("x", account, "hash", Side.PASSENGER, "Erwan", "Other", THEN, *ends, "CONFIRMED", "", THEN)
    with store.writing() as connection:
        add_partner(connection, "Other", THEN)
        revoke_partner(connection, "Other", THEN)
        put_outside(connection, OutsideBooking(PartnerId("p"), *told))


def operate(store: Store) -> None:
    """Two who left: one was revoked, the other's token ended by itself."""
    operators = Operators(store)
    OperatorSessions(store).begin(operators.add("harbour", Role.LOAD, 400, THEN), THEN)
    operators.revoke("harbour", THEN)
    operators.add("island", Role.LOAD, 30, THEN)
    closed = OperatorMessage(
        "", MessageEffect.CANCELLED, MessageCause.WEATHER, THEN, THEN + 60, line="boat", by="island"
    )
    add_message(store, closed)
    write_down(store, Action("harbour", "load", "lorient"), THEN)


def remark(store: Store) -> None:
    remarks = Remarks(store, partial(SEALING.mark, "remark"))
    stop = RemarkSubject(RemarkAbout.STOP, "t_A", "A")
    code = remarks.add(new_remark(RemarkKind.DAMAGE, stop, "Anna dit que l’abri est cassé", THEN), "")
    remarks.look(remarks.of(code).id, THEN)


def fill(store: Store) -> None:
    driver, passenger = sign_in(store, "anna@example.org"), sign_in(store, "brian@example.org")
    share_a_ride(store, driver, passenger)
    book_elsewhere(store, passenger)
    operate(store)
    remark(store)
    Limits(store, SEALING).take(Limit("code", 3, HOUR_S), "192.0.2.1", THEN)
    claim(store, "retention", THEN, HOUR_S)
    with store.writing() as connection:
        add_counts(connection, [HourCount(THEN, "Plouhinec", CountedEnd.FROM, 6)])
        month = f"{datetime.fromtimestamp(THEN, UTC):%Y-%m}"
        add_delays(connection, [DelayCount(DelayKey(month, "boat", "Quai", 8, DayKind.WEEKDAY), 1)])


def filled_tables(store: Store) -> set[str]:
    with store.reading() as connection:
        tables = METADATA.tables.values()
        return {one.name for one in tables if connection.scalar(select(func.count()).select_from(one))}


def test_no_table_holds_a_person_once_everything_is_old(
    store: Store, store_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store)
    assert filled_tables(store) >= set(METADATA.tables) - OF_NOBODY, "a table that nothing here fills"
    settings = tmp_path / "config.toml"
    settings.write_text(MINIMAL)
    monkeypatch.setenv("HENT_STORAGE_URL", store_url)
    ran = CliRunner().invoke(main, ["retention", "run", "--config", str(settings), "--data", str(tmp_path / "data")])
    assert ran.exit_code == 0, ran.output
    assert filled_tables(store) == OF_NOBODY | {"erased_offers"}, "the run itself has told every process of an offer"
    erase_what_is_due(carpooling(config(), Kept(store, SEALING), lambda: NOW), tmp_path, NOW + TRACES_S + HOUR_S)
    assert filled_tables(store) == OF_NOBODY


def test_every_table_of_a_person_has_a_rule(store: Store) -> None:
    known = carpooling(config(), Kept(store, SEALING), lambda: NOW)
    ruled = {table.name for rule in rules(known) for table in rule.tables}
    assert ruled == set(METADATA.tables) - OF_NOBODY


def test_an_operator_is_named_until_the_last_line_of_the_log_has_gone(store: Store, tmp_path: Path) -> None:
    operators = Operators(store)
    for name in ("harbour", "quiet"):
        operators.add(name, Role.LOAD, 30, THEN)
    operators.add("in force", Role.LOAD, 400, NOW)
    write_down(store, Action("harbour", "load", "lorient"), NOW - OPERATOR_S + HOUR_S)
    erase_what_is_due(carpooling(config(), Kept(store, SEALING), lambda: NOW), tmp_path, NOW)
    assert [one.name for one in operators.everybody()] == ["harbour", "in force"]


def test_files_of_jobs_go_after_their_year_though_no_other_job_begins(store: Store, tmp_path: Path) -> None:
    (tmp_path / JOBS).mkdir()
    jobs.note(tmp_path, Job("0123", Order(Verb.LOAD, "lorient"), NOW, operator="harbour"))
    known = carpooling(config(), Kept(store, SEALING), lambda: NOW)
    erase_what_is_due(known, tmp_path, NOW + OPERATOR_S - HOUR_S)
    assert [one.operator for one in jobs.jobs(tmp_path)] == ["harbour"]
    erase_what_is_due(known, tmp_path, NOW + OPERATOR_S + HOUR_S)
    assert not list((tmp_path / JOBS).iterdir())
