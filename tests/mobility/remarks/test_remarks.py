"""Remarks in the database: written once, hidden until an operator looks, counted from then on, gone after 90 days."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from mobility.clock import DAY_S
from mobility.errors import InvalidQuery, NotFound, TooMany
from mobility.remarks import remark_store
from mobility.remarks.remark import (
    Remark,
    RemarkAbout,
    RemarkEnding,
    RemarkKind,
    RemarkSubject,
    new_code,
    new_remark,
    read_code,
)
from mobility.remarks.remark_counts import remark_counts
from mobility.remarks.remark_store import Remarks, rules
from mobility.remarks.tables import REMARKS
from mobility.storage.store import Store
from tests.api.people import SEALING

NOW = 1_780_473_300
"""3 June 2026."""
STOP = RemarkSubject(RemarkAbout.STOP, "t_A", "A")


@pytest.fixture
def remarks(store: Store) -> Remarks:
    return Remarks(store, lambda code: SEALING.mark("remark", code))


def a_remark(text: str = "L’abri est cassé", subject: RemarkSubject = STOP) -> Remark:
    return new_remark(RemarkKind.DAMAGE, subject, text, NOW)


def test_who_wrote_it_finds_it_by_the_code_that_no_table_holds(remarks: Remarks) -> None:
    written = a_remark()
    code = remarks.add(written, "")
    assert remarks.of(code.lower().replace("-", " ")) == written
    with remarks.store.reading() as connection:
        rows = repr(connection.execute(select(REMARKS)).all())
    assert code not in rows and code.replace("-", "") not in rows


def test_a_code_that_nobody_was_given_shows_nothing(remarks: Remarks) -> None:
    remarks.add(a_remark(), "")
    for typed in (new_code(), "", "K7QF", "' or 1=1 --"):
        with pytest.raises(NotFound):
            remarks.of(typed)


def test_it_is_new_until_an_operator_looks_and_counts_from_then_on_once(remarks: Remarks) -> None:
    code = remarks.add(a_remark(), "")
    id = remarks.of(code).id
    assert (remarks.of(code).state, remarks.unread(), remark_counts(remarks.store)) == ("new", 1, ())
    for later_s in (60, 120):
        remarks.look(id, NOW + later_s)
    assert (remarks.of(code).state, remarks.of(code).seen_at, remarks.unread()) == ("seen", NOW + 60, 0)
    assert [(one.month, one.kind, one.about, one.remarks) for one in remark_counts(remarks.store)] == [
        ("2026-06", "damage", "stop", 1)
    ]


def test_what_was_called_abuse_counts_no_longer_unless_somebody_thinks_better_of_it(remarks: Remarks) -> None:
    id = remarks.of(remarks.add(a_remark(), "")).id
    remarks.close(id, RemarkEnding.ABUSE, NOW)
    assert remark_counts(remarks.store) == ()
    remarks.close(id, RemarkEnding.DONE, NOW)
    assert [one.remarks for one in remark_counts(remarks.store)] == [1]


def test_the_code_shows_the_answer(remarks: Remarks) -> None:
    code = remarks.add(a_remark(), "")
    remarks.answer(remarks.of(code).id, "Réparé lundi. Guichet : 02 97 21 28 29", NOW + 60)
    told = remarks.of(code)
    assert (told.state, told.answer) == ("answered", "Réparé lundi. Guichet : 02 97 21 28 29")
    remarks.close(told.id, RemarkEnding.DONE, NOW + 120)
    assert (remarks.of(code).state, remarks.of(code).ending) == ("closed", RemarkEnding.DONE)


def test_an_answer_says_something(remarks: Remarks) -> None:
    id = remarks.of(remarks.add(a_remark(), "")).id
    for text in ("  ", "x" * 1001):
        with pytest.raises(InvalidQuery):
            remarks.answer(id, text, NOW)


def test_who_wrote_it_erases_it(remarks: Remarks) -> None:
    code = remarks.add(a_remark(), "")
    remarks.erase(code)
    with pytest.raises(NotFound):
        remarks.of(code)
    with pytest.raises(NotFound):
        remarks.erase(code)


def test_it_goes_after_90_days_and_the_counts_after_two_years(remarks: Remarks) -> None:
    code = remarks.add(a_remark(), "")
    remarks.answer(remarks.of(code).id, "Merci", NOW + 89 * DAY_S)

    def run(now: int) -> list[int]:
        with remarks.store.writing() as connection:
            return [rule.apply(connection, now) for rule in rules()]

    assert run(NOW + 90 * DAY_S - 1) == [0, 0]
    assert run(NOW + 90 * DAY_S) == [1, 0]
    assert len(remark_counts(remarks.store)) == 1
    assert run(NOW + 795 * DAY_S) == [0, 1]


def test_the_same_form_sent_twice_is_written_once(remarks: Remarks) -> None:
    draft = new_code()
    assert remarks.add(a_remark(), draft) == remarks.add(a_remark(), draft) == draft
    other = remarks.add(a_remark("Autre chose"), draft)
    assert other != draft and remarks.of(other).text == "Autre chose"
    assert len(remarks.every()) == 2


def test_two_taps_at_the_same_moment_are_one(remarks: Remarks) -> None:
    draft = new_code()
    with ThreadPoolExecutor(4) as several:
        codes = set(several.map(lambda _: remarks.add(a_remark(), draft), range(4)))
    assert (codes, len(remarks.every())) == ({draft}, 1)


def test_nobody_can_fill_the_database_while_no_operator_looks(
    remarks: Remarks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remark_store, "MOST_NEW", 2)
    first = remarks.add(a_remark("eins"), "")
    remarks.add(a_remark("zwei"), "")
    with pytest.raises(TooMany):
        remarks.add(a_remark("drei"), "")
    remarks.look(remarks.of(first).id, NOW)
    remarks.add(a_remark("drei"), "")
    assert [one.text for one in remarks.every()] == ["drei", "zwei", "eins"]


def test_open_ones_are_listed_before_closed_ones(remarks: Remarks) -> None:
    codes = [remarks.add(a_remark(text), "") for text in ("eins", "zwei", "drei")]
    remarks.close(remarks.of(codes[2]).id, RemarkEnding.NOTHING, NOW)
    assert [one.text for one in remarks.every()] == ["zwei", "eins", "drei"]


def test_at_most_500_characters_as_a_browser_counts_them() -> None:
    assert len(a_remark("é" * 498 + "\r\n" + "x").text) == 500
    with pytest.raises(InvalidQuery, match="500"):
        a_remark("x" * 501)


def test_another_kind_needs_words_and_the_others_need_none() -> None:
    assert new_remark(RemarkKind.SERVICE, STOP, " ", NOW).text == ""
    with pytest.raises(InvalidQuery, match="text"):
        new_remark(RemarkKind.OTHER, STOP, " ", NOW)


def test_what_is_kept_of_a_remark_and_its_trip_is_masked() -> None:
    subject = RemarkSubject(RemarkAbout.TRIP, trip="De chez anna@example.org à A")
    kept = new_remark(RemarkKind.ANSWER, subject, "Appelez 06 98 71 23 45, AB-123-CD", NOW)
    assert (kept.text, kept.subject.trip) == ("Appelez […], […]", "De chez […] à A")


def test_a_code_is_read_however_it_was_copied() -> None:
    code = new_code()
    assert read_code(f" {code.lower().replace('-', '')} ") == code
    assert {read_code("K7QF-2M9D"), read_code("I1LO-0000-0000-0000"), read_code("")} == {""}
    assert len({new_code() for _ in range(100)}) == 100
