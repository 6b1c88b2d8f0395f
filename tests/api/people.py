"""People who share cars, over HTTP: each signed in by a code from a real mailbox."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mobility.carpool.sealing import Sealing
from tests.api.motis import CheckedClient
from tests.mail import Inbox
from tests.town import at

Json = dict[str, Any]
SEALING = Sealing("a secret of at least thirty-two characters")
HOME = at("0.21 -0.33")
"""350 m from stop A."""
FAR_HOME = at("0.45 -2.75")
"""Two and a half kilometres from any stop."""
OFFER = {
    "fromPlace": f"{HOME.lat},{HOME.lon}",
    "toPlace": "t_C",
    "date": "2026-06-04",
    "departure": "07:40",
    "seats": 2,
    "priceCents": 100,
    "languages": ["fr", "br"],
    "accessibility": {"childSeat": True},
}


@dataclass
class Person:
    client: CheckedClient
    token: str

    def call(self, method: str, path: str, body: Json | None = None, status: int = 200) -> Json:
        headers = {"Authorization": f"Bearer {self.token}"}
        answer = self.client.open(f"/api/carpool/{path}", method=method, headers=headers, json=body)
        assert answer.status_code == status, answer.json
        found: Json = answer.json
        found.pop("hent", None)
        return found

    def publish(self, **other: Any) -> list[Json]:
        offers: list[Json] = self.call("POST", "offers", OFFER | other)["offers"]
        return offers


def sign_in(client: CheckedClient, inbox: Inbox, email: str = "anna@example.org") -> Person:
    assert client.post("/api/carpool/codes", json={"email": email, "language": "fr"}).status_code == 200
    body = {"code": inbox.code(), "alias": email.split("@")[0].title(), "adult": True}
    answer = client.post("/api/carpool/sessions", json=body)
    assert answer.status_code == 200, answer.json
    return Person(client, answer.json["token"])
