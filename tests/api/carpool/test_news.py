"""What people are told by mail about shared rides: through a real mail server, on both databases."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from api.carpool import news
from api.carpool.carpooling import Carpooling, carpooling
from api.web.spaces import NO_BREAK
from api.web.storage import Kept
from mobility.storage.store import Store
from tests.api.conftest import NOW, with_mail
from tests.api.motis import CheckedClient
from tests.api.people import SEALING, Json, Person, sign_in
from tests.mail import Inbox
from tests.town import moment


@dataclass
class Told:
    """What the chores of a worker send, and to whom."""

    carpool: Carpooling
    inbox: Inbox

    def letters(self, later_s: int = 0) -> list[tuple[str, str]]:
        """To whom with which subject; in the order of names."""
        before = len(self.inbox.letters)
        for chore in news.chores(self.carpool):
            chore.work(moment(NOW) + later_s)
        return sorted(
            (str(one["To"]), str(one["Subject"]).replace(NO_BREAK, " ")) for one in self.inbox.letters[before:]
        )

    def text_to(self, address: str) -> str:
        return next(
            str(one.get_content()).replace(NO_BREAK, " ")
            for one in reversed(self.inbox.letters)
            if one["To"] == address
        )


@pytest.fixture
def told(store: Store, inbox: Inbox) -> Told:
    return Told(carpooling(with_mail(inbox), Kept(store, SEALING), lambda: moment(NOW)), inbox)


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


@pytest.fixture
def brian(http: CheckedClient, inbox: Inbox) -> Person:
    brian = sign_in(http, inbox, "brian@example.org")
    brian.call("PATCH", "me", {"language": "en"})
    return brian


@pytest.fixture
def seat(anna: Person) -> Json:
    (offer,) = anna.publish()
    return {"offer": offer["id"], "date": "2026-06-04", "pickup": "t_A", "dropOff": "t_C"}


def test_each_is_told_in_their_language_who_where_and_when(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    brian.call("POST", "bookings", seat)
    assert told.letters() == [
        ("anna@example.org", "Covoiturage Pays de Lorient : on vous demande une place"),
        ("brian@example.org", "Carpooling Pays de Lorient: your request was passed on"),
    ]
    assert told.text_to("anna@example.org").splitlines() == [
        "Bonjour Anna,",
        "",
        "Brian demande à faire ce trajet avec vous. Acceptez ou refusez avant le jeudi 4 juin 2026 à 7:40 ; "
        "sans réponse, la demande est close.",
        "",
        "jeudi 4 juin 2026 à 7:40, de A à C, 1 place.",
    ]
    assert "Thursday, June 4, 2026 at 7:40, from A to C, 1 seat." in told.text_to("brian@example.org")


def test_both_are_told_of_each_step_once(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    told.letters()
    anna.call("POST", f"{path}/accept")
    assert [subject for _, subject in told.letters()] == [
        "Covoiturage Pays de Lorient : trajet convenu",
        "Carpooling Pays de Lorient: a ride is agreed",
    ]
    anna.call("POST", f"offers/{seat['offer']}/withdraw")
    assert [address for address, subject in told.letters() if "withdrawn" in subject or "retirée" in subject] == [
        "anna@example.org",
        "brian@example.org",
    ]
    assert told.letters() == []


def test_the_mail_of_an_ask_says_why_the_driver_would_leave_later(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    brian.call("POST", "bookings", seat | {"wait": 300})
    told.letters()
    why = "Si vous acceptez, vous partez de A à 7:45 au lieu de 7:40 pour attendre Brian"
    assert why in told.text_to("anna@example.org")
    assert "7:40" not in told.text_to("brian@example.org")


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
    brian.call("POST", f"{path}/cancel")
    sign_in(http, inbox, "carol@example.org").call("POST", "bookings", seat)
    told.letters()
    texts = [str(one.get_content()) for one in told.inbox.letters if one["To"] == "anna@example.org"]
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


def test_a_small_change_of_the_hour_is_told_to_who_has_a_seat(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    anna.call("POST", f"{path}/accept")
    told.letters()
    terms = {"date": "2026-06-04", "departure": "07:44", "seats": 2, "priceCents": 100}
    anna.call("PATCH", f"offers/{seat['offer']}", terms)
    assert brian.call("GET", path)["start"] == "2026-06-04T05:44:00Z"
    assert [address for address, _ in told.letters()] == ["anna@example.org", "brian@example.org"]
    assert "at 7:44, from A to C" in told.text_to("brian@example.org")


def test_an_ask_that_was_given_up_before_its_letter_left_is_told_as_such(
    anna: Person, brian: Person, seat: Json, told: Told
) -> None:
    for _ in range(3):
        booked = brian.call("POST", "bookings", seat)
        brian.call("POST", f"bookings/{booked['id']}/cancel")
    assert told.letters()[0] == ("anna@example.org", "Covoiturage Pays de Lorient : demande retirée")
    assert "y a renoncé" in told.text_to("anna@example.org")
    assert told.letters() == []


def test_the_letter_tells_the_ask_that_stands(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    first = brian.call("POST", "bookings", seat)
    brian.call("POST", f"bookings/{first['id']}/cancel")
    brian.call("POST", "bookings", seat | {"seats": 2})
    told.letters()
    text = told.text_to("anna@example.org")
    assert ("2 places" in text, "sans réponse, la demande est close" in text) == (True, True)


def test_no_letter_tells_an_address_or_a_number(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    anna.call("PATCH", "me", {"phone": "0612345678"})
    before = len(told.inbox.letters)
    path = f"bookings/{brian.call('POST', 'bookings', seat | {'message': 'Bonjour !'})['id']}"
    anna.call("POST", f"{path}/accept")
    anna.call("POST", f"{path}/messages", {"text": "À demain"})
    told.letters()
    for letter in told.inbox.letters[before:]:
        other = {"anna@example.org", "brian@example.org"} - {str(letter["To"])}
        assert not any(word in letter.as_string() for word in (*other, "0612345678"))
    texts = [str(letter.get_content()).replace(NO_BREAK, " ") for letter in told.inbox.letters[before:]]
    assert [sum(word in text for text in texts) for word in ("Bonjour !", "À demain")] == [1, 1]


def test_a_server_that_takes_no_mail_is_asked_again(anna: Person, brian: Person, seat: Json, told: Told) -> None:
    brian.call("POST", "bookings", seat)
    told.inbox.refusing = True
    assert told.letters() == []
    told.inbox.refusing = False
    assert told.letters(later_s=59) == []
    assert len(told.letters(later_s=60)) == 2


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
