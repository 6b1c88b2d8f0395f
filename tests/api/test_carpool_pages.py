"""The pages of carpooling: a session in one cookie, forms that other sites cannot send, faults at their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from api.config import Config
from api.config_carpool import MailSection
from api.privacy.fields import declared_fields
from api.storing import kept
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.people import HOME
from tests.api.privacy.test_fields import Forms, endpoint
from tests.mail import Inbox, mail_server

OFFER = {
    "from": f"{HOME.lat:.5f},{HOME.lon:.5f}",
    "to": "C",
    "repeats": "once",
    "date": "2026-06-04",
    "departure": "07:40",
    "flexibleMinutes": "10",
    "seats": "2",
    "longestDetourMinutes": "10",
    "price": "1,20",
    "languages": ["fr"],
    "along": ["luggage"],
}


@pytest.fixture(scope="module")
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


def settings(inbox: Inbox) -> Config:
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    return config().model_copy(update={"mail": mail})


@pytest.fixture
def pages(tmp_path: Path, territory: Territory, inbox: Inbox) -> Flask:
    return app_of(territory, settings=settings(inbox), kept=kept(settings(inbox), tmp_path, {}))


@pytest.fixture
def anna(pages: Flask, inbox: Inbox) -> CheckedClient:
    return signed_in(pages, inbox, "anna@example.org")


def signed_in(app: Flask, inbox: Inbox, email: str) -> CheckedClient:
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    client.post("/carpool/sign-in", data={"email": email})
    newcomer = {"code": inbox.code(), "new": "1", "alias": email.split("@")[0].title(), "adult": "1"}
    assert client.post("/carpool/session", data=newcomer).status_code == 303
    return client


def key(page: TestResponse) -> str:
    found = re.search(r'name="key" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def sent(client: CheckedClient, path: str, form: dict[str, object], at: str = "/carpool/account") -> TestResponse:
    """A form as its page would send it."""
    return client.post(path, data={"key": key(client.get(at))} | form)


def test_nobody_gets_a_cookie_before_they_sign_in(pages: Flask) -> None:
    client = pages.test_client()
    for path in ("/", "/carpool", "/carpool/sign-in"):
        assert "Set-Cookie" not in client.get(path).headers
    assert "Set-Cookie" not in client.post("/carpool/sign-in", data={"email": "anna@example.org"}).headers


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_signing_in_sets_one_strict_cookie_and_signing_out_takes_it_away(
    pages: Flask, inbox: Inbox, scheme: str
) -> None:
    client, base = pages.test_client(), f"{scheme}://hent.example"
    client.post("/carpool/sign-in", data={"email": "anna@example.org"})
    newcomer = {"code": inbox.code(), "alias": "Anna", "adult": "1"}
    (cookie,) = client.post("/carpool/session", data=newcomer, base_url=base).headers.getlist("Set-Cookie")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
    assert ("Secure" in cookie) == (scheme == "https")
    out = {"key": key(client.get("/carpool/account", base_url=base))}
    gone = client.post("/carpool/sign-out", data=out, base_url=base).headers["Set-Cookie"]
    assert gone.startswith("hent_session=; Expires=Thu, 01 Jan 1970")
    assert client.get("/carpool/mine", base_url=base).headers["Location"] == "/carpool/sign-in"


def test_a_newcomer_is_asked_for_a_nickname_only_once_the_code_is_right(pages: Flask, inbox: Inbox) -> None:
    client = pages.test_client()
    wrong = client.post("/carpool/session", data={"code": "nonsense"})
    assert (wrong.status_code, 'name="alias"' in wrong.text) == (403, False)
    client.post("/carpool/sign-in", data={"email": "anna@example.org"})
    asked = client.post("/carpool/session", data={"code": inbox.code()})
    assert (asked.status_code, 'name="alias"' in asked.text) == (200, True)
    refused = client.post("/carpool/session", data={"code": inbox.code(), "new": "1", "alias": "Anna"})
    assert "réservé aux personnes de 18 ans" in refused.text
    assert 'value="Anna"' in refused.text, "what was typed stays"


def test_who_wanted_a_page_gets_to_it_after_signing_in(pages: Flask, inbox: Inbox) -> None:
    client = pages.test_client()
    asked = client.get("/carpool/publish?lang=br")
    assert asked.headers["Location"] == "/carpool/sign-in?lang=br&after=publish"
    assert 'name="after" value="publish"' in client.get("/carpool/sign-in?after=publish").text
    client.post("/carpool/sign-in", data={"email": "anna@example.org", "after": "publish"})
    newcomer = {"code": inbox.code(), "alias": "Anna", "adult": "1"}
    answer = client.post("/carpool/session", data=newcomer | {"after": "publish"})
    assert answer.headers["Location"] == "/carpool/publish"
    elsewhere = client.get("/carpool/sign-in?after=https://other.example")
    assert elsewhere.headers["Location"] == "/carpool/mine"


def test_an_address_that_is_none_is_told_at_its_field(pages: Flask) -> None:
    page = pages.test_client().post("/carpool/sign-in", data={"email": "anna"})
    assert page.status_code == 400
    assert 'aria-describedby="email-fault"' in page.text
    assert "Écrivez une adresse de courriel complète" in page.text


def test_a_form_without_the_key_of_its_session_changes_nothing(anna: CheckedClient) -> None:
    for given in ({}, {"key": "0" * 64}):
        assert anna.post("/carpool/account/erase", data={"sure": "1"} | given).status_code == 403
    assert anna.get("/carpool/account").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}])
def test_forms_of_other_sites_are_refused(pages: Flask, inbox: Inbox, headers: dict[str, str]) -> None:
    anna = signed_in(pages, inbox, "anna@example.org")
    form = {"key": key(anna.get("/carpool/account")), "sure": "1"}
    assert anna.post("/carpool/account/erase", data=form, headers=headers).status_code == 403
    assert pages.test_client().post("/carpool/session", data={"code": "x"}, headers=headers).status_code == 403


def test_the_api_does_not_look_at_the_cookie(anna: CheckedClient) -> None:
    assert anna.get("/api/carpool/me").status_code == 401


def test_an_offer_is_looked_at_then_published_and_no_home_is_kept(anna: CheckedClient) -> None:
    look = sent(anna, "/carpool/publish", OFFER | {"step": "look"}).text
    assert "A → C" in look
    assert "<b>7:40</b> A" in look
    assert 'aria-label="Les points de rencontre de l’aller"' in look
    assert "Au plus 2,22 € par place" in look
    assert "Vous n’avez pas encore d’offre." in anna.get("/carpool/mine").text, "nothing is stored by looking"
    done = sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    assert done.headers["Location"] == "/carpool/mine?done=published"
    mine = anna.get("/carpool/mine").text
    assert "jeudi 4 juin, à 7:40" in mine
    assert "1,20 € par place pour tout le trajet" in mine
    assert f"{HOME.lat:.4f}" not in mine


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"to": ""}, "to", "Indiquez une arrivée"),
        ({"from": "Xyzzy"}, "from", "Indiquez un départ"),
        ({"date": "2020-01-01"}, "date", "Choisissez un jour et une heure à venir"),
        ({"date": ""}, "date", "Choisissez un jour et une heure à venir"),
        ({"price": "12"}, "price", "Au plus 2,22 € par place"),
        ({"price": "cheap"}, "price", "Écrivez un prix en euros"),
        ({"departure": "later"}, "departure", "Écrivez l’heure de départ"),
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


def test_the_most_that_a_seat_may_cost_is_told_while_the_form_is_filled_in(anna: CheckedClient) -> None:
    told = sent(anna, "/carpool/publish/most", OFFER | {"seats": "1", "price": "99"})
    assert told.get_json()["text"].startswith("Au plus 4,44 € par place")


def test_a_weekly_offer_is_told_in_words_and_changed_without_losing_its_days(anna: CheckedClient) -> None:
    weekdays = ["monday", "tuesday", "wednesday"]
    weekly = OFFER | {"repeats": "weekly", "weekdays": weekdays, "school": "school_days_only", "lastDay": "2026-10-01"}
    sent(anna, "/carpool/publish", weekly | {"step": "publish"})
    mine = anna.get("/carpool/mine").text
    told = "chaque semaine, du lundi au mercredi, à {}, hors vacances scolaires, jusqu’au 1 octobre 2026"
    assert told.format("7:40") in mine
    path = re.search(r"/carpool/offers/\w+/change", mine)
    assert path
    later = {name: value for name, value in weekly.items() if name not in ("from", "to")} | {"departure": "08:10"}
    assert sent(anna, path[0], later | {"step": "save"}).status_code == 303
    assert told.format("8:10") in anna.get("/carpool/mine").text


def test_an_offer_is_paused_resumed_withdrawn_and_taken_back(anna: CheckedClient) -> None:
    sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    offer = re.search(r'id="offer-(\w+)"', anna.get("/carpool/mine").text)
    assert offer
    for verb, tag in (("pause", "suspendue"), ("resume", "visible"), ("withdraw", "retirée"), ("take-back", "visible")):
        back = sent(anna, f"/carpool/offers/{offer[1]}/{verb}", {})
        assert back.headers["Location"] == f"/carpool/mine?done={verb}#offer-{offer[1]}"
        assert f">{tag}</span>" in anna.get("/carpool/mine").text


def test_nobody_changes_the_offer_of_another(anna: CheckedClient, pages: Flask, inbox: Inbox) -> None:
    sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    offer = re.search(r'id="offer-(\w+)"', anna.get("/carpool/mine").text)
    assert offer
    ben = signed_in(pages, inbox, "ben@example.org")
    assert sent(ben, f"/carpool/offers/{offer[1]}/withdraw", {}).status_code == 404
    assert ben.get(f"/carpool/offers/{offer[1]}/change").status_code == 404


def test_a_telephone_number_that_is_none_is_told_at_its_field(anna: CheckedClient) -> None:
    page = sent(anna, "/carpool/account", {"alias": "Anna B.", "phone": "call me", "language": "br"})
    assert "Écrivez un numéro de 8 à 15 chiffres" in page.text
    assert 'value="call me"' in page.text
    assert sent(anna, "/carpool/account", {"alias": "Anna B.", "phone": "", "language": "br"}).status_code == 303
    assert 'value="Anna B."' in anna.get("/carpool/account").text


def test_all_that_is_kept_can_be_taken_along(anna: CheckedClient) -> None:
    sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    copy = anna.get("/carpool/account/export")
    assert copy.headers["Content-Disposition"] == 'attachment; filename="hent.json"'
    told = copy.get_json()
    assert (told["account"]["alias"], len(told["offers"])) == ("Anna", 1)


def test_a_link_of_another_site_is_followed_once_more_so_that_the_strict_cookie_comes_along(pages: Flask) -> None:
    client, again = pages.test_client(), '<meta http-equiv="refresh" content="0">'
    assert again in client.get("/carpool/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).text
    assert again not in client.get("/carpool/sign-in", headers={"Sec-Fetch-Site": "same-origin"}).text


def test_where_no_mail_is_sent_the_counter_is_named_instead(tmp_path: Path, territory: Territory) -> None:
    page = app_of(territory, kept=kept(config(), tmp_path, {})).test_client().get("/carpool/sign-in").text
    assert "À un guichet, on vous donnera un code." in page
    assert 'name="email"' not in page


def test_an_account_is_erased_once_that_is_confirmed(anna: CheckedClient) -> None:
    assert "Cochez la case pour confirmer" in sent(anna, "/carpool/account/erase", {}).text
    gone = sent(anna, "/carpool/account/erase", {"sure": "1"})
    assert gone.headers["Location"] == "/carpool?done=erased"
    assert "Votre compte est effacé" in anna.get("/carpool?done=erased").text
    assert anna.get("/carpool/account").status_code == 303


@pytest.mark.parametrize("language", ["fr", "br", "en", "fr-x-falc"])
def test_each_page_speaks_each_language(anna: CheckedClient, language: str) -> None:
    for path in ("/carpool", "/carpool/publish", "/carpool/mine", "/carpool/account"):
        page = anna.get(f"{path}?lang={language}")
        assert (page.status_code, f'<html lang="{language}"' in page.text) == (200, True)
        assert "built-in method" not in page.text, "the name of a text is that of a method of its catalogue"


def test_every_field_of_a_form_is_declared_by_the_route_that_it_is_sent_to(pages: Flask, anna: CheckedClient) -> None:
    sent(anna, "/carpool/publish", OFFER | {"step": "publish"})
    change = re.search(r"/carpool/offers/\w+/change", anna.get("/carpool/mine").text)
    assert change
    for path in ("/carpool/publish", "/carpool/mine", "/carpool/account", change[0]):
        for method, action, name in Forms(anna.get(path).text).found:
            with pages.app_context():
                assert name in declared_fields(endpoint(pages, action or path, method)), (path, action)
