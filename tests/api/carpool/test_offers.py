"""A driver publishes, changes, pauses, withdraws; over HTTP, on both databases."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from sqlalchemy import select

from mobility.geo import Point, distance_m
from mobility.polyline import points_of
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.motis import CheckedClient
from tests.api.people import FAR_HOME, HOME, OFFER, Json, Person, sign_in
from tests.mail import Inbox
from tests.storage import backup
from tests.town import at


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


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
    assert "hors du territoire" in moved["reason"]


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


def test_no_road_is_told_between_a_blurred_home_and_the_only_place_where_people_get_out(anna: Person) -> None:
    (offer,) = anna.publish(fromPlace=f"{FAR_HOME.lat},{FAR_HOME.lon}")
    assert ([one["id"] for one in offer["waypoints"]], offer["line"]) == (["t_C"], "")


def test_the_road_between_two_meeting_points_is_told(anna: Person) -> None:
    (offer,) = anna.publish()
    road = points_of(offer["line"], 5)
    ends = [Point(offer[end]["lat"], offer[end]["lon"]) for end in ("from", "to")]
    assert [round(distance_m(*both)) < 3 for both in zip((road[0], road[-1]), ends, strict=True)] == [True, True]


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
