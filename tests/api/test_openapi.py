"""The description of what is ours is valid, and neither it nor the MOTIS API's finds us at fault.

schemathesis sends what the descriptions allow and what they forbid, and holds every answer against them.
"""

from __future__ import annotations

import atexit
import copy
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.checks import ignored_auth, negative_data_rejection, positive_data_acceptance

from api.openapi.description import OPERATIONS
from api.operators.gate import BASE
from api.portal.products import make
from api.territory.in_service import Following
from api.web.storage import Kept
from gtfs.snapshot import FeedSource
from mobility.carpool.accounts import Accounts, Newcomer
from mobility.errors import NotSignedIn, TokenNeeded
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from mobility.operators.tokens import Operators, Role
from mobility.storage.migrate import prepare
from mobility.storage.store import open_store, sqlite_url
from tests.api.conftest import LINES, NOW, ROOT, STOPS, app_of, config, with_mail
from tests.api.lazy_schemas import for_test
from tests.api.motis import CheckedClient, description, specs
from tests.api.people import SEALING
from tests.api.resources import resources_of_ours
from tests.mail import mail_server
from tests.town import ZONE, moment, write_town

ANSWERED = (
    "/api/v6/plan",
    "/api/v6/stoptimes",
    "/api/v6/trip",
    "/api/v6/refresh-itinerary",
    "/api/v6/stop",
    "/api/v6/map/stops",
    "/api/v6/one-to-all",
    "/api/v1/geocode",
    "/api/v1/reverse-geocode",
    "/api/v1/map/initial",
    "/api/v1/rentals",
    "/api/v1/health",
)
BOUNDED = settings(max_examples=16, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
TOO_LOOSE = [positive_data_acceptance, negative_data_rejection]
"""The MOTIS description calls a coordinate any text, and we ignore parameters that change nothing here."""

DATED = ("/offers", "/offers/{id}", "/preview", "/wanted", "/bookings")
"""Their bodies name days, and whether one lies in the past no schema can say."""
NAMED = "/trips"
"""Its body names a profile, and the config says which there are."""


def nicknames(names: tuple[str, ...] = ("Anna", "Ἀθηνᾶ", "Олег", "אנה", "김철수")) -> SearchStrategy[str]:
    """Names as the description of an alias has them: of one script each, with spaces and signs that belong to none."""
    words = [st.text(st.sampled_from(sorted({*name, *"' -.1🚗"})), min_size=1, max_size=20) for name in names]
    return st.one_of(words).filter(lambda name: any(letter.isalnum() for letter in name))


schemathesis.openapi.format("nickname", nicknames())


@schemathesis.serializer("application/zip")
def as_bytes(context: object, value: object) -> bytes:
    """Any bytes: what is in a file is judged when it is read."""
    return value if isinstance(value, bytes) else repr(value).encode()


@cache
def held_up() -> tuple[Flask, Accounts, Kept]:
    """A network with its open data, a database and a mail server, until the tests end."""
    held = ExitStack()
    atexit.register(held.close)
    data = Path(held.enter_context(TemporaryDirectory()))
    feed = Incoming(FeedSource("t", "test"), str(write_town(data / "town", STOPS, LINES)))
    reload(LoadContext(data, BuildInputs(ZONE), date(2026, 6, 1)), [feed])
    territory = Following(data, config()).territory()
    make(data, config(), territory)
    store = open_store(sqlite_url(data / "hent.sqlite3"))
    prepare(store)
    inbox = held.enter_context(mail_server())
    kept = Kept(store, SEALING, data)
    limits = config().limits.model_copy(update={"guesses_per_minute": 1_000_000})
    settings = with_mail(inbox).model_copy(update={"limits": limits})
    return app_of(territory, settings=settings, kept=kept), Accounts(store, SEALING), kept


def served() -> Flask:
    return held_up()[0]


@dataclass
class SignedIn:
    """Who asks, with the token that was given last: a case may end the session or erase the account."""

    accounts: Accounts
    operators: Operators
    now: int
    _token: str = ""
    _operator_token: str = ""

    def somebody(self) -> dict[str, str]:
        try:
            self.accounts.account(self._token, self.now)
        except NotSignedIn:
            code = self.accounts.code("anna@example.org", "fr", self.now)
            self._token = self.accounts.sign_in(code, Newcomer("Anna", adult=True), self.now).token
        return {"Authorization": f"Bearer {self._token}"}

    def operator(self) -> dict[str, str]:
        """Of the smallest role: who may load would begin a process for each case."""
        try:
            self.operators.of(self._operator_token, self.now)
        except TokenNeeded:
            self._operator_token = self.operators.add("anna", Role.READ, 1, self.now)
        return {"Authorization": f"Bearer {self._operator_token}"}


@pytest.fixture(scope="module")
def signed_in() -> SignedIn:
    _, accounts, kept = held_up()
    return SignedIn(accounts, Operators(kept.store), int(moment(NOW)))


@cache
def ours() -> Any:
    return schemathesis.openapi.from_wsgi("/openapi.json", served())


def motis() -> Any:
    """The part of the MOTIS description that we answer, its errors as problems too."""
    told = copy.deepcopy(description())
    told.pop("servers", None)
    told["paths"] = {path: methods for path, methods in told["paths"].items() if path in ANSWERED}
    for answers in [method["responses"] for methods in told["paths"].values() for method in methods.values()]:
        for status, answer in answers.items():
            if status >= "400" and "content" in answer:
                answer["content"]["application/problem+json"] = answer["content"]["application/json"]
    schema = schemathesis.openapi.from_dict(told)
    schema.app = served()
    return schema


@pytest.fixture
def described(request: pytest.FixtureRequest) -> Any:
    return for_test(request, ours())


@pytest.fixture
def described_by_motis(request: pytest.FixtureRequest) -> Any:
    if not specs():
        pytest.skip("there is no description to hold answers against: HENT_SPECS is not set")
    return for_test(request, motis())


OURS = schemathesis.pytest.from_fixture("described")
PLAIN = {"Accept-Encoding": "identity"}
"""The transport of WSGI does not unpack."""


def asks_who_one_is(context: Any) -> bool:
    return bool(context.operation.definition.raw.get("security"))


OPEN, MINE = OURS.exclude(func=asks_who_one_is), OURS.include(func=asks_who_one_is)
FEW = settings(BOUNDED, max_examples=6)
"""For a stranger: whatever is sent, the answer is 401, and each further case would be the same search."""
OF_MOTIS = schemathesis.pytest.from_fixture("described_by_motis")


@OPEN.parametrize()
@BOUNDED
def test_nothing_is_found_at_what_is_ours(case: schemathesis.Case) -> None:
    excluded = [positive_data_acceptance] if case.operation.path.endswith(NAMED) else []
    case.call_and_validate(headers=PLAIN, excluded_checks=excluded)


@MINE.parametrize()
@FEW
def test_nothing_is_found_by_a_stranger_at_what_is_somebodys(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=PLAIN)


@MINE.parametrize()
@BOUNDED
def test_nothing_is_found_by_whoever_is_signed_in(case: schemathesis.Case, signed_in: SignedIn) -> None:
    excluded = [ignored_auth, *([positive_data_acceptance] if case.operation.path.endswith(DATED) else [])]
    headers = signed_in.operator() if case.operation.path.startswith(BASE) else signed_in.somebody()
    case.call_and_validate(headers=headers, excluded_checks=excluded)


@OF_MOTIS.parametrize()
@BOUNDED
def test_nothing_is_found_at_the_motis_api(case: schemathesis.Case) -> None:
    case.call_and_validate(headers=PLAIN, excluded_checks=TOO_LOOSE)


def test_the_description_is_valid(client: CheckedClient) -> None:
    OpenAPIV31SpecValidator(client.ask("/openapi.json")).validate()


def test_a_bound_is_described_in_the_words_of_json_schema(client: CheckedClient) -> None:
    """Else whoever reads the description sends what is refused."""
    shapes = client.ask("/openapi.json")["components"]["schemas"].values()
    members = [member for shape in shapes for member in shape.get("properties", {}).values()]
    plain = [kind for member in members for kind in (member, *member.get("anyOf", []))]
    assert [
        kind for kind in plain if {"ge", "gt", "le", "lt", "multiple_of", "min_length", "max_length"} & kind.keys()
    ] == []


def test_the_description_says_where_the_other_parts_are_described(client: CheckedClient) -> None:
    told, page = client.ask("/openapi.json"), (ROOT / "docs" / "api.md").read_text("utf-8")
    assert "/api/v1 to /api/v6" in told["externalDocs"]["description"]
    assert f"]({told['externalDocs']['url']})" in page
    assert "docs/api.md" in told["info"]["description"]
    assert "](docs/api.md)" in (ROOT / "README.md").read_text("utf-8")


def test_every_resource_of_ours_is_described() -> None:
    """The pages are for people, the MOTIS API and others' standards have descriptions of their own."""
    assert resources_of_ours(served()) == {one.path for one in OPERATIONS}


def test_the_description_says_that_an_alias_is_a_nickname_and_not_any_text(client: CheckedClient) -> None:
    """No pattern can say that letters of several scripts are refused; a format can (RFC 8266)."""
    described = client.ask("/openapi.json")["components"]["schemas"]
    for body in ("AccountChange", "SessionRequest"):
        kinds = described[body]["properties"]["alias"]["anyOf"]
        assert [kind.get("format") for kind in kinds if kind["type"] == "string"] == ["nickname"], body
