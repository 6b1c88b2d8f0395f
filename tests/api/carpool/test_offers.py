"""A driver signs in by mail, publishes, changes, pauses, withdraws; over HTTP, on both databases."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from api.config.carpool import MailSection
from api.web.storing import Kept
from mobility.geo import Point, distance_m
from mobility.routing.territory import Territory
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.conftest import app_of, config
from tests.api.motis import CheckedClient
from tests.api.people import FAR_HOME, HOME, OFFER, SEALING, Json, Person, sign_in
from tests.mail import Inbox
from tests.storage import backup
from tests.town import at


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


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


def test_a_name_that_imitates_is_refused(anna: Person) -> None:
    assert anna.call("PATCH", "me", {"alias": "Аnna"}, 400)["parameter"] == "alias"


def test_an_offer_wholly_outside_the_territory_is_refused(anna: Person) -> None:
    """Between two places 30 km east of the stops; from one of them to C is another matter."""
    east, farther = (f"{one.lat},{one.lon}" for one in (at("40 1"), at("45 2")))
    for told in ("offers", "preview", "wanted"):
        seats = {"fromPlace": east, "toPlace": farther, "date": "2026-06-04", "departure": "07:40", "seats": 1}
        assert anna.call("POST", told, seats, 400)["type"] == "/problems/invalid-query"
    assert anna.publish(fromPlace=east, priceCents=0)
    (offer,) = anna.publish(priceCents=0)
    moved = anna.call("PATCH", f"offers/{offer['id']}", {"fromPlace": east, "toPlace": farther}, 400)
    assert "outside the territory" in moved["reason"]


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


def test_an_offer_is_shown_at_the_meeting_points_it_will_be_matched_at(anna: Person) -> None:
    (offer,) = anna.publish()
    assert (offer["from"]["id"], offer["from"]["kind"], offer["to"]["id"]) == ("t_A", "stop", "t_C")
    assert [offer["waypoints"][0]["id"], offer["waypoints"][-1]["id"]] == ["t_A", "t_C"]
    assert (offer["departure"], offer["date"], offer["priceCents"]) == ("07:40", "2026-06-04", 100)
    assert anna.call("GET", f"offers/{offer['id']}") == offer


def test_a_home_far_from_all_meeting_points_is_blurred(anna: Person) -> None:
    (offer,) = anna.publish(fromPlace=f"{FAR_HOME.lat},{FAR_HOME.lon}")
    place = offer["from"]
    assert place["kind"] == "blurred"
    assert 0 < distance_m(FAR_HOME, Point(place["lat"], place["lon"])) < 520


def test_a_preview_stores_nothing(anna: Person) -> None:
    assert anna.call("POST", "preview", OFFER)["offers"][0]["from"]["id"] == "t_A"
    assert anna.call("GET", "offers")["offers"] == []


def test_the_way_back_is_published_in_one_go(anna: Person) -> None:
    there, back = anna.publish(back={"departure": "17:30"})
    assert there["back"] == back["id"]
    assert (back["from"]["id"], back["to"]["id"], back["departure"]) == ("t_C", "t_A", "17:30")
    refused = anna.call("POST", "offers", OFFER | {"back": {"departure": "07:00"}}, 400)
    assert refused["parameter"] == "back"


def test_a_weekly_offer_keeps_its_exceptions_and_rule(anna: Person) -> None:
    weekly = {
        "weekdays": ["monday", "friday"],
        "lastDay": "2026-09-30",
        "exceptDays": ["2026-06-05"],
        "addedDays": ["2026-06-06"],
        "school": "school_days_only",
    }
    (offer,) = anna.publish(date=None, weekly=weekly)
    assert offer["weekly"] == weekly | {"firstDay": "2026-06-03"}
    confirmed = anna.call("POST", f"offers/{offer['id']}/confirm")
    assert confirmed["weekly"]["lastDay"] == "2026-12-03"


@pytest.mark.parametrize(
    ("other", "status", "named"),
    [
        ({"date": "2026-06-02"}, 400, "date"),
        ({"date": "2027-06-02"}, 400, "date"),
        ({"fromPlace": "91,0"}, 400, "fromPlace"),
        ({"fromPlace": "t_NOWHERE"}, 404, "fromPlace"),
        ({"toPlace": "t_A"}, 400, "toPlace"),
    ],
)
def test_what_cannot_be_published_is_named(anna: Person, other: Json, status: int, named: str) -> None:
    assert anna.call("POST", "offers", OFFER | other, status)["parameter"] == named


@pytest.mark.parametrize(
    "other",
    [{"date": None}, {"weekly": {"weekdays": ["monday"]}}, {"seats": 0}, {"colour": "red"}, {"departure": "7:40"}],
)
def test_a_body_that_says_too_little_or_too_much_is_refused(anna: Person, other: Json) -> None:
    assert anna.call("POST", "offers", OFFER | other, 400)["type"] == "/problems/invalid-body"


SKIPPED = {"date": "2027-03-28", "departure": "02:30"}


@pytest.mark.parametrize(
    ("other", "named"), [(SKIPPED, "departure"), ({"back": SKIPPED}, "back.departure")], ids=["there", "back"]
)
def test_a_ride_at_an_hour_that_clocks_skip_is_refused(anna: Person, other: Json, named: str) -> None:
    refusal = anna.call("POST", "offers", OFFER | other, 400)
    assert (refusal["type"], refusal["parameter"]) == ("/problems/skipped-hour", named)
    assert refusal["instead"] == "2027-03-28T03:30:00+02:00"


def test_an_offer_is_not_moved_to_an_hour_that_clocks_skip(anna: Person) -> None:
    (offer,) = anna.publish()
    assert anna.call("PATCH", f"offers/{offer['id']}", SKIPPED, 400)["type"] == "/problems/skipped-hour"
    assert anna.call("GET", f"offers/{offer['id']}") == offer


def test_nobody_looks_for_a_ride_at_an_hour_that_clocks_skip(anna: Person) -> None:
    wanted = {"fromPlace": "t_A", "toPlace": "t_C", "seats": 1} | SKIPPED
    assert anna.call("POST", "wanted", wanted, 400)["type"] == "/problems/skipped-hour"


def test_a_price_is_a_share_of_the_costs(anna: Person) -> None:
    (offer,) = anna.publish()
    most = int(offer["drive"]["distance"] / 1000 * 52.9 / 2)
    assert offer["mostPriceCents"] == most
    assert anna.publish(priceCents=most, date="2026-06-05")[0]["priceCents"] == most
    refusal = anna.call("POST", "offers", OFFER | {"priceCents": most + 1, "date": "2026-06-06"}, 409)
    assert (refusal["type"], refusal["most_cents"]) == ("/problems/price-too-high", most)


def test_two_offers_of_one_drive_share_its_costs(anna: Person) -> None:
    (offer,) = anna.publish(priceCents=0)
    most = offer["mostPriceCents"]
    anna.call("PATCH", f"offers/{offer['id']}", {"priceCents": most - 10})
    for told in ("offers", "preview"):
        refusal = anna.call("POST", told, OFFER | {"departure": "07:45", "priceCents": 12}, 409)
        assert (refusal["type"], refusal["most_cents"]) == ("/problems/price-too-high", 10)
    assert len(anna.call("GET", "offers")["offers"]) == 1
    assert anna.publish(departure="07:45", priceCents=10)


def test_an_offer_is_changed_in_part(anna: Person) -> None:
    (offer,) = anna.publish()
    changed = anna.call("PATCH", f"offers/{offer['id']}", {"departure": "07:55", "toPlace": "t_B"})
    assert (changed["departure"], changed["to"]["id"], changed["seats"]) == ("07:55", "t_B", 2)
    refusal = anna.call("PATCH", f"offers/{offer['id']}", {"seats": 8, "priceCents": 100}, 409)
    assert refusal["type"] == "/problems/price-too-high"
    assert anna.call("GET", f"offers/{offer['id']}") == changed


def test_an_offer_is_paused_resumed_withdrawn_and_taken_back(anna: Person) -> None:
    (offer,) = anna.publish()
    path = f"offers/{offer['id']}"
    told = [anna.call("POST", f"{path}/{verb}")["status"] for verb in ("pause", "resume", "withdraw", "take-back")]
    assert told == ["paused", "active", "withdrawn", "active"]
    anna.call("POST", f"{path}/withdraw")
    assert anna.call("PATCH", path, {"seats": 1}, 409)["state"] == "withdrawn"


def test_nobody_sees_or_changes_the_offer_of_another(anna: Person, http: CheckedClient, inbox: Inbox) -> None:
    (offer,) = anna.publish()
    brian = sign_in(http, inbox, "brian@example.org")
    assert brian.call("GET", "offers")["offers"] == []
    brian.call("GET", f"offers/{offer['id']}", status=404)
    brian.call("POST", f"offers/{offer['id']}/withdraw", status=404)


def test_a_home_reaches_no_table_log_or_backup(
    anna: Person, store: Store, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    with caplog.at_level(logging.DEBUG):
        (offer,) = anna.publish()
        anna.publish(toPlace=f"{FAR_HOME.lat},{FAR_HOME.lon}", priceCents=0)
        anna.call("PATCH", f"offers/{offer['id']}", {"toPlace": f"{FAR_HOME.lat},{FAR_HOME.lon}", "priceCents": 0})
        anna.call("POST", "offers", OFFER | {"priceCents": 20_000}, 409)
    with store.reading() as connection:
        kept = str([list(connection.execute(select(table))) for table in METADATA.sorted_tables])
    kept += backup(store, tmp_path / "backup").decode("utf-8", "replace")
    assert offer["id"] in kept
    for degrees in (HOME.lat, HOME.lon, FAR_HOME.lat, FAR_HOME.lon):
        assert f"{degrees:.4f}" not in kept
        assert f"{degrees:.4f}" not in caplog.text
    for personal in ("anna@example.org", anna.token):
        assert personal not in kept
        assert personal not in caplog.text


def test_behind_a_proxy_each_client_counts_for_itself(store: Store, territory: Territory) -> None:
    settings = config()
    settings = settings.model_copy(update={"server": settings.server.model_copy(update={"proxies": 1})})
    client = app_of(territory, settings=settings, kept=Kept(store, SEALING)).test_client()
    for address in ("192.0.2.7", "192.0.2.8"):
        headers = {"X-Forwarded-For": address}
        tries = [client.post("/api/carpool/sessions", json={"code": "x"}, headers=headers) for _ in range(30)]
        assert {answer.status_code for answer in tries} == {403}
