"""A code by mail, a session, an account; over HTTP, on both databases."""

from __future__ import annotations

from sqlalchemy import select

from api.config.carpool import MailSection
from api.web.storage import Kept
from mobility.routing.territory import Territory
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.carpool.test_offers import anna
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.people import SEALING, Person, sign_in
from tests.mail import Inbox

__all__ = ["anna"]


def test_a_letter_in_ones_language_has_the_code_and_no_address_of_hent(http: CheckedClient, inbox: Inbox) -> None:
    http.post("/api/carpool/codes", json={"email": "anna@example.org", "language": "br"})
    assert inbox.letters[-1]["Subject"] == "Ho kod evit Pays de Lorient"
    assert inbox.letters[-1]["To"] == "anna@example.org"
    assert "http" not in inbox.text()


def test_a_page_gets_the_code_in_its_fragment(store: Store, territory: Territory, inbox: Inbox) -> None:
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    carpool = config().carpool.model_copy(update={"sign_in_page": "https://hent.example/carpool"})
    settings = config().model_copy(update={"mail": mail, "carpool": carpool})
    with app_of(territory, settings=settings, kept=Kept(store, SEALING)).test_client() as client:
        client.post("/api/carpool/codes", json={"email": "anna@example.org"})
    assert f"https://hent.example/carpool#code={inbox.code()}" in inbox.text()


def test_a_newcomer_is_asked_for_alias_and_adult_alone(http: CheckedClient, inbox: Inbox) -> None:
    http.post("/api/carpool/codes", json={"email": "anna@example.org"})
    body = {"code": inbox.code()}
    refusal = http.post("/api/carpool/sessions", json=body)
    assert (refusal.status_code, refusal.json["missing"]) == (409, ["alias", "adult"])
    assert http.post("/api/carpool/sessions", json=body | {"alias": "Anna", "adult": True}).status_code == 200
    assert http.post("/api/carpool/sessions", json=body).status_code == 403


def test_without_a_mail_server_nobody_signs_up_and_is_told_so(store: Store, territory: Territory) -> None:
    with app_of(territory, kept=Kept(store, SEALING)).test_client() as client:
        answer = client.post("/api/carpool/codes", json={"email": "anna@example.org"})
    assert (answer.status_code, answer.json["type"]) == (503, "/problems/mail-unavailable")


