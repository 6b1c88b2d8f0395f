"""Seats are asked for and answered, and both sides write."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask

from api.pages.carpool.rides import booking_card
from api.present.prose import lasting
from api.web.sentences import sentences
from api.web.storage import kept
from mobility.routing.territory import Territory
from tests.api.conftest import app_of
from tests.api.motis import CheckedClient
from tests.api.pages.carpool.conftest import settings
from tests.api.pages.carpool.people import LOST, RIDE, draft, key, offer_of, published, sent, signed_in, unfolded
from tests.mail import Inbox
from tests.town import moment


def test_a_seat_is_asked_for_accepted_and_cancelled(anna: CheckedClient, asked: tuple[CheckedClient, str]) -> None:
    ben, path = asked
    assert "Anna n’a pas encore répondu." in ben.get(path).text
    assert f'action="{path}/accept"' in anna.get("/carpool/mine").text
    assert sent(anna, f"{path}/accept", {}).headers["Location"] == f"{path}?done=accept"
    assert "Anna vous attend." in ben.get(path).text
    assert sent(ben, f"{path}/messages", {"text": "See you"}).status_code == 303
    assert "See you" in anna.get(path).text
    sent(ben, f"{path}/cancel", {})
    assert "Ben a renoncé à ce trajet." in anna.get(path).text
    assert "Vous avez renoncé à cette place." in ben.get(path).text
    assert LOST not in unfolded(ben), "what one gave up oneself one has not lost"


def test_who_opens_the_form_again_reads_that_they_have_asked(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    page = ben.post("/carpool/ask", data=RIDE | {"offer": offer_of(anna)}).text
    assert "Vous avez déjà une place dans cette voiture, ou vous l’avez demandée." in page
    assert f'href="{path}"' in page and "Demander cette place" not in page


BOOKING = {
    **dict.fromkeys(("id", "offer"), ""),
    "role": "passenger",
    "status": "asked",
    "endedBy": None,
    "endedBecause": None,
    "agreed": None,
    "date": "2026-06-04",
    "may": [],
    "start": "2026-06-04T05:40:00Z",
    "end": "2026-06-04T06:02:30Z",
    "priceCents": 0,
    "seats": 1,
    "pickup": {"name": "A"},
    "dropOff": {"name": "C"},
    "laterMinutes": 0,
    "waitMinutes": 0,
    "with": {"alias": "Anna", "operator": "", "phone": ""},
}


def test_what_a_cancelled_ride_no_longer_takes_is_told_on_its_page(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    ben, path = asked
    sent(ben, f"{path}/cancel", {})
    for answer in (sent(anna, f"{path}/accept", {}), sent(anna, f"{path}/messages", {"text": "Where are you?"})):
        assert answer.status_code == 409
        assert "Ce trajet a changé entre-temps." in answer.text


@pytest.mark.parametrize(("alias", "told"), [("lou", "lou attend"), ("", "Quelqu’un attend")], ids=["chosen", "gone"])
def test_a_nickname_begins_a_sentence_as_it_was_chosen(
    pages: Flask, territory: Territory, alias: str, told: str
) -> None:
    asks = BOOKING | {"role": "driver", "with": {"alias": alias, "operator": "", "phone": ""}}
    with pages.test_request_context("/?lang=fr"):
        assert booking_card(asks, territory.zone, sentences("fr")).state == f"{told} votre réponse."


def test_a_message_of_none_or_too_many_letters_is_told_at_its_field(asked: tuple[CheckedClient, str]) -> None:
    ben, path = asked
    for text in ("", "x" * 501):
        page = sent(ben, f"{path}/messages", {"text": text})
        assert (page.status_code, 'id="text-fault"' in page.text) == (400, True)


def test_a_ride_is_shown_to_its_two_sides_alone(pages: Flask, inbox: Inbox, asked: tuple[CheckedClient, str]) -> None:
    carol = signed_in(pages, inbox, "carol@example.org")
    assert carol.get(asked[1]).status_code == 404


def test_nobody_is_offered_a_seat_in_a_car_that_has_left(
    pages: Flask, anna: CheckedClient, territory: Territory, tmp_path: Path, inbox: Inbox
) -> None:
    """Anna leaves at 7:40."""
    published(anna)
    after = app_of(territory, "2026-06-04 9:00", settings=settings(inbox), kept=kept(settings(inbox), tmp_path, {}))
    search = {"from": "t_A", "to": "t_C", "when": "leave", "moment": "2026-06-04T07:30"}
    told = [app.test_client().post("/?lang=fr", data=search).text for app in (pages, after)]
    assert ["covoiturage" in page for page in told] == [True, True]
    assert ["Demander une place" in page for page in told] == [True, False]
    assert ["parti il y a" in page for page in told] == [False, True]


def test_a_ride_that_is_gone_leads_back_to_the_search(anna: CheckedClient) -> None:
    page = anna.post("/carpool/ask", data=RIDE | {"offer": "nothing"})
    assert page.status_code == 404
    assert "Ce trajet ne peut plus être demandé" in page.text
    assert "Chercher un trajet" in page.text


@pytest.mark.parametrize("wait", ["301", "660"], ids=["others would wait too long", "the driver waits ten minutes"])
def test_a_car_that_cannot_wait_so_long_is_no_car_that_has_left(
    pages: Flask, anna: CheckedClient, inbox: Inbox, wait: str
) -> None:
    """Ben gets in at 7:40, and waits for nobody longer than five minutes."""
    ride = RIDE | {"offer": published(anna)}
    ben, carol = (signed_in(pages, inbox, f"{name}@example.org") for name in ("ben", "carol"))
    sent(ben, "/carpool/ask", ride | {"seats": "1", "step": "send"})
    page = carol.post("/carpool/ask", data=ride | {"wait": wait})
    assert page.status_code == 400
    assert "La voiture ne peut pas attendre jusqu’à cette heure-là." in page.text
    assert "Chercher un trajet" in page.text


def test_who_drives_is_told_why_they_leave_later_than_they_published(
    pages: Flask, anna: CheckedClient, inbox: Inbox
) -> None:
    """Anna leaves A at 7:40 and waits for Ben until 7:45; Carol gets in there as well."""
    ride = RIDE | {"offer": published(anna), "seats": "1", "step": "send"}
    ben, carol = (signed_in(pages, inbox, f"{name}@example.org") for name in ("ben", "carol"))
    path = sent(ben, "/carpool/ask", ride | {"wait": "300"}).headers["Location"].split("?")[0]
    why = "vous partez de A à 7:45 au lieu de 7:40 pour attendre Ben, qui ne peut pas y être plus tôt."
    assert f"Si vous acceptez, {why}" in anna.get("/carpool/mine?lang=fr").text
    sent(anna, f"{path}/accept", {})
    assert f"V{why[1:]}" in anna.get(f"{path}?lang=fr").text
    assert "au lieu de" not in ben.get(f"{path}?lang=fr").text
    sent(carol, "/carpool/ask", ride)
    assert "Vous partez de A à 7:45 au lieu de 7:40 : avant, vous attendez quelqu’un" in anna.get("/carpool/mine").text


def test_who_looks_at_a_full_car_is_told_so_and_led_back_to_the_search(
    pages: Flask, anna: CheckedClient, inbox: Inbox
) -> None:
    """Ben has both of Anna's seats; Carol looks at an answer of before."""
    ride = RIDE | {"offer": published(anna)}
    ben, carol = (signed_in(pages, inbox, f"{name}@example.org") for name in ("ben", "carol"))
    sent(ben, "/carpool/ask", ride | {"seats": "2", "step": "send"})
    page = carol.post("/carpool/ask?lang=fr", data=ride).text
    assert "Plus de place libre pour ce trajet." in page
    assert "Chercher un trajet" in page
    assert "Demander cette place" not in page


