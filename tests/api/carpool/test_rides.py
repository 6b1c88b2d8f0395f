"""A passenger asks, a driver answers, both write; wanted rides; over HTTP, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select

from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.motis import CheckedClient
from tests.api.people import FAR_HOME, HOME, Json, Person, sign_in
from tests.mail import Inbox
from tests.storage import backup

HOUR_LATER = {"date": "2026-06-04", "departure": "08:40", "seats": 2, "priceCents": 100}
"""Terms of Anna's offer, who had promised ten minutes."""


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


@pytest.fixture
def brian(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox, "brian@example.org")


@pytest.fixture
def seat(anna: Person) -> Json:
    """What one asks for in Anna's offer of two seats at 7:40."""
    (offer,) = anna.publish()
    return {"offer": offer["id"], "date": "2026-06-04", "pickup": "t_A", "dropOff": "t_C"}


def test_whoever_looks_sees_what_can_be_asked_for_and_no_account_is_needed(http: CheckedClient, seat: Json) -> None:
    ride = http.post("/api/carpool/ride", json=seat | {"seats": 2}).json
    assert (ride["driver"], ride["seatsLeft"], ride["priceCents"]) == ("Anna", 2, 200)
    assert (ride["pickup"]["name"], ride["start"], ride["flexibleMinutes"]) == ("A", "2026-06-04T05:40:00Z", 10)


def test_an_ask_is_seen_by_both_and_accepted(anna: Person, brian: Person, seat: Json) -> None:
    asked = brian.call("POST", "bookings", seat | {"message": "Bonjour"})
    assert (asked["status"], asked["role"], asked["may"]) == ("asked", "passenger", ["cancel"])
    (seen,) = anna.call("GET", "bookings")["bookings"]
    assert (seen["role"], seen["with"]["alias"], seen["may"]) == ("driver", "Brian", ["accept", "refuse"])
    accepted = anna.call("POST", f"bookings/{seen['id']}/accept")
    assert (accepted["status"], accepted["may"]) == ("confirmed", ["cancel"])
    assert brian.call("GET", f"bookings/{asked['id']}")["agreed"] == "2026-06-03T05:55:00Z"


def test_both_read_the_time_that_the_passenger_was_told(anna: Person, brian: Person, seat: Json) -> None:
    """Anna leaves at 7:40 and waits until 7:50; Brian, who was told 7:45, can be there by then."""
    seat = seat | {"wait": 300}
    looked, asked = brian.call("POST", "ride", seat), brian.call("POST", "bookings", seat)
    anna.call("POST", f"bookings/{asked['id']}/accept")
    (driven,), (ridden,) = (one.call("GET", "bookings")["bookings"] for one in (anna, brian))
    assert {one["start"] for one in (looked, asked, driven, ridden)} == {"2026-06-04T05:45:00Z"}
    assert len({one["end"] for one in (looked, asked, driven, ridden)}) == 1
    assert looked["flexibleMinutes"] == 5, "of the ten, five are asked for"


def test_who_drives_reads_how_much_later_than_they_published_and_for_whom(
    http: CheckedClient, inbox: Inbox, anna: Person, brian: Person, seat: Json
) -> None:
    """Anna leaves A at 7:40 and waits for Brian until 7:45; Carol gets in there as well."""
    carol = sign_in(http, inbox, "carol@example.org")
    waited = brian.call("POST", "bookings", seat | {"wait": 300})
    anna.call("POST", f"bookings/{waited['id']}/accept")
    beside = carol.call("POST", "bookings", seat)
    found = {one["with"]["alias"]: one for one in anna.call("GET", "bookings")["bookings"]}
    assert {name: (one["laterMinutes"], one["waitMinutes"]) for name, one in found.items()} == {
        "Brian": (5, 5),
        "Carol": (5, 0),
    }
    assert (beside["start"], beside["laterMinutes"]) == ("2026-06-04T05:45:00Z", 0), "what was published she read"


