"""The demo territory on a Tuesday morning before a real browser, for what is measured and shown of the pages."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from zoneinfo import ZoneInfo

from flask import template_rendered
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from api.app import create_app
from api.carpool.carpooling import carpooling
from api.config import Config, read_config
from api.feeds.desk import load_at_hand
from api.feeds.illustrative import Replay, disturbed
from api.territory.in_service import Following
from api.web.storage import kept
from mobility.live.follow import Writer
from mobility.operators.tokens import Operators, Role

ROOT = Path(__file__).parent.parent
TODAY = date(2026, 11, 24)
NOW_S = datetime(2026, 11, 24, 7, 30, tzinfo=ZoneInfo("Europe/Paris")).timestamp()
QUIET = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--lang=fr")


class Silent(WSGIRequestHandler):
    """Keeps connections open, as the real server does, and says nothing."""

    protocol_version = "HTTP/1.1"

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        return


@dataclass(frozen=True, slots=True)
class Demo:
    """code: that a counter would print, to sign in with. token: of an operator who may do everything. drawn: the
    templates of the pages that were shown so far."""

    data: Path
    address: str
    code: Callable[[str], str]
    token: str
    drawn: set[str]


@contextmanager
def demo(is_stormy: bool = False) -> Iterator[Demo]:
    config = read_config(ROOT / "config.toml")
    with TemporaryDirectory() as folder:
        data = Path(folder)
        load_at_hand(data, config, TODAY)
        if is_stormy:
            config = with_a_storm(config, data)
        known = kept(config, data, {})
        app = create_app(config, Following(data, config), lambda: NOW_S, known)
        server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Silent)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        accounts = carpooling(config, known, lambda: int(NOW_S)).accounts
        token = Operators(known.store).add("Réseau", Role.ADMIN, 30, int(NOW_S))
        code = partial(accounts.code, language="fr", now=int(NOW_S))
        drawn: set[str] = set()
        with template_rendered.connected_to(lambda _app, template, **_: drawn.add(template.name), app):
            yield Demo(data, f"http://127.0.0.1:{server.server_port}", code, token, drawn)
        server.shutdown()
        thread.join(10)


def with_a_storm(config: Config, data: Path) -> Config:
    """The day of `hent serve --disturbed`, in force beside the network in service from then on."""
    config = disturbed(config, data)
    Replay(config, data, NOW_S, lambda: NOW_S).write()
    Writer(data, [one.source for one in config.realtime], now=lambda: NOW_S).look()
    return config


@contextmanager
def browser() -> Iterator[Browser]:
    path = shutil.which("chromium") or os.environ.get("CHROMIUM")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        yield opened
        opened.close()


def unfold(page: Page, number: int = 0) -> None:
    """Opens an entry of an answer, unless it is."""
    entry = page.locator(".option > .entry").nth(number)
    if entry.get_attribute("open") is None:
        entry.locator("> summary").click()


def ask(page: Page, start: str, end: str, at: str = "2026-11-24T08:00") -> Page:
    """Fills the form as a person does and sends it."""
    page.fill("#from", start)
    page.fill("#to", end)
    page.locator("#to").blur()
    if page.locator("details.when").get_attribute("open") is None:
        page.locator("details.when > summary").click()
    page.locator("[name=when][value=leave]").set_checked(True, force=True)
    page.fill("[name=moment]", at)
    with page.expect_navigation():
        page.locator("button.go").click()
    return page
