"""Offers are looked at, published, changed and withdrawn; faults are told at their fields."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from tests.api.conftest import with_places
from tests.api.live.told import text
from tests.api.motis import CheckedClient
from tests.api.pages.carpool.conftest import app_with
from tests.api.pages.carpool.people import OFFER, draft, key, published, sent, signed_in
from tests.api.people import HOME
from tests.mail import Inbox
from tests.town import town


def test_an_offer_is_looked_at_then_published_and_no_home_is_kept(anna: CheckedClient) -> None:
    look = sent(anna, "/carpool/publish", OFFER | {"step": "look"}).text
    assert "A → C" in text(look)
    assert "7:40 A" in text(look)
    assert 'aria-label="Les points de rencontre de l’aller"' in look
    assert "Au plus 2,22 € par place" in look
    assert "Vous n’avez pas encore d’offre." in anna.get("/carpool/mine").text, "nothing is stored by looking"
    done = sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    assert done.headers["Location"] == "/carpool/mine?done=published"
    mine = anna.get("/carpool/mine").text
    assert "jeudi 4 juin, à 7:40" in text(mine)
    assert "1,20 € par place pour tout le trajet" in mine
    assert f"{HOME.lat:.4f}" not in mine


def test_a_time_is_taken_as_it_is_told(anna: CheckedClient) -> None:
    times = {"departure": "7:15", "back": "1", "backDeparture": "9:05"}
    look = sent(anna, "/carpool/publish", OFFER | times | {"step": "look"}).text
    assert "7:15 A" in text(look)
    assert "9:05 C" in text(look)


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"to": ""}, "to", "Indiquez une arrivée"),
        ({"from": ""}, "from", "Indiquez un départ"),
        ({"from": "Xyzzy"}, "from", "Nous ne connaissons pas « Xyzzy »."),
        (
            {"from": "Rennes"},
            "from",
            "« Rennes » est hors de notre territoire (Pays de Lorient). Indiquez où vous y entrez",
        ),
        (
            {"to": "gare de Quimper"},
            "to",
            "« Quimper » est hors de notre territoire (Pays de Lorient). Indiquez où vous y entrez",
        ),
        ({"date": "2020-01-01"}, "date", "Choisissez un jour et une heure à venir"),
        ({"date": ""}, "date", "Choisissez un jour et une heure à venir"),
        ({"price": "12"}, "price", "Au plus 2,22 € par place"),
        ({"price": "cheap"}, "price", "Écrivez un prix en euros"),
        ({"departure": "later"}, "departure", "Écrivez l’heure de départ"),
        ({"date": "2027-03-28", "departure": "02:30"}, "departure", "Cette heure n’existe pas dimanche 28 mars 2027"),
        (
            {"back": "1", "backDate": "2027-03-28", "backDeparture": "02:30"},
            "backDeparture",
            "Cette heure n’existe pas dimanche 28 mars 2027",
        ),
        ({"repeats": "weekly"}, "weekdays", "Cochez au moins un jour"),
        ({"back": "1", "backDeparture": "06:00"}, "backDeparture", "Le retour doit partir après l’aller"),
    ],
)
def test_a_fault_is_said_at_its_field_and_nothing_typed_is_lost(
    anna: CheckedClient, typed: dict[str, str], field: str, said: str
) -> None:
    page = sent(anna, "/carpool/publish", OFFER | typed | {"step": "look"})
    assert page.status_code in (400, 409)
    fault = page.text[page.text.index(f'id="{field}-fault"') :].split("</p>")[0]
    assert said in fault
    assert 'name="along" value="luggage" checked' in page.text
    assert f'name="price" value="{typed.get("price", "1,20")}"' in page.text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("br", "« Rennes » a zo er-maez eus hon tiriad (Pays de Lorient). Lakait pelec’h ez it e-barzh"),
        ("en", "“Rennes” lies outside our area (Pays de Lorient). Say where you enter or leave it"),
        ("fr-x-falc", "« Rennes » est trop loin d’ici. Écrivez un lieu d’ici."),
    ],
)
def test_who_drives_to_a_town_elsewhere_is_asked_where_they_leave_the_territory(
    anna: CheckedClient, language: str, said: str
) -> None:
    page = sent(anna, f"/carpool/publish?lang={language}", OFFER | {"to": "Rennes", "step": "look"}).text
    assert said in page


def test_a_place_that_is_understood_is_not_asked_about_because_of_a_price(tmp_path: Path, inbox: Inbox) -> None:
    quays = with_places(town("Quai 0 0, Quai_Nord 60 0, Bourg 120 0", "Bus1\nQuai  Quai_Nord  Bourg\n8:00  8:20  8:40"))
    driver = signed_in(app_with(quays, tmp_path, inbox), inbox, "anna@example.org")
    offer = OFFER | {"from": "Quai", "to": "Bourg", "price": "cheap", "step": "look"}
    page = sent(driver, "/carpool/publish", offer).text
    assert 'name="fromId" value="t_Quai"' in page
    assert "Écrivez un prix en euros" in page
    assert "from-meant" not in page


def test_the_most_that_a_seat_may_cost_is_told_while_the_form_is_filled_in(anna: CheckedClient) -> None:
    told = sent(anna, "/carpool/publish/most", OFFER | {"seats": "1", "price": "99"})
    assert told.get_json()["text"].startswith("Au plus 4,44 € par place")


def test_a_weekly_offer_is_told_in_words_and_changed_without_losing_its_days(anna: CheckedClient) -> None:
    weekdays = ["monday", "tuesday", "wednesday"]
    weekly = OFFER | {"repeats": "weekly", "weekdays": weekdays, "school": "school_days_only", "lastDay": "2026-10-01"}
    sent(anna, "/carpool/publish", weekly | {"step": "publish"})
    mine = anna.get("/carpool/mine").text
    told = "chaque semaine, du lundi au mercredi, à {}, hors vacances scolaires, jusqu’au 1er octobre 2026"
    assert told.format("7:40") in text(mine)
    path = re.search(r"/carpool/offers/\w+/change", mine)
    assert path
    later = {name: value for name, value in weekly.items() if name not in ("from", "to")} | {"departure": "08:10"}
    assert sent(anna, path[0], later | {"step": "save"}).status_code == 303
    assert told.format("8:10") in text(anna.get("/carpool/mine").text)


def test_an_offer_is_paused_resumed_withdrawn_and_taken_back(anna: CheckedClient) -> None:
    offer = published(anna)
    for verb, tag in (("pause", "suspendue"), ("resume", "visible"), ("withdraw", "retirée"), ("take-back", "visible")):
        back = sent(anna, f"/carpool/offers/{offer}/{verb}", {})
        assert back.headers["Location"] == f"/carpool/mine?done={verb}#offer-{offer}"
        assert f">{tag}</span>" in anna.get("/carpool/mine").text


def test_nobody_changes_the_offer_of_another(anna: CheckedClient, pages: Flask, inbox: Inbox) -> None:
    offer = published(anna)
    ben = signed_in(pages, inbox, "ben@example.org")
    assert sent(ben, f"/carpool/offers/{offer}/withdraw", {}).status_code == 404
    assert ben.get(f"/carpool/offers/{offer}/change").status_code == 404


def test_a_second_press_publishes_nothing_more(anna: CheckedClient) -> None:
    look = sent(anna, "/carpool/publish", OFFER | {"step": "look"})
    form = OFFER | {"step": "publish", "back": "1", "backDate": "2026-06-04", "backDeparture": "17:30"}
    twice = [anna.post("/carpool/publish", data=form | {"key": key(look), "draft": draft(look)}) for _ in range(2)]
    assert [answer.headers["Location"] for answer in twice] == ["/carpool/mine?done=published"] * 2
    assert len(re.findall(r'id="offer-\w+"', anna.get("/carpool/mine").text)) == 2, "there and back"


def test_a_driver_passes_by_where_a_halt_is_unticked(anna: CheckedClient) -> None:
    look = sent(anna, "/carpool/publish", OFFER | {"step": "look"}).text
    offered = re.findall(r'name="offered" value="([^"]+)"', look)
    assert re.findall(r'name="halts" value="([^"]+)" checked', look) == offered
    assert "t_B" in offered
    assert not {"t_A", "t_C"} & {*offered}, "where the driver is in any case"
    kept = [one for one in offered if one != "t_B"]
    unticked = OFFER | {"offered": offered, "halts": kept}
    again = sent(anna, "/carpool/publish", unticked | {"step": "look"}).text
    assert re.findall(r'name="halts" value="([^"]+)" checked', again) == kept, "and it can be ticked again"
    assert 'name="halts" value="t_B"' in again
    sent(anna, "/carpool/publish", unticked | {"step": "publish"})
    halts = re.findall(r"</b> <span>([^<]+)</span></li>", anna.get("/carpool/mine").text)
    assert (halts[0], halts[-1]) == ("A", "C")
    assert "B" not in halts


def test_without_a_halt_unticked_the_driver_stops_there(anna: CheckedClient) -> None:
    published(anna)
    assert "B" in re.findall(r"</b> <span>([^<]+)</span></li>", anna.get("/carpool/mine").text)
