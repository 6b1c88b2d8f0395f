"""A town with a station, a boat, a night bus and a shuttle at intervals, asked over HTTP."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Thread

import pytest
from flask import Flask

from api.app import create_app
from api.config import Config, read_config
from api.config.carpool import MailSection
from api.territory.in_service import Following
from api.web.storage import Kept
from mobility.places.build import build as build_places
from mobility.routing.territory import Territory
from mobility.storage.store import Store
from tests.api.motis import CheckedClient
from tests.api.npm import client_project
from tests.api.people import SEALING
from tests.api.terminal import Publisher, zipped
from tests.demo_in_service import demo_in_service
from tests.mail import Inbox, mail_server
from tests.town import moment, town

ROOT = Path(__file__).parent.parent.parent
NOW = "2026-06-03 7:55"

STOPS = "A 0 0, B 3 0, C 6 0, D 6.3 0, E 9 0, N 3 4, M 6 4"
LINES = """
    Bus1
    A     B     C
    8:00  8:10  8:20
    8:30  8:40  8:50
    9:00  9:10  9:20

    Boat2
    D     E
    8:30  8:50
    9:30  9:50

    Night
    N      B      M
    23:50  24:10  24:30
    """


class Fixed:
    """A territory that is always in service."""

    def __init__(self, territory: Territory) -> None:
        self._territory = territory

    def territory(self) -> Territory:
        return self._territory


def config() -> Config:
    return read_config(ROOT / "config.toml")


def app_of(territory: Territory, now: str = NOW, settings: Config | None = None, kept: Kept | None = None) -> Flask:
    app = create_app(settings or config(), Fixed(territory), lambda: moment(now), kept)
    app.test_client_class = CheckedClient
    return app


def with_places(found: Territory) -> Territory:
    """Whose stops are found by name."""
    return replace(found, places=build_places(found.network))


@pytest.fixture(scope="session")
def territory() -> Territory:
    return with_places(town(STOPS, LINES))


@pytest.fixture(scope="session")
def app(territory: Territory) -> Flask:
    return app_of(territory)


@pytest.fixture
def client(app: Flask) -> Iterator[CheckedClient]:
    with app.test_client() as client:
        assert isinstance(client, CheckedClient)
        yield client


@pytest.fixture(scope="session")
def ask_town() -> Callable[..., CheckedClient]:
    """A client of a town of one's own: `ask_town(stops, lines, more={...})`."""

    def client(*args: object, now: str = NOW, **kwargs: object) -> CheckedClient:
        found = app_of(town(*args, **kwargs), now).test_client()  # type: ignore[arg-type]
        assert isinstance(found, CheckedClient)
        return found

    return client


@pytest.fixture(scope="session")
def npm_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return client_project(tmp_path_factory.mktemp("npm"))


@pytest.fixture(scope="session")
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


@pytest.fixture
def http(store: Store, territory: Territory, inbox: Inbox) -> CheckedClient:
    """An installation with a database and a mail server."""
    client = app_of(territory, settings=with_mail(inbox), kept=Kept(store, SEALING)).test_client()
    assert isinstance(client, CheckedClient)
    return client


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the demo territory is in service."""
    return demo_in_service(tmp_path_factory)


@pytest.fixture
def publisher(tmp_path: Path) -> Iterator[Publisher]:
    found = Publisher(zipped(tmp_path).read_bytes())
    thread = Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield found
    found.server.shutdown()
    thread.join()
    found.server.server_close()


def with_mail(inbox: Inbox) -> Config:
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    return config().model_copy(update={"mail": mail})


@pytest.fixture(scope="module")
def at_clock(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], CheckedClient]:
    """A client of the territory whose clocks show that: `at_clock("2026-12-02 0:30")`."""
    config = read_config(ROOT / "config.toml")
    following = Following(demo_in_service(tmp_path_factory, date(2026, 11, 23)), config)

    def client(now: str) -> CheckedClient:
        app = create_app(config, following, lambda: moment(now))
        app.test_client_class = CheckedClient
        found = app.test_client()
        assert isinstance(found, CheckedClient)
        return found

    return client