def test_a_telephone_number_is_shown_while_both_agree_and_at_no_other_time(
    anna: Person, brian: Person, seat: Json
) -> None:
    anna.call("PATCH", "me", {"phone": "0612345678"})
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    phones = [brian.call("GET", path)["with"]["phone"]]
    anna.call("POST", f"{path}/accept")
    phones.append(brian.call("GET", path)["with"]["phone"])
    brian.call("POST", f"{path}/cancel")
    phones.append(brian.call("GET", path)["with"]["phone"])
    assert phones == ["", "0612345678", ""]


def test_a_refusal_frees_the_seats(http: CheckedClient, inbox: Inbox, anna: Person, brian: Person, seat: Json) -> None:
    carol = sign_in(http, inbox, "carol@example.org")
    first = brian.call("POST", "bookings", seat | {"seats": 2})
    full = carol.call("POST", "bookings", seat, 409)
    assert full["type"] == "/problems/offer-full"
    anna.call("POST", f"bookings/{first['id']}/refuse")
    assert brian.call("POST", "bookings", seat)["status"] == "asked"


def test_who_asks_for_a_paused_offer_reads_that_it_is_paused_and_not_that_it_is_gone(
    http: CheckedClient, anna: Person, brian: Person, seat: Json
) -> None:
    anna.call("POST", f"offers/{seat['offer']}/pause")
    told = [brian.call("POST", path, seat, 409)["type"] for path in ("ride", "bookings")]
    assert told == ["/problems/offer-paused"] * 2
    assert "La personne qui conduit a suspendu ce trajet" in http.post("/carpool/ask", data=seat).text
    anna.call("POST", f"offers/{seat['offer']}/withdraw")
    assert brian.call("POST", "bookings", seat, 404)["type"] == "/problems/not-found"
    anna.call("POST", f"offers/{seat['offer']}/take-back")
    assert brian.call("POST", "bookings", seat)["status"] == "asked"


def test_both_read_who_has_ended_it(anna: Person, brian: Person, seat: Json) -> None:
    told = []
    for verb, by in (("cancel", brian), ("cancel", anna), ("refuse", anna)):
        path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
        if verb == "cancel":
            anna.call("POST", f"{path}/accept")
        by.call("POST", f"{path}/{verb}")
        told.append([one.call("GET", path)["endedBy"] for one in (anna, brian)])
    assert told == [["passenger"] * 2, ["driver"] * 2, ["driver"] * 2]


def test_both_read_what_became_of_the_offer_that_ended_it(anna: Person, brian: Person, seat: Json) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    assert brian.call("GET", path)["endedBecause"] is None
    anna.call("PATCH", f"offers/{seat['offer']}", HOUR_LATER)
    told = [(one["endedBy"], one["endedBecause"]) for one in (who.call("GET", path) for who in (anna, brian))]
    assert told == [("driver", "hour-changed")] * 2


def test_who_asks_again_is_led_to_the_seat_that_they_have(anna: Person, brian: Person, seat: Json) -> None:
    first = brian.call("POST", "bookings", seat)
    assert first["endedBy"] is None
    for _ in ("asked", "accepted"):
        again = brian.call("POST", "bookings", seat, 409)
        assert (again["type"], again["booking"]) == ("/problems/already-asked", first["id"])
        anna.call("POST", f"bookings/{first['id']}/accept")
    assert anna.call("POST", "ride", seat)["seatsLeft"] == 1
    brian.call("POST", f"bookings/{first['id']}/cancel")
    assert brian.call("POST", "bookings", seat | {"seats": 2})["status"] == "asked"


def test_both_write_and_read_in_order(anna: Person, brian: Person, seat: Json) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat | {'message': 'Bonjour'})['id']}/messages"
    assert anna.call("POST", path, {"text": "À demain"})["mine"]
    told = [(one["alias"], one["mine"], one["text"]) for one in brian.call("GET", path)["messages"]]
    assert told == [("Brian", True, "Bonjour"), ("Anna", False, "À demain")]
    assert brian.call("POST", path, {"text": "x" * 501}, 400)["errors"][0]["member"] == "text"


