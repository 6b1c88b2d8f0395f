"""What people are told by mail about shared rides: through a real mail server, on both databases."""

from __future__ import annotations

from api.web.spaces import NO_BREAK
from tests.api.carpool.told import Told
from tests.api.people import Json, Person


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
