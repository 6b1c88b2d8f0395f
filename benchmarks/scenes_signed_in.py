"""Pages of who is signed in, drivers, passengers and operators, and how one gets there."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias
from uuid import uuid4

from playwright.sync_api import Page

from benchmarks.browser import TODAY, Demo, ask
from demo.build import build
from mobility.network.live_files import SOURCES, live_folder

Reach: TypeAlias = Callable[[Page, Demo], None]
WITH_DRIVER = ("Plouhinec Bourg", "Gare d'Échanges")
A_REMARK = "Le banc de l’abri est cassé, on ne peut plus s’asseoir."


def newcomer(page: Page, at: Demo) -> None:
    """Who has a code and is asked what others shall call them."""
    page.goto(f"{at.address}/carpool/sign-in")
    _with_code(page, at, "anna")


def _with_code(page: Page, at: Demo, name: str) -> None:
    page.fill("#code", at.code(f"{name}-{uuid4().hex}@example.org"))
    _pressed(page, "#sign-in button")


def _named(page: Page, name: str) -> None:
    page.fill("#alias", name)
    page.check("[name=adult]")
    _pressed(page, "#sign-in button")


def _pressed(page: Page, button: str) -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


def driver(page: Page, at: Demo) -> None:
    """A newcomer each time, on the page of their rides."""
    newcomer(page, at)
    _named(page, "Anna")


def offer(page: Page, at: Demo) -> None:
    driver(page, at)
    page.goto(f"{at.address}/carpool/publish")
    page.fill("#from", WITH_DRIVER[0])
    page.fill("#to", WITH_DRIVER[1])


def looked(page: Page, at: Demo) -> None:
    offer(page, at)
    _pressed(page, "button.go")


def published(page: Page, at: Demo) -> None:
    looked(page, at)
    _pressed(page, "button.go")


def offer_at_fault(page: Page, at: Demo) -> None:
    offer(page, at)
    page.fill("#price", "12")
    _pressed(page, "button.go")


def change(page: Page, at: Demo) -> None:
    published(page, at)
    page.locator(".acts a.button").first.click()


def account(page: Page, at: Demo) -> None:
    driver(page, at)
    page.goto(f"{at.address}/carpool/account")


def _offered(page: Page, at: Demo, day: str) -> Page:
    """Anna, in a browser of her own, has published a ride of that day."""
    browser = page.context.browser
    assert browser is not None
    anna = browser.new_page(locale="fr-FR")
    offer(anna, at)
    anna.fill("#date", day)
    _pressed(anna, "button.go")
    _pressed(anna, "button.go")
    return anna


def _asking(page: Page, at: Demo, day: str) -> Page:
    """Brian, before he sends what he asks Anna for; Anna's page."""
    anna = _offered(page, at, day)
    page.goto(at.address)
    ask(page, *WITH_DRIVER, f"{day}T07:50")
    _pressed(page, ".seat button")
    _with_code(page, at, "brian")
    _named(page, "Brian")
    page.fill("#text", "Bonjour, j’ai un sac à dos et je descends à la gare. Est-ce possible ?")
    return anna


def asking(page: Page, at: Demo) -> None:
    _asking(page, at, "2026-12-07").context.close()


def asked(page: Page, at: Demo) -> None:
    anna = _asking(page, at, "2026-12-08")
    _pressed(page, "button.go")
    anna.context.close()


def who_asks(page: Page, at: Demo) -> None:
    """What Anna reads, in the browser of the pictures."""
    anna = _asking(page, at, "2026-12-09")
    _pressed(page, "button.go")
    page.context.clear_cookies()
    page.context.add_cookies(anna.context.cookies())  # type: ignore[arg-type]
    page.goto(f"{at.address}/carpool/mine")
    anna.context.close()


def agreed(page: Page, at: Demo) -> None:
    """Anna has accepted, and both have written."""
    anna = _asking(page, at, "2026-12-10")
    _pressed(page, "button.go")
    anna.reload()
    _pressed(anna, "form[action$='/accept'] button")
    anna.fill("#text", "Bonjour Brian, oui. Je passe devant la mairie de Plouhinec.")
    _pressed(anna, "form[action$='/messages'] button")
    page.reload()
    anna.context.close()


def operator(page: Page, at: Demo) -> None:
    page.goto(f"{at.address}/operateurs")
    page.fill("#token", at.token)
    _pressed(page, "button.go")


def of_operator(path: str) -> Reach:
    def do(page: Page, at: Demo) -> None:
        operator(page, at)
        page.goto(f"{at.address}/operateurs{path}")

    return do


def message_looked_at(page: Page, at: Demo) -> None:
    """The next boat, before its cancellation is published."""
    of_operator("/messages")(page, at)
    _pressed(page, ".choose a")
    _pressed(page, "button.go")


def message_to_end(page: Page, at: Demo) -> None:
    message_looked_at(page, at)
    _pressed(page, "button.go")
    _pressed(page, "form[action$='/end'] button")


def cancellations_to_believe(page: Page, at: Demo) -> None:
    """A source cancels most of a day at once, which is held until somebody says that it is so."""
    told = live_folder(at.data) / SOURCES
    told.parent.mkdir(exist_ok=True)
    told.write_text(json.dumps({"sources": [], "feeds": [{"feed": "lorient", "held": 412}]}))
    of_operator("/messages")(page, at)
    _pressed(page, "form[action*='/held/'] button")
    told.unlink()


def remarked(page: Page, at: Demo) -> None:
    page.goto(f"{at.address}/remarks/new?about=stop&id=lorient_gare")
    page.locator("main form [name=kind]").first.set_checked(True, force=True)
    page.fill("main form textarea", A_REMARK)
    _pressed(page, "main form button.go")


def remark_followed(page: Page, at: Demo) -> None:
    remarked(page, at)
    with page.expect_navigation():
        page.get_by_role("button", name="Voir la réponse").click()


def remark(page: Page, at: Demo) -> None:
    remarked(page, at)
    of_operator("/remarks")(page, at)
    _pressed(page, ".versions a")


def checked(page: Page, at: Demo) -> None:
    """The demo's timetable without its trips to Groix."""
    of_operator("/feeds/lorient")(page, at)
    page.set_input_files("#file", {"name": "lorient.zip", "mimeType": "application/zip", "buffer": changed_demo()})
    _pressed(page, "#upload button")
    page.locator("[data-runs]").wait_for(state="detached", timeout=120_000)


def changed_demo() -> bytes:
    with TemporaryDirectory() as folder:
        packed, written = io.BytesIO(), build(Path(folder), TODAY)
        with zipfile.ZipFile(written) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
            for name in before.namelist():
                lines = before.read(name).decode().splitlines(keepends=True)
                if name == "trips.txt":
                    lines = [line for line in lines if "groix" not in line.lower()]
                after.writestr(name, "".join(lines))
        return packed.getvalue()
