"""What people are called where everybody may look: understood for three days, by one look at the database."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import event

from mobility.carpool.offer import AccountId
from mobility.carpool.pseudonyms import Pseudonyms
from mobility.carpool.sealing import Sealing
from mobility.storage.store import Store
from tests.mobility.carpool.conftest import add_account

SEALING = Sealing("a secret of at least thirty-two characters")
TODAY = date(2026, 6, 3)
ACCOUNT = AccountId("0123456789abcdef")


def on(day: date) -> Pseudonyms:
    return Pseudonyms(SEALING, day)


def test_a_name_is_another_one_each_day_and_at_each_installation() -> None:
    names = [on(TODAY).of(ACCOUNT), on(date(2026, 6, 4)).of(ACCOUNT)]
    names += [Pseudonyms(Sealing("another secret of thirty-two characters"), TODAY).of(ACCOUNT)]
    names += [on(TODAY).of(AccountId("0123456789abcdee"))]
    assert len({name[:6] for name in names}) == 4
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)


@pytest.mark.parametrize(("day", "is_meant"), [(3, True), (5, True), (6, False)])
def test_a_name_is_understood_for_three_days(day: int, is_meant: bool) -> None:
    assert on(date(2026, 6, day)).means(on(TODAY).of(ACCOUNT), ACCOUNT) is is_meant


def test_whose_name_it_is_costs_one_question_however_many_accounts_there_are(store: Store) -> None:
    """Of the account's id, too; of a name that is nobody's it is the name itself."""
    ours = [AccountId(f"{number:016x}") for number in range(3)]
    for account in ours:
        add_account(store, account)
    asked: list[str] = []
    event.listen(store.engine, "before_cursor_execute", lambda *told: asked.append(told[2]))
    with store.reading() as connection:
        asked.clear()
        for account in ours:
            assert on(date(2026, 6, 5)).find(connection, on(TODAY).of(account)) == account
        assert len(asked) == 3
        assert all("WHERE" in one for one in asked)
        assert on(TODAY).find(connection, ours[0]) == ours[0]
        for name in ("nobody", "f" * 32, on(date(2026, 5, 1)).of(ours[0])):
            assert on(TODAY).find(connection, name) == name