def test_nobody_else_sees_answers_or_writes(
    anna: Person, brian: Person, seat: Json, http: CheckedClient, inbox: Inbox
) -> None:
    path = f"bookings/{brian.call('POST', 'bookings', seat)['id']}"
    chloe = sign_in(http, inbox, "chloe@example.org")
    assert chloe.call("GET", "bookings")["bookings"] == []
    for method, tried, body in (
        ("GET", path, None),
        ("POST", f"{path}/accept", None),
        ("GET", f"{path}/messages", None),
        ("POST", f"{path}/messages", {"text": "Bonjour"}),
    ):
        chloe.call(method, tried, body, 404)
    assert brian.call("POST", f"{path}/accept", status=409)["state"] == "asked"


@pytest.mark.parametrize(
    ("other", "status", "named"),
    [
        ({"date": "2026-06-05"}, 400, "date"),
        ({"pickup": "t_E"}, 404, "pickup"),
        ({"pickup": "t_C", "dropOff": "t_A"}, 404, "pickup"),
        ({"offer": "none"}, 404, "offer"),
        ({"wait": 601}, 400, "wait"),
    ],
)
def test_what_cannot_be_asked_for_is_named(brian: Person, seat: Json, other: Json, status: int, named: str) -> None:
    assert brian.call("POST", "bookings", seat | other, status)["parameter"] == named
    assert brian.call("POST", "ride", seat | other, status)["parameter"] == named


def test_a_ride_is_looked_for_on_one_date_or_weekly_and_withdrawn(brian: Person) -> None:
    once = {"fromPlace": "t_A", "toPlace": "t_C", "date": "2026-06-05", "departure": "07:30"}
    made = brian.call("POST", "wanted", once)
    assert (made["from"]["id"], made["date"], made["weekly"]) == ("t_A", "2026-06-05", None)
    weekly = {"weekdays": ["monday"], "firstDay": "2026-06-08", "lastDay": "2026-07-06"}
    brian.call("POST", "wanted", once | {"date": None, "weekly": weekly, "seats": 2})
    brian.call("DELETE", f"wanted/{made['id']}")
    (left,) = brian.call("GET", "wanted")["wanted"]
    assert (left["weekly"], left["seats"], left["departure"]) == (weekly, 2, "07:30")
    brian.call("DELETE", f"wanted/{made['id']}", status=404)


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"fromPlace": f"{FAR_HOME.lat},{FAR_HOME.lon}"}, "fromPlace"),
        ({"toPlace": "t_A"}, "toPlace"),
        ({"date": "2026-06-02"}, "date"),
    ],
)
def test_a_wanted_ride_goes_between_meeting_points_in_time_to_come(brian: Person, other: Json, named: str) -> None:
    wanted = {"fromPlace": "t_A", "toPlace": "t_C", "date": "2026-06-05", "departure": "07:30"}
    assert brian.call("POST", "wanted", wanted | other, 400)["parameter"] == named


def test_no_place_that_a_passenger_names_reaches_a_table_or_a_backup(
    brian: Person, seat: Json, store: Store, tmp_path: Path
) -> None:
    brian.call("POST", "bookings", seat)
    home = f"{HOME.lat},{HOME.lon}"
    ride = brian.call(
        "POST", "wanted", {"fromPlace": home, "toPlace": "t_C", "date": "2026-06-05", "departure": "07:30"}
    )
    assert ride["from"]["id"] == "t_A"
    kept = backup(store, tmp_path / "backup").decode("utf-8", "replace")
    with store.reading() as connection:
        kept += str([list(connection.execute(select(table))) for table in METADATA.sorted_tables])
    assert ride["id"] in kept
    assert not [degrees for degrees in (HOME.lat, HOME.lon) if f"{degrees:.4f}" in kept]
