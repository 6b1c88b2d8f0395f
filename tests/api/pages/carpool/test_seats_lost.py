"""What becomes of seats that were asked for or agreed on stands where both sides look first."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.api.motis import CheckedClient
from tests.api.pages.carpool.people import LOST, OFFER, RIDE, offer_of, sent, signed_in, unfolded
from tests.mail import Inbox

GIVEN_UP = "Trajets à venir où quelqu’un ne vient plus"


def changed(driver: CheckedClient, terms: dict[str, object]) -> str:
    """The page that a driver is led to."""
    form = {name: value for name, value in terms.items() if name not in ("from", "to")} | {"step": "save"}
    answer = sent(driver, f"/carpool/offers/{offer_of(driver)}/change", form)
    assert answer.status_code == 303
    return driver.get(answer.headers["Location"].split("#")[0]).text


def test_a_promised_seat_that_a_change_of_the_hour_takes_away_is_told_to_both(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    """Anna leaves at 8:40 instead of 7:40, and had promised ten minutes."""
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    mine = unfolded(ben)
    assert "Anna vous attend." in mine and LOST not in mine
    told = changed(anna, OFFER | {"departure": "08:40"})
    assert "Une place que vous aviez acceptée est annulée." in told
    assert "place que vous" not in anna.get("/carpool/mine?done=changed").text
    assert "Vous avez changé l’heure de ce trajet : la place réservée par Ben est annulée." in anna.get(path).text
    mine, why = unfolded(ben), "Anna a changé l’heure de ce trajet : votre place est annulée. Cherchez une autre"
    assert mine.index(LOST) < mine.index(why) < mine.index("Mes offres")


@pytest.mark.parametrize(("is_agreed", "lost"), [(True, "votre place"), (False, "votre demande")])
def test_easy_french_takes_no_seat_from_who_only_asked(
    anna: CheckedClient, asked: tuple[CheckedClient, str], is_agreed: bool, lost: str
) -> None:
    ben, path = asked
    if is_agreed:
        sent(anna, f"{path}/accept", {})
    changed(anna, OFFER | {"departure": "08:40"})
    told = ben.get(f"{path}?lang=fr-x-falc").text
    assert f"Anna ne part plus à la même heure : {lost} est annulée. Cherchez un autre trajet." in told


def test_a_seat_that_its_passenger_gave_up_stands_open_to_who_drives(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    sent(ben, f"{path}/cancel", {})
    mine = unfolded(anna)
    assert mine.index(GIVEN_UP) < mine.index("Ben a renoncé à ce trajet.") < mine.index("Mes offres")
    assert "La place est de nouveau libre." in mine
    assert "La place est de nouveau libre." not in unfolded(ben)


@pytest.mark.parametrize("verb", ["pause", "withdraw"])
def test_no_seat_is_called_free_in_an_offer_that_nobody_can_ask_in(
    anna: CheckedClient, asked: tuple[CheckedClient, str], verb: str
) -> None:
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    sent(ben, f"{path}/cancel", {})
    sent(anna, f"/carpool/offers/{offer_of(anna)}/{verb}", {})
    mine = unfolded(anna)
    assert "Ben a renoncé à ce trajet." in mine and "de nouveau libre" not in mine


def test_a_seat_that_was_given_up_is_called_free_until_another_has_it(
    pages: Flask, anna: CheckedClient, inbox: Inbox, asked: tuple[CheckedClient, str]
) -> None:
    """Anna has two seats: Carol takes one, and then both are hers."""
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    sent(ben, f"{path}/cancel", {})
    ride = RIDE | {"offer": offer_of(anna), "step": "send"}
    for name, is_free in (("carol", True), ("dan", False)):
        sent(signed_in(pages, inbox, f"{name}@example.org"), "/carpool/ask", ride | {"seats": "1"})
        mine = unfolded(anna)
        assert "Ben a renoncé à ce trajet." in mine
        assert ("La place est de nouveau libre." in mine) is is_free


def test_who_gave_a_seat_up_and_has_asked_again_is_not_called_away(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    sent(ben, f"{path}/cancel", {})
    again = sent(ben, "/carpool/ask", RIDE | {"offer": offer_of(anna), "seats": "1", "text": "", "step": "send"})
    assert GIVEN_UP not in unfolded(anna)
    sent(anna, f"{again.headers['Location'].split('?')[0]}/accept", {})
    mine = unfolded(anna)
    assert "Vous avez accepté Ben." in mine and "renoncé" not in mine


def test_who_gave_up_what_nobody_had_accepted_stands_folded_to_who_drives(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(ben, f"{path}/cancel", {})
    assert GIVEN_UP not in unfolded(anna)
    assert "Ben a renoncé à ce trajet." in anna.get("/carpool/mine").text


def test_a_change_that_keeps_every_seat_tells_of_none(anna: CheckedClient, asked: tuple[CheckedClient, str]) -> None:
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    assert "que vous aviez accept" not in changed(anna, OFFER | {"departure": "07:45"})
    assert LOST not in unfolded(ben)


def test_who_withdraws_an_offer_reads_how_many_seats_went(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(anna, f"{path}/accept", {})
    offer = offer_of(anna)
    answer = sent(anna, f"/carpool/offers/{offer}/withdraw", {})
    assert "Une place que vous aviez acceptée est annulée." in anna.get(answer.headers["Location"].split("#")[0]).text
    assert LOST in unfolded(ben)
    assert "Anna ne propose plus ce trajet : votre place est annulée." in unfolded(ben)
    assert "Vous avez retiré cette offre : la place réservée par Ben est annulée." in anna.get(path).text


def test_a_refusal_stands_open_and_what_one_gave_up_oneself_does_not(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(anna, f"{path}/refuse", {})
    assert "Anna ne peut pas vous prendre." in unfolded(ben)
    again = sent(ben, "/carpool/ask", RIDE | {"offer": offer_of(anna), "seats": "1", "text": "", "step": "send"})
    sent(ben, f"{again.headers['Location'].split('?')[0]}/cancel", {})
    assert "renoncé" not in unfolded(ben)