def test_one_address_gets_three_letters_and_no_more(http: CheckedClient, inbox: Inbox) -> None:
    before = len(inbox.letters)
    answers = [http.post("/api/carpool/codes", json={"email": "brian@example.org"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert answers[-1].headers["Retry-After"] == str(answers[-1].json["retry_after_s"]) == "300"
    assert len(inbox.letters) == before + 3


def test_three_requests_by_strangers_keep_nobody_out(http: CheckedClient, inbox: Inbox) -> None:
    asked = {"email": "erell@example.org"}
    strangers = [{"REMOTE_ADDR": f"192.0.2.{number}"} for number in range(30)]
    for stranger in strangers[:3]:
        assert http.post("/api/carpool/codes", json=asked, environ_base=stranger).status_code == 200
    before, own = len(inbox.letters), {"REMOTE_ADDR": "203.0.113.5"}
    assert http.post("/api/carpool/codes", json=asked, environ_base=own).status_code == 200
    assert len(inbox.letters) == before + 1
    assert [http.post("/api/carpool/codes", json=asked, environ_base=one).status_code for one in strangers[3:]] == (
        [200] * 27
    )
    assert len(inbox.letters) == before + 9, "twelve letters an hour, whoever asks"
    newcomer = asked | {"code": inbox.code(), "alias": "Erell", "adult": True}
    assert http.post("/api/carpool/codes", json=asked, environ_base=own).status_code == 200
    assert http.post("/api/carpool/sessions", json=newcomer, environ_base=own).status_code == 200, "the last is good"


def test_a_code_goes_to_a_domain_of_any_letters(http: CheckedClient, inbox: Inbox) -> None:
    assert http.post("/api/carpool/codes", json={"email": "anna@écluse.example"}).status_code == 200
    assert inbox.letters[-1]["To"] == "anna@xn--cluse-9ra.example"
    refused = http.post("/api/carpool/codes", json={"email": "anna@exam\u200dple.org"})
    assert refused.json["errors"][0]["member"] == "email"


def test_codes_cannot_be_guessed_at_leisure(http: CheckedClient) -> None:
    tries = [http.post("/api/carpool/sessions", json={"code": "x"}).status_code for _ in range(31)]
    assert tries == [403] * 30 + [429]


def wrong_codes(right: str, count: int) -> list[str]:
    """Six digits each."""
    return [f"{(int(right) + number) % 1_000_000:06}" for number in range(1, count + 1)]


def test_after_five_wrong_codes_from_a_place_the_right_one_has_to_wait(http: CheckedClient, inbox: Inbox) -> None:
    http.post("/api/carpool/codes", json={"email": "carole@example.org"})
    code = inbox.code()
    tries = [http.post("/api/carpool/sessions", json={"code": wrong}) for wrong in wrong_codes(code, 5)]
    assert [answer.status_code for answer in tries] == [403] * 5
    late = http.post("/api/carpool/sessions", json={"code": code, "alias": "Carole", "adult": True})
    assert (late.status_code, late.headers["Retry-After"]) == (429, "180")


def test_after_five_wrong_codes_for_an_address_its_code_is_gone_wherever_they_came_from(
    http: CheckedClient, inbox: Inbox
) -> None:
    http.post("/api/carpool/codes", json={"email": "denez@example.org"})
    code, whose = inbox.code(), {"email": "denez@example.org", "alias": "Denez", "adult": True}
    for place, wrong in enumerate(wrong_codes(code, 5)):
        near = {"REMOTE_ADDR": f"192.0.2.{place + 1}"}
        assert http.post("/api/carpool/sessions", json=whose | {"code": wrong}, environ_base=near).status_code == 403
    far = {"REMOTE_ADDR": "192.0.2.99"}
    assert http.post("/api/carpool/sessions", json=whose | {"code": code}, environ_base=far).status_code == 403
    http.post("/api/carpool/codes", json={"email": "denez@example.org"}, environ_base=far)
    anew = whose | {"code": inbox.code()}
    assert http.post("/api/carpool/sessions", json=anew, environ_base=far).status_code == 200, "the next is good"
    without = {"code": code, "alias": "Denez", "adult": True}
    assert http.post("/api/carpool/sessions", json=without, environ_base=far).status_code == 403


def test_who_is_not_signed_in_is_told_how(http: CheckedClient) -> None:
    answer = http.get("/api/carpool/me", headers={"Authorization": "Bearer guess"})
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")


def test_a_session_is_listed_and_revoked(anna: Person, http: CheckedClient, inbox: Inbox) -> None:
    elsewhere = sign_in(http, inbox)
    sessions = anna.call("GET", "sessions")["sessions"]
    other = next(one["id"] for one in sessions if not one["current"])
    anna.call("DELETE", f"sessions/{other}")
    elsewhere.call("GET", "me", status=401)
    left = anna.call("GET", "sessions")["sessions"]
    assert [one["current"] for one in left] == [True]
    anna.call("DELETE", "sessions/current")
    anna.call("GET", "me", status=401)


def test_an_account_is_changed_and_erased(anna: Person, store: Store) -> None:
    changed = anna.call("PATCH", "me", {"alias": "Ann", "phone": "06 12 34 56 78"})
    assert (changed["alias"], changed["phone"]) == ("Ann", "0612345678")
    anna.publish()
    anna.call("DELETE", "me")
    anna.call("GET", "me", status=401)
    with store.reading() as connection:
        assert not connection.execute(select(METADATA.tables["offers"])).all()


def test_behind_a_proxy_each_client_counts_for_itself(store: Store, territory: Territory) -> None:
    settings = config()
    settings = settings.model_copy(update={"server": settings.server.model_copy(update={"proxies": 1})})
    client = app_of(territory, settings=settings, kept=Kept(store, SEALING)).test_client()
    for address in ("192.0.2.7", "192.0.2.8"):
        headers = {"X-Forwarded-For": address}
        tries = [client.post("/api/carpool/sessions", json={"code": "x"}, headers=headers) for _ in range(30)]
        assert {answer.status_code for answer in tries} == {403}
