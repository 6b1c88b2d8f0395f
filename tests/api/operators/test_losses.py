"""What travellers lose, told before it is published: a real upload of the demo without its boats to the island."""

from __future__ import annotations

import csv
import html
import io
import re
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from api.app import create_app
from api.territory.in_service import Following
from api.web.storage import Kept, kept
from demo.build import build
from mobility.clock import local_date
from mobility.feeds.state import feeds_in_service
from mobility.operators.tokens import Operators, Role
from tests.api.conftest import config
from tests.api.operators.visits import ended, sent

GROIX = "GX"


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job is niced, and builds two networks of the demo."""
    monkeypatch.setattr("tests.api.operators.visits.LONGEST_S", 300)


@pytest.fixture
def demo_kept(demo: Path, tmp_path: Path) -> Iterator[Kept]:
    """The demo in service in a folder of one's own."""
    found = kept(config(), shutil.copytree(demo, tmp_path / "data"), {})
    yield found
    found.store.close()


def signed_in(found: Kept) -> FlaskClient:
    client = create_app(config(), Following(found.data, config()), lambda: int(time.time()), found).test_client()
    token = Operators(found.store).add("Load", Role.LOAD, 30, int(time.time()))
    client.post("/operateurs/session", data={"token": token})
    return client


def without_line(feed: Path, line: str) -> bytes:
    """The feed without a route of this short name, its trips and their calls."""
    packed = io.BytesIO()
    with zipfile.ZipFile(feed) as before, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as after:
        tables = {
            name: list(csv.DictReader(io.TextIOWrapper(before.open(name), "utf-8"))) for name in before.namelist()
        }
        gone = {row["route_id"] for row in tables["routes.txt"] if row["route_short_name"] == line}
        trips = {row["trip_id"] for row in tables["trips.txt"] if row["route_id"] in gone}
        assert gone and trips
        for name, rows in tables.items():
            kept_rows = [row for row in rows if row.get("route_id") not in gone and row.get("trip_id") not in trips]
            text = io.StringIO(newline="")
            writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(kept_rows)
            after.writestr(name, text.getvalue())
    return packed.getvalue()


def text_of(page: str) -> str:
    return html.unescape(re.sub(r"<[^>]+>|\s+", " ", page))


def test_a_file_without_the_boats_to_groix_says_whom_it_leaves_where(demo_kept: Kept, tmp_path: Path) -> None:
    client, (before,) = signed_in(demo_kept), feeds_in_service(demo_kept.data)
    fresh = build(tmp_path / "fresh", local_date(int(time.time()), config().territory.zone))
    sent_file = (io.BytesIO(without_line(fresh, GROIX)), "été 2027.zip")
    began = sent(client, "/check", feed=before.id, file=sent_file)
    page = text_of(ended(client, began))
    lost = page[page.index("Ce que les voyageurs perdent") :]
    assert "été 2027.zip" in page, "the file is called as its sender calls it"
    assert re.search(rf"Lignes perdues · 1\s+{GROIX}", lost)
    assert "Trajets de contrôle sans réponse" in lost and "Groix > Gare d'Échanges" in lost.replace("&#39;", "'")
    assert re.search(r"Arrêts perdus · \d+.*Groix", lost)
    assert lost.index("Trajets de contrôle") < lost.index("Lignes perdues") < lost.index("Arrêts perdus")
    assert feeds_in_service(demo_kept.data) == (before,), "nothing is published by a check"


def test_a_file_that_is_no_timetable_is_told_in_the_page_language_by_its_own_name(demo_kept: Kept) -> None:
    client = signed_in(demo_kept)
    began = sent(client, "/check", feed="lorient", file=(io.BytesIO(b"%PDF-1.7 ..."), "horaires été.pdf"))
    page = text_of(ended(client, began))
    assert "Ce n’est pas un fichier zip" in page and "horaires été.pdf" in page
    assert not re.search(r"[0-9a-f]{16}\.zip|no zip file", page)
