"""One cookie, only after signing in; forms that other sites cannot send."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from api.carpool.carpooling import carpooling
from api.privacy.fields import declared_fields
from api.web.storage import kept
from mobility.routing.territory import Territory
from tests.api.conftest import NOW, app_of, config
from tests.api.motis import CheckedClient
from tests.api.pages.carpool.people import OFFER, RIDE, key, published, sent, signed_in
from tests.api.privacy.test_fields import Forms, endpoint
from tests.mail import Inbox
from tests.town import moment


def test_nobody_gets_a_cookie_before_they_sign_in(pages: Flask) -> None:
    client = pages.test_client()
    for path in ("/", "/carpool", "/carpool/sign-in"):
        assert "Set-Cookie" not in client.get(path).headers
    assert "Set-Cookie" not in client.post("/carpool/sign-in", data={"email": "anna@example.org"}).headers


WRONG_CODE = "Ce code n’est pas juste, a déjà servi ou a plus de 15 minutes."


def test_nobody_is_told_to_get_another_code_where_no_mail_can_be_sent(
    tmp_path: Path, territory: Territory, pages: Flask
) -> None:
    """There what is wrong is said, and after it where a code is to be had."""
    unmailed = app_of(territory, settings=config(), kept=kept(config(), tmp_path, {}))
    told = [
        app.test_client().post("/carpool/session?lang=fr", data={"code": "123456"}).text for app in (pages, unmailed)
    ]
    assert [WRONG_CODE in page for page in told] == [True, True]
    assert [f"{WRONG_CODE} Recevez-en un autre." in page for page in told] == [True, False]
    assert "Recevoir un" not in told[1]
    assert told[1].index(WRONG_CODE) < told[1].index("Ce service ne peut pas envoyer de courriel. À un guichet")


def test_a_refused_code_is_told_in_easy_french(pages: Flask) -> None:
    page = pages.test_client().post("/carpool/session?lang=fr-x-falc", data={"code": "123456"}).text
    assert "Ce code ne marche pas, ou ne marche plus. Demandez un autre code." in page


def test_who_tried_too_many_codes_is_told_how_long_to_wait(pages: Flask) -> None:
    """Five in a quarter of an hour: one of them is free again after three minutes."""
    client = pages.test_client()
    tries = [client.post("/carpool/session?lang=fr", data={"code": f"{number:06}"}) for number in range(6)]
    assert [one.status_code for one in tries] == [403] * 5 + [429]
    assert "Attendez 3 min, puis recommencez." in tries[-1].text


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
        refused = anna.post("/carpool/account/erase", data={"sure": "1"} | given, headers={"Accept": "text/html"})
        assert (refused.status_code, "Ce formulaire n’est plus valable" in refused.text) == (403, True)
    assert anna.get("/carpool/account").status_code == 200


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://other.example"}])
def test_forms_of_other_sites_are_refused(pages: Flask, inbox: Inbox, headers: dict[str, str]) -> None:
    anna = signed_in(pages, inbox, "anna@example.org")
    form = {"key": key(anna.get("/carpool/account")), "sure": "1"}
    assert anna.post("/carpool/account/erase", data=form, headers=headers).status_code == 403
    assert pages.test_client().post("/carpool/session", data={"code": "x"}, headers=headers).status_code == 403


def test_the_api_does_not_look_at_the_cookie(anna: CheckedClient) -> None:
    assert anna.get("/api/carpool/me").status_code == 401


def test_who_is_not_signed_in_sees_the_ride_and_takes_it_along_to_signing_in(
    pages: Flask, anna: CheckedClient, inbox: Inbox
) -> None:
    offer = published(anna)
    client, wanted = pages.test_client(), RIDE | {"offer": offer}
    page = client.post("/carpool/ask", data=wanted).text
    assert "Anna conduit." in page
    assert f'name="offer" value="{offer}"' in page
    client.post("/carpool/sign-in", data=wanted | {"email": "ben@example.org"})
    signed = client.post("/carpool/session", data=wanted | {"code": inbox.code(), "alias": "Ben", "adult": "1"})
    assert "Demander cette place</button>" in signed.text
    assert 'name="email"' not in signed.text


def test_a_link_of_another_site_is_followed_once_more_so_that_the_strict_cookie_comes_along(pages: Flask) -> None:
    client, again = pages.test_client(), '<meta http-equiv="refresh" content="0">'
    assert again in client.get("/carpool/sign-in", headers={"Sec-Fetch-Site": "cross-site"}).text
    assert again not in client.get("/carpool/sign-in", headers={"Sec-Fetch-Site": "same-origin"}).text


def test_where_no_mail_is_sent_the_counter_is_named_instead(tmp_path: Path, territory: Territory) -> None:
    page = app_of(territory, kept=kept(config(), tmp_path, {})).test_client().get("/carpool/sign-in").text
    assert "À un guichet, on vous donnera un code." in page
    assert 'name="email"' not in page


def test_where_no_mail_is_sent_none_is_promised(tmp_path: Path, territory: Territory) -> None:
    storage = kept(config(), tmp_path, {})
    app = app_of(territory, kept=storage)
    accounts = carpooling(config(), storage, lambda: int(moment(NOW))).accounts
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    newcomer = {"code": accounts.code("anna@example.org", "fr", int(moment(NOW))), "alias": "Anna", "adult": "1"}
    assert client.post("/carpool/session", data=newcomer).status_code == 303
    offer = published(client)
    asking = app.test_client().post("/carpool/ask", data=RIDE | {"offer": offer}).text
    assert "Recevoir un code" not in asking
    assert 'name="code"' in asking
    done = [client.get(f"/carpool/mine?done={one}").text for one in ("published", "asked", "accept", "cancel")]
    for page in (*done, client.get("/carpool").text, asking):
        assert not re.search("recevr?ez un|par courriel|est prévenue", page)


def test_the_address_goes_along_with_the_code_so_that_it_fits_no_other(pages: Flask, inbox: Inbox) -> None:
    client = pages.test_client()
    page = client.post("/carpool/sign-in", data={"email": "anna@example.org"}).text
    assert '<input type="hidden" name="email" value="anna@example.org">' in page
    newcomer = {"code": inbox.code(), "alias": "Anna", "adult": "1"}
    assert client.post("/carpool/session", data=newcomer | {"email": "ben@example.org"}).status_code == 403
    assert client.post("/carpool/session", data=newcomer | {"email": "anna@example.org"}).status_code == 303


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
