"""What people are told by mail of a ride that comes to nothing: what was lost, by whom and why. On both databases."""

from __future__ import annotations

import pytest

from tests.api.carpool.told import Told
from tests.api.motis import CheckedClient
from tests.api.people import Json, Person, sign_in
from tests.mail import Inbox


@pytest.mark.parametrize(
    ("by_driver", "anna_reads", "brian_reads"),
    [
        (True, "vous avez annulé la place réservée par Brian", "Anna has cancelled your seat"),
        (False, "Brian a renoncé à ce trajet", "you have given up this ride"),
    ],
)
def test_both_are_told_by_mail_who_has_cancelled(
    anna: Person, brian: Person, seat: Json, told: Told, by_driver: bool, anna_reads: str, brian_reads: str
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    anna.call("POST", f"{path}/accept")
    (anna if by_driver else brian).call("POST", f"{path}/cancel")
    told.letters()
    assert anna_reads in told.text_to("anna@example.org")
    assert brian_reads in told.text_to("brian@example.org")


@pytest.mark.parametrize(
    ("departure", "anna_reads", "brian_reads"),
    [
        ("8:40", "l’heure de ce trajet : la place réservée par Brian", "Anna has changed the time of this ride"),
        ("", "retiré cette offre : la place réservée par Brian", "Anna no longer offers this ride: your seat"),
    ],
    ids=["an hour later", "withdrawn"],
)
def test_both_are_told_by_mail_what_became_of_the_offer(
    anna: Person, brian: Person, seat: Json, told: Told, departure: str, anna_reads: str, brian_reads: str
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    anna.call("POST", f"{path}/accept")
    told.letters()
    if departure:
        terms = {"date": "2026-06-04", "departure": f"0{departure}", "seats": 2, "priceCents": 100}
        anna.call("PATCH", f"offers/{seat['offer']}", terms)
    else:
        anna.call("POST", f"offers/{seat['offer']}/withdraw")
    told.letters()
    assert anna_reads in told.text_to("anna@example.org")
    assert brian_reads in told.text_to("brian@example.org")


def test_who_was_not_answered_yet_has_lost_a_request_and_no_seat(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    brian.call("POST", "bookings", seat)
    told.letters()
    anna.call("POST", f"offers/{seat['offer']}/withdraw")
    told.letters()
    assert "la demande faite par Brian est annulée" in told.text_to("anna@example.org")
    assert "your request is cancelled" in told.text_to("brian@example.org")


@pytest.mark.parametrize(
    ("is_agreed", "subjects"),
    [(False, ("demande annulée", "a request is cancelled")), (True, ("place annulée", "a seat is cancelled"))],
    ids=["asked", "agreed"],
)
@pytest.mark.parametrize("by_offer", [True, False], ids=["the hour changed", "cancelled"])
def test_the_subject_names_what_is_cancelled(
    anna: Person, brian: Person, seat: Json, told: Told, is_agreed: bool, subjects: tuple[str, str], by_offer: bool
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    if is_agreed:
        anna.call("POST", f"{path}/accept")
    told.letters()
    if by_offer:
        terms = {"date": "2026-06-04", "departure": "08:40", "seats": 2, "priceCents": 100}
        anna.call("PATCH", f"offers/{seat['offer']}", terms)
    else:
        anna.call("POST", f"{path}/cancel")
    assert tuple(subject.split(":")[1].strip() for _, subject in told.letters()) == subjects
    lost = ("la place réservée", "your seat") if is_agreed else ("la demande faite", "your request")
    texts = [told.text_to(f"{name}@example.org") for name in ("anna", "brian")]
    assert [one in text for one, text in zip(lost, texts, strict=True)] == [True, True]


@pytest.mark.parametrize(("becomes", "is_free"), [("", True), ("pause", False)], ids=["open", "paused"])
def test_a_seat_that_was_given_up_is_called_free_while_its_offer_is_open(
    anna: Person, brian: Person, seat: Json, told: Told, becomes: str, is_free: bool
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    anna.call("POST", f"{path}/accept")
    brian.call("POST", f"{path}/cancel")
    if becomes:
        anna.call("POST", f"offers/{seat['offer']}/{becomes}")
    told.letters()
    assert ("La place est de nouveau libre." in told.text_to("anna@example.org")) is is_free
    assert "free again" not in told.text_to("brian@example.org")


def test_the_mail_calls_no_seat_free_that_another_has_by_now(
    anna: Person, brian: Person, seat: Json, told: Told, http: CheckedClient, inbox: Inbox
) -> None:
    """Brian gives up both seats of Anna's, and Carol takes one before the mail has left."""
    path = f"bookings/{brian.call('POST', 'bookings', seat | {'seats': 2})['id']}"
    anna.call("POST", f"{path}/accept")
    told.letters()
    before = len(told.inbox.letters)
    brian.call("POST", f"{path}/cancel")
    sign_in(http, inbox, "carol@example.org").call("POST", "bookings", seat)
    told.letters()
    texts = [str(one.get_content()) for one in told.inbox.letters[before:] if one["To"] == "anna@example.org"]
    assert [text for text in texts if "a renoncé" in text]
    assert not [text for text in texts if "de nouveau libre" in text]


def test_a_refusal_is_told_to_each_side_in_words_of_its_own(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    anna.call("POST", f"{path}/refuse")
    told.letters()
    assert "vous avez refusé la demande faite par Brian." in told.text_to("anna@example.org")
    assert "Anna cannot take you. Please find another way to travel." in told.text_to("brian@example.org")


def test_an_ask_that_nobody_answers_lapses_and_both_are_told(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    brian.call("POST", "bookings", seat)
    told.letters()
    assert [subject for _, subject in told.letters(later_s=24 * 3600)] == [
        "Covoiturage Pays de Lorient : demande sans réponse",
        "Carpooling Pays de Lorient: a request without an answer",
    ]
    assert "vous n’avez pas répondu à temps à Brian" in told.text_to("anna@example.org")
    assert "Anna did not answer in time." in told.text_to("brian@example.org")


def test_an_english_driver_reads_who_asked_without_an_answer(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    anna.call("PATCH", "me", {"language": "en"})
    brian.call("POST", "bookings", seat)
    told.letters(later_s=24 * 3600)
    why = "Brian asked you for a seat and you did not answer in time. The request is closed."
    assert why in told.text_to("anna@example.org")


def test_who_leaves_cancels_their_rides_and_the_others_are_told(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    booked = brian.call("POST", "bookings", seat | {"message": "Bonjour"})
    told.letters()
    brian.call("DELETE", "me")
    assert told.letters() == [("anna@example.org", "Covoiturage Pays de Lorient : demande annulée")]
    seen = anna.call("GET", f"bookings/{booked['id']}")
    assert (seen["status"], seen["with"]["alias"]) == ("cancelled", "")
    assert anna.call("GET", f"bookings/{booked['id']}/messages")["messages"] == []


def test_a_passenger_hears_of_a_driver_who_leaves(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    brian.call("POST", "bookings", seat)
    told.letters()
    anna.call("DELETE", "me")
    assert told.letters() == [("brian@example.org", "Carpooling Pays de Lorient: an offer was withdrawn")]
