"""People in front of the pages of carpooling: they sign in by real mail and send forms as their page would."""

from __future__ import annotations

import re

from flask import Flask
from werkzeug.test import TestResponse

from tests.api.motis import CheckedClient
from tests.api.people import HOME
from tests.mail import Inbox

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
LOST = "Trajets à venir où vous n’avez pas de place"
RIDE = {"date": "2026-06-04", "pickup": "t_A", "dropOff": "t_C"}


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


def published(client: CheckedClient) -> str:
    """The id of OFFER, from the page of one's rides."""
    sent(client, "/carpool/publish", OFFER | {"step": "publish"})
    found = re.search(r'id="offer-(\w+)"', client.get("/carpool/mine").text)
    assert found
    return found[1]


def draft(page: TestResponse) -> str:
    found = re.search(r'name="draft" value="(\w+)"', page.text)
    assert found, page.text
    return found[1]


def unfolded(client: CheckedClient) -> str:
    """One's rides, as far as they can be read without opening anything."""
    return client.get("/carpool/mine").text.split('<details class="over">')[0]


def offer_of(driver: CheckedClient) -> str:
    return driver.get("/carpool/mine").text.split('id="offer-')[1].split('"')[0]
