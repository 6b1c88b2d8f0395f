"""Anna drives and reads French, Brian rides and reads English, and what the mail tells both."""

from __future__ import annotations

import pytest

from api.carpool.carpooling import carpooling
from api.web.storage import Kept
from mobility.storage.store import Store
from tests.api.carpool.told import Told
from tests.api.conftest import NOW, with_mail
from tests.api.motis import CheckedClient
from tests.api.people import SEALING, Json, Person, sign_in
from tests.mail import Inbox
from tests.town import moment


@pytest.fixture
def told(store: Store, inbox: Inbox) -> Told:
    return Told(carpooling(with_mail(inbox), Kept(store, SEALING), lambda: moment(NOW)), inbox)


@pytest.fixture
def anna(http: CheckedClient, inbox: Inbox) -> Person:
    return sign_in(http, inbox)


@pytest.fixture
def brian(http: CheckedClient, inbox: Inbox) -> Person:
    brian = sign_in(http, inbox, "brian@example.org")
    brian.call("PATCH", "me", {"language": "en"})
    return brian


@pytest.fixture
def seat(anna: Person) -> Json:
    (offer,) = anna.publish()
    return {"offer": offer["id"], "date": "2026-06-04", "pickup": "t_A", "dropOff": "t_C"}
