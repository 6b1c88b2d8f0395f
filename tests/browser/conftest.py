"""A real browser before a real server: the demo territory on Tuesday 24 November 2026 at half past seven."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright
from sqlalchemy import delete

from api.app import create_app
from api.config import Config, read_config
from api.config.carpool import MailSection
from api.paper.paper import Paper
from api.paper.sheets import write
from api.territory.in_service import Following
from api.web.sentences import sentences
from api.web.storage import FILE, kept
from benchmarks.browser import ask as ask
from benchmarks.browser import unfold as unfold
from mobility.carpool.tables import BUCKETS
from tests.api.serving import serving_app
from tests.browser.validation import install
from tests.demo_in_service import demo_in_service
from tests.mail import Inbox, mail_server
from tests.shared_folder import shared_folder
from tests.town import moment

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 24)
NOW = "2026-11-24 7:30"
CHROMIUM = shutil.which("chromium") or os.environ.get("CHROMIUM", "")
ENGINE = shutil.which("chromium-headless-shell") or CHROMIUM
"""Chromium without what surrounds its pages. Of 0.9 s of processor time for a window, 0.6 were that of the field for
addresses and its like, which nobody sees. Where Debian's package is missing the whole browser does the same."""
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
SOFTWARE_GL = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
"""WebGL without a graphics card, which says on the console that it is slow."""
OF_SOFTWARE_GL = "GL Driver Message"
expect.set_options(timeout=20_000)
"""Milliseconds. A wait ends when it is over; five seconds are few where other workers have both processors."""
NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1440, "height": 900}

Opened = Callable[..., Page]


@pytest.fixture(scope="session")
def inbox() -> Iterator[Inbox]:
    with mail_server() as inbox:
        yield inbox


@pytest.fixture(scope="session")
def demo_config(inbox: Inbox) -> Config:
    """At half past seven no minute ends: who guesses at a code would have those of every test before."""
    plain = read_config(ROOT / "config.toml")
    mail = MailSection(host="127.0.0.1", port=inbox.port, sender="hent@example.org", tls="none")
    limits = plain.limits.model_copy(update={"guesses_per_minute": 1000})
    return plain.model_copy(update={"mail": mail, "limits": limits})


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demo_in_service(tmp_path_factory, TODAY)


@pytest.fixture(scope="session")
def sheets(demo_data: Path, demo_config: Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the demo's sheets of paper."""
    folder, network = tmp_path_factory.mktemp("sheets"), Following(demo_data, demo_config).territory().network
    write(Paper(network, demo_config.territory.name, sentences("fr"), TODAY), folder)
    return folder


@pytest.fixture(scope="session")
def address(demo_data: Path, demo_config: Config) -> Iterator[str]:
    with served(demo_data, demo_config, lambda: moment(NOW)) as found:
        yield found


@pytest.fixture(scope="module", autouse=True)
def _nobody_has_asked_yet(address: str, demo_data: Path) -> None:
    """What one may try in an hour is there again for each file: at half past seven nothing fills up."""
    assert address
    with closing(sqlite3.connect(demo_data / FILE, timeout=20)) as database, database:
        database.execute(str(delete(BUCKETS)))


def served(data: Path, config: Config, now: Callable[[], float]) -> AbstractContextManager[str]:
    return serving_app(create_app(config, Following(data, config), now, kept(config, data, {})))


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    if not ENGINE:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    with launched(playwright, ENGINE) as browser:
        yield browser


@contextmanager
def launched(playwright: Playwright, program: str) -> Iterator[Browser]:
    browser = playwright.chromium.launch(executable_path=program, args=[*QUIET, *SOFTWARE_GL])
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def validator(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which html-validate is installed."""
    return shared_folder(tmp_path_factory, "html-validate", install)


def travels_as(page: Page, profile: str) -> None:
    page.locator("details.who > summary").click()
    page.locator(f"[name=profile][value={profile}]").set_checked(True, force=True)


@pytest.fixture
def opened(chromium: Browser, address: str) -> Iterator[Opened]:
    with windows(chromium, address) as open_page:
        yield open_page


@contextmanager
def windows(chromium: Browser, address: str) -> Iterator[Opened]:
    """Opens a path in a new window; every message of the console and every request to another host is a fault."""
    contexts, faults = [], list[str]()

    def open_page(path: str, **settings: object) -> Page:
        context = chromium.new_context(**{"viewport": WIDE, "locale": "fr-FR", "bypass_csp": False, **settings})
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: None if OF_SOFTWARE_GL in message.text else faults.append(message.text))
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
        page.goto(address + path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not faults


@pytest.fixture
def device(chromium: Browser) -> Iterator[BrowserContext]:
    """A telephone of its own, whose network can be cut."""
    context = chromium.new_context(viewport=NARROW, locale="fr-FR")
    yield context
    context.close()
