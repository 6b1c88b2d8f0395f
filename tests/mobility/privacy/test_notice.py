"""A notice says what is done for one request: no more, and no less."""

from __future__ import annotations

from dataclasses import replace

from mobility.privacy.notice import Responsible, Wording, notice
from mobility.privacy.register import ACCOUNT, BOOKING, FAIR_USE, NOTHING, OFFER, REGISTER, SESSION, TRIP, Recipient

RESPONSIBLE = Responsible("The town", "privacy@example.org")
TOLD = {
    "summary": "{id} is summed up",
    "sentence": "{id} in one sentence",
    "stored": "{id} is stored",
    "until": "{id} for {{session_days}} days",
}
WORDING = Wording(
    "en",
    {one.id: {what: text.format(id=one.id) for what, text in TOLD.items()} for one in REGISTER},
    {"recipient": {who: f"to {who}" for who in Recipient}, "together": {"trip_fair_use": "both in one sentence"}},
)


def test_a_request_that_stores_nothing_says_so() -> None:
    told = notice([TRIP], WORDING, RESPONSIBLE)
    assert (told.summary, told.processings, told.stored) == ("trip is summed up", ("trip",), "trip is stored")


def test_what_people_read_first_is_one_sentence_of_what_the_request_is_for() -> None:
    assert notice([TRIP], WORDING, RESPONSIBLE).sentence == "trip in one sentence"
    assert notice([OFFER, SESSION], WORDING, RESPONSIBLE).sentence == "offer in one sentence"


def test_where_something_beside_it_would_make_that_untrue_another_sentence_stands() -> None:
    assert notice([TRIP, FAIR_USE], WORDING, RESPONSIBLE).sentence == "both in one sentence"


def test_what_is_counted_in_memory_is_told_beside_what_is_not_kept() -> None:
    told = notice([TRIP, FAIR_USE], WORDING, RESPONSIBLE)
    assert told.stored == "trip is stored fair_use is stored"


def test_what_the_request_is_for_is_summed_up_and_all_that_is_stored_is_told() -> None:
    told = notice([OFFER, SESSION], WORDING, RESPONSIBLE)
    assert told.summary == "offer is summed up"
    assert told.stored == "offer is stored session is stored"
    assert told.until == "offer for 30 days session for 30 days"


def test_a_recipient_is_named_once_and_only_where_there_is_one() -> None:
    told = notice([ACCOUNT, BOOKING], WORDING, RESPONSIBLE)
    assert told.recipients == ("to counterpart", "to mail", "to operators")
    alone = replace(RESPONSIBLE, recipients=frozenset({Recipient.COUNTERPART}))
    assert notice([ACCOUNT, BOOKING], WORDING, alone).recipients == ("to counterpart",)


def test_the_version_changes_with_what_is_done_and_not_with_the_language() -> None:
    told = notice([OFFER], WORDING, RESPONSIBLE).version
    assert notice([OFFER], replace(WORDING, language="br"), RESPONSIBLE).version == told
    stored_more = replace(OFFER, tables=(*OFFER.tables, "copies"))
    elsewhere = replace(RESPONSIBLE, controller="Another town")
    to_fewer = replace(RESPONSIBLE, recipients=frozenset[Recipient]())
    versions = {
        told,
        notice([stored_more], WORDING, RESPONSIBLE).version,
        notice([OFFER], WORDING, elsewhere).version,
        notice([OFFER], WORDING, to_fewer).version,
    }
    assert len(versions) == 4


def test_what_is_switched_off_is_not_told() -> None:
    told = notice([TRIP], WORDING, replace(RESPONSIBLE, off=frozenset({TRIP.id})))
    assert told.processings == (NOTHING.id,)
