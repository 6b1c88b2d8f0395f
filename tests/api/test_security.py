"""What protects the service and those who use it, at the door: headers, limits, and when to come back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.config.service import SecuritySection
from mobility.network.place import TerritoryPlace
from mobility.routing.territory import Territory
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.mobility.routing.surroundings import place

PLAN = "/api/v6/plan?fromPlace=t_A&toPlace=t_C"
SOMEBODY, NEIGHBOUR = {"REMOTE_ADDR": "2001:db8:1:2::7"}, {"REMOTE_ADDR": "2001:db8:1:2::8"}
ELSEWHERE = {"REMOTE_ADDR": "2001:db8:1:3::7"}
BROWSER = {"Accept": "text/html", "Accept-Language": "fr"}


def limited(territory: Territory, most: int) -> FlaskClient:
    settings = config()
    limits = settings.limits.model_copy(update={"requests_per_minute": most})
    return app_of(territory, settings=settings.model_copy(update={"limits": limits})).test_client()


def test_a_page_may_load_and_run_nothing_but_what_this_host_gives(client: CheckedClient) -> None:
    headers = client.get("/").headers
    rules = dict(rule.split(" ", 1) for rule in headers["Content-Security-Policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert {rules[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Permissions-Policy"].startswith("geolocation=(self), camera=()")


def test_a_browser_is_bound_to_tls_only_where_there_is_tls(client: CheckedClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/").headers
    assert client.get("/", base_url="https://localhost").headers["Strict-Transport-Security"] == "max-age=31536000"


def test_who_asks_too_often_is_told_when_to_come_again(territory: Territory) -> None:
    client = limited(territory, 2)
    asked = {"fromPlace": "t_A", "toPlace": "t_C"}
    callers = (SOMEBODY, NEIGHBOUR, SOMEBODY, ELSEWHERE)
    answers = [client.post("/api/trips", json=asked, environ_base=one) for one in callers]
    assert [answer.status_code for answer in answers] == [200, 200, 429, 200]
    assert answers[2].headers["Retry-After"] == "60"
    assert answers[2].json["type"] == "/problems/too-many-requests"


def test_a_page_asked_too_often_says_how_long_to_wait_and_asks_again_what_was_asked(territory: Territory) -> None:
    client, asked = limited(territory, 1), {"from": "t_A", "to": "t_C"}
    first, second = (client.post("/", data=asked, environ_base=SOMEBODY, headers=BROWSER) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 429)
    assert "Attendez 60 s, puis réessayez." in second.text
    form = second.text[second.text.index('<form method="post" action="/">') : second.text.index("</form>")]
    assert '<input type="hidden" name="from" value="t_A"><input type="hidden" name="to" value="t_C">' in form
    assert "Réessayer" in form
    assert 'href="/lines"' in second.text


def test_a_page_that_fails_leads_on(territory: Territory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.pages.lines.network_sketch", None)
    page = limited(territory, 0).get("/lines?lang=en", headers=BROWSER)
    assert page.status_code == 500
    assert "The fault is ours. Try again in a minute." in page.text
    assert 'href="/lines?lang=en">Try again</a>' in page.text


def test_who_is_kept_waiting_or_meets_a_fault_of_ours_has_a_number_to_call(
    territory: Territory, monkeypatch: pytest.MonkeyPatch
) -> None:
    counters = (
        place("counter", "Sans téléphone", "0 0"),
        place("counter", "Boutique", "0 0.1", phone="02 61 91 01 00"),
    )
    client = limited(replace(territory, network=replace(territory.network, places=counters)), 1)
    too_many = [client.get("/stops", environ_base=SOMEBODY, headers=BROWSER).text for _ in range(2)][1]
    monkeypatch.setattr("api.pages.lines.network_sketch", None)
    ours = client.get("/lines", environ_base=ELSEWHERE, headers=BROWSER).text
    for page in (too_many, ours):
        assert 'Boutique<br><a class="phone" href="tel:0261910100">' in page
    assert "tel:" not in client.get("/no-such-page", headers=BROWSER).text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Au téléphone, dès l’ouverture : Boutique"),
        ("br", "Dre bellgomz, pa vo digor : Boutique"),
        ("en", "By telephone, once it is open: Boutique"),
        ("fr-x-falc", "Vous pouvez téléphoner plus tard : Boutique"),
    ],
)
def test_where_nobody_answers_at_that_hour_the_number_comes_with_when_somebody_does(
    territory: Territory, language: str, said: str
) -> None:
    """It is five to eight on Wednesday 3 June 2026."""
    closed = place("counter", "Boutique", "0 0", phone="02 61 91 01 00", opening_hours="Th 08:30-12:00")
    unsure = place("counter", "Gare", "0 0", phone="02 61 91 01 01", opening_hours="by arrangement")
    opened = place("counter", "Port", "0 0", phone="02 61 91 01 02", opening_hours="24/7")

    def told(*counters: TerritoryPlace) -> str:
        client = limited(replace(territory, network=replace(territory.network, places=counters)), 1)
        path = f"/stops?lang={language}"
        return [client.get(path, environ_base=SOMEBODY, headers=BROWSER).text for _ in range(2)][1]

    assert said in told(closed).replace("\u202f", " ").replace("\xa0", " ")
    assert re.search(r"<small>(Fermé|Serr|Closed)[^<]* 8[^<]*30[^<]*</small>", told(closed))
    assert 'Gare<br><a class="phone"' in told(closed, unsure) and "<small>" not in called(told(closed, unsure))
    assert 'Port<br><a class="phone"' in told(closed, unsure, opened)


def called(page: str) -> str:
    return page[page.index('class="phone"') :].partition("</p>")[0]


class CountedPlaces(tuple[TerritoryPlace, ...]):
    """Says how often somebody went through it."""

    times = 0

    def __iter__(self) -> Iterator[TerritoryPlace]:
        self.times += 1
        return super().__iter__()


def test_whom_to_call_is_looked_for_once_however_many_ask_too_often(territory: Territory) -> None:
    places = CountedPlaces([place("counter", "Boutique", "0 0.1", phone="02 61 91 01 00")])
    client = limited(replace(territory, network=replace(territory.network, places=places)), 1)

    def too_many() -> str:
        return client.get("/stops", environ_base=SOMEBODY, headers=BROWSER).text

    too_many(), too_many()
    once = places.times
    assert all("tel:0261910100" in too_many() for _ in range(3))
    assert places.times == once


class BrokenPlaces(tuple[TerritoryPlace, ...]):
    def __iter__(self) -> Iterator[TerritoryPlace]:
        raise OSError("the file of the network is gone")


def test_what_failed_a_page_does_not_fail_the_page_that_says_so(
    territory: Territory, caplog: pytest.LogCaptureFixture
) -> None:
    broken = replace(territory, network=replace(territory.network, places=BrokenPlaces()))
    page = limited(broken, 0).get("/counters?lang=en", headers=BROWSER)
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert "The fault is ours. Try again in a minute." in page.text and "tel:" not in page.text
    assert ("hent.pages", "no counter to call could be found") in [one[::2] for one in caplog.record_tuples]


def test_what_uses_no_personal_data_and_this_machine_itself_are_not_counted(territory: Territory) -> None:
    client = limited(territory, 1)
    assert {client.get("/data-use", environ_base=SOMEBODY).status_code for _ in range(3)} == {200}
    assert {client.get(PLAN).status_code for _ in range(3)} == {200}


def test_where_nobody_is_counted_the_notice_says_nothing_of_it(territory: Territory) -> None:
    assert limited(territory, 0).get(PLAN).json["hent"]["dataUse"]["processings"] == ["trip"]
    assert limited(territory, 9).get(PLAN).json["hent"]["dataUse"]["processings"] == ["trip", "fair_use"]


def test_a_body_that_is_too_large_is_not_read(client: CheckedClient) -> None:
    body = b'{"fromPlace": "' + b"x" * 70_000 + b'"}'
    assert client.post("/api/trips", data=body, content_type="application/json").status_code == 413


def test_what_cannot_be_answered_now_says_when_to_come_again(app: Flask) -> None:
    refused = app.test_client().get("/api/carpool/me", headers={"Authorization": "Bearer x"})
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "30")


def test_people_who_find_a_hole_are_told_where_to_report_it(territory: Territory) -> None:
    settings = config().model_copy(update={"security": SecuritySection(contact="mailto:security@example.org")})
    told = app_of(territory, settings=settings).test_client().get("/.well-known/security.txt")
    assert told.mimetype == "text/plain"
    assert told.text.splitlines()[:2] == ["Contact: mailto:security@example.org", "Expires: 2026-11-30T05:55:00Z"]
    assert app_of(territory).test_client().get("/.well-known/security.txt").status_code == 404