def test_who_refused_an_ask_is_not_told_that_nobody_ever_asked(
    anna: CheckedClient, asked: tuple[CheckedClient, str]
) -> None:
    """And of a ride that is over, with whom it was: there may be several on one day."""
    sent(anna, f"{asked[1]}/refuse", {})
    page = anna.get("/carpool/mine?lang=fr").text
    assert "Aucune demande de place en ce moment." in page
    assert "</a> · Ben · Vous avez refusé cette demande." in page


def test_nobody_asks_for_a_seat_in_their_own_car(anna: CheckedClient) -> None:
    page = anna.post("/carpool/ask", data=RIDE | {"offer": published(anna)}).text
    assert "C’est votre propre offre." in page
    assert "Demander cette place" not in page


def test_a_second_press_asks_for_no_other_seat(pages: Flask, anna: CheckedClient, inbox: Inbox) -> None:
    ride = RIDE | {"offer": published(anna)}
    ben = signed_in(pages, inbox, "ben@example.org")
    page = ben.post("/carpool/ask", data=ride)
    form = ride | {"seats": "1", "step": "send", "key": key(page), "draft": draft(page)}
    answers = [ben.post("/carpool/ask", data=form) for _ in range(2)]
    assert answers[0].status_code == 303, answers[0].text[-3000:]
    first, second = (one.headers["Location"] for one in answers)
    assert first == second
    assert anna.get("/carpool/mine").text.count('/accept"') == 1


def test_a_ride_takes_as_many_minutes_in_mine_as_in_the_answer(pages: Flask, territory: Territory) -> None:
    """It is there 30 s after a minute: nobody is told to be there before."""
    with pages.test_request_context("/?lang=fr"):
        found = booking_card(BOOKING, territory.zone, sentences("fr"))
    assert (found.start, found.end) == ("7:40", "8:03")
    answered = lasting(int(moment("2026-06-04 7:40")), int(moment("2026-06-04 8:02")) + 30, sentences("fr"))
    assert answered.split() == ["23", "min"]
