"""Whoever asks gets all that is held of them; whoever leaves is gone, also from the other side and from the disk."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from api.carpool.carpooling import carpooling
from api.retention import erase_what_is_due
from api.web.storage import Kept
from mobility.storage.metadata import METADATA
from mobility.storage.store import Store
from tests.api.conftest import NOW, with_mail
from tests.api.motis import CheckedClient
from tests.api.people import SEALING, Json, Person, sign_in
from tests.mail import Inbox
from tests.storage import bytes_on_disk
from tests.town import moment

NAMES = {"anna": "annazanflamme@example.org", "brian": "brianquorvex@example.org"}


@pytest.fixture
def pair(http: CheckedClient, inbox: Inbox) -> tuple[Person, Person]:
    """A driver and a passenger who have agreed on a ride and written to each other."""
    anna, brian = (sign_in(http, inbox, email) for email in NAMES.values())
    anna.call("PATCH", "me", {"phone": "0612345678"})
    (offer,) = anna.publish()
    ask = {"offer": offer["id"], "date": "2026-06-04", "pickup": "t_A", "dropOff": "t_C", "message": "Brumelune"}
    booking = brian.call("POST", "bookings", ask)["id"]
    anna.call("POST", f"bookings/{booking}/accept")
    anna.call("POST", f"bookings/{booking}/messages", {"text": "Vertigrise"})
    brian.call("POST", "wanted", {"fromPlace": "t_A", "toPlace": "t_C", "date": "2026-06-05", "departure": "08:00"})
    return anna, brian


def me(person: Person, method: str = "GET", path: str = "", status: int = 200, body: Json | None = None) -> Json:
    headers = {"Authorization": f"Bearer {person.token}"}
    answer = person.client.open(f"/api/me{path}", method=method, headers=headers, json=body)
    assert answer.status_code == status, answer.json
    found: Json = answer.json
    return found


def rows_with(store: Store, account: str) -> Iterator[tuple[str, Json]]:
    with store.reading() as connection:
        for table in METADATA.sorted_tables:
            for row in connection.execute(select(table)).mappings():
                if account in row.values():
                    yield table.name, dict(row)


def test_the_export_holds_a_trace_of_every_row_about_the_person(pair: tuple[Person, Person], store: Store) -> None:
    for person in pair:
        told = me(person, path="/export")
        text = json.dumps(told, ensure_ascii=False)
        rows = list(rows_with(store, told["account"]["id"]))
        assert {table for table, _ in rows} >= {"accounts", "sessions", "bookings", "messages"}
        for table, row in rows:
            assert row["id"] in text or (table == "letters" and told["letters"]), table
    anna, brian = (me(person, path="/export") for person in pair)
    assert (anna["account"]["email"], anna["account"]["phone"]) == (NAMES["anna"], "0612345678")
    assert [one["text"] for one in anna["messages"]] == [one["text"] for one in brian["messages"]]
    assert brian["wanted"][0]["from"]["id"] == "t_A"
    assert anna["hent"]["dataUse"]["processings"][0] == "account"


def test_the_export_tells_nothing_of_the_other_that_the_ride_does_not_need(pair: tuple[Person, Person]) -> None:
    text = json.dumps(me(pair[0], path="/export"))
    assert NAMES["anna"] in text
    assert NAMES["brian"] not in text


def test_what_is_wrong_is_corrected(pair: tuple[Person, Person]) -> None:
    assert me(pair[1], "PATCH", body={"alias": "Brieg", "language": "br"})["alias"] == "Brieg"
    assert me(pair[1])["language"] == "br"


@pytest.mark.own_database
@pytest.mark.parametrize("leaver", [0, 1], ids=["driver", "passenger"])
def test_whoever_leaves_is_gone_from_the_other_side_and_from_the_disk(
    pair: tuple[Person, Person], store: Store, inbox: Inbox, leaver: int, tmp_path: Path
) -> None:
    gone, stays = pair[leaver], pair[1 - leaver]
    alias, account = list(NAMES.values())[leaver].split("@")[0].title(), me(gone)["id"]
    assert alias in json.dumps(me(stays, path="/export"))
    ended = me(gone, "DELETE")
    me(gone, status=401)
    assert not list(rows_with(store, account))
    assert alias not in json.dumps(me(stays, path="/export"))
    assert "Brumelune" not in json.dumps(me(stays, path="/export"))
    if not store.is_sqlite:
        assert ended["traces"] == "gone_soon"
        settings = with_mail(inbox)
        erase_what_is_due(carpooling(settings, Kept(store, SEALING), lambda: moment(NOW)), tmp_path, moment(NOW))
    left = bytes_on_disk(store)
    for trace in (alias, account, "Brumelune", "Vertigrise"):
        assert trace.encode() not in left


def test_on_sqlite_the_last_byte_is_gone_with_the_answer(pair: tuple[Person, Person], store: Store) -> None:
    if store.is_sqlite:
        assert me(pair[0], "DELETE")["traces"] == "gone"
