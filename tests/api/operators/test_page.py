"""/operateurs: what is in service, checking and publishing a file, going back and forth, all
without a script."""

from __future__ import annotations

import io
import os
import re
import zipfile
from pathlib import Path

import pytest

from api.feeds.jobs import JOBS, note
from api.operators.orders import new_feed
from api.operators.pages.feed import CHECKED
from api.privacy.fields import declared_fields
from api.problems import fields_of
from api.web.storage import Kept
from mobility.errors import ConfigFault, InvalidConfig, InvalidQuery
from mobility.network.current import published_versions
from mobility.operators.jobs import Job, JobState, Order, Verb
from mobility.operators.tokens import Role
from tests.api.conftest import STOPS
from tests.api.operators.test_operators import NOW, client_of, stored, town_in_service, zipped
from tests.api.operators.visits import PAGE, checked, ended, job_of, key, other, sent, signed_in
from tests.api.privacy.test_fields import Forms, endpoint

__all__ = ["stored", "town_in_service"]


def test_pages_are_never_kept_and_robots_are_told_off(stored: Kept) -> None:
    client = signed_in(stored, Role.ADMIN)
    for path in ("", "/feeds/t", "/jobs", "/log"):
        answer = client.get(f"/operateurs{path}", headers={"Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
        assert "noindex" in answer.headers["X-Robots-Tag"] and "Content-Encoding" not in answer.headers
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]


def test_the_board_says_what_is_in_service_and_whether_all_is_well(stored: Kept) -> None:
    page = signed_in(stored, Role.READ).get("/operateurs").text
    assert "en service" in page and "Réseau en service : 3 lignes" in page
    assert "Base de données : répond" in page and "Disque" in page
    assert 'id="upload"' not in page, "who only looks is offered nothing to change"


def test_a_role_that_is_too_small_is_refused_whatever_is_sent(stored: Kept) -> None:
    reader, loader = signed_in(stored, Role.READ), signed_in(stored, Role.LOAD)
    for path in ("/check", "/feeds/t/fetch", "/feeds/t/rollback", "/feeds/t/compare"):
        assert "Votre rôle" in sent(reader, path, 403).text
    assert "Votre rôle" in sent(loader, "/feeds/t/remove", 403, sure="1").text
    assert loader.get("/operateurs/log").status_code == 403


def test_a_file_is_checked_published_compared_taken_back_and_brought_forward(stored: Kept, tmp_path: Path) -> None:
    client, (first,) = signed_in(stored, Role.ADMIN), published_versions(stored.data)
    began = checked(client, other(tmp_path), licence="CC0")
    page = ended(client, began)
    assert "Accepté" in page and "Publier ce fichier" in page
    assert published_versions(stored.data) == [first], "nothing is published by a check"
    page = ended(client, sent(client, f"/jobs/{job_of(began)}/publish"))
    assert "Publié. Les voyageurs ont les nouveaux horaires" in page
    second = published_versions(stored.data)[0]

    page = client.get("/operateurs/feeds/t").text
    newer, older = (re.findall(rf'name="{name}" value="(\w+)"', page)[0] for name in ("before", "after"))
    compared = ended(client, sent(client, "/feeds/t/compare", before=older, after=newer))
    assert "Ce que les voyageurs remarqueront" in compared and "Arrêts déplacés" in compared

    assert re.findall(r'name="version" value="(\w+)"><button>Revenir', page) == [older]
    ended(client, sent(client, "/feeds/t/rollback", version=older))
    assert published_versions(stored.data)[0] == first
    page = client.get("/operateurs/feeds/t").text
    assert re.findall(r'name="version" value="(\w+)"><button>Mettre en service', page) == [newer]
    ended(client, sent(client, "/feeds/t/rollback", version=newer))
    assert published_versions(stored.data)[0] == second
    assert re.search(r"Publication</strong> · t[^<]*<span[^>]*>fait<", client.get("/operateurs/log").text)


def test_a_bad_file_is_told_by_place_and_what_to_do_and_cannot_be_published(stored: Kept, tmp_path: Path) -> None:
    client = signed_in(stored)
    began = checked(client, without_trips(zipped(tmp_path / "town", STOPS)))
    page = ended(client, began)
    assert "Refusé" in page and "trips.txt" in page and "Que faire" in page
    assert "Publier ce fichier" not in page
    assert "Impossible" in sent(client, f"/jobs/{job_of(began)}/publish", 409).text
    assert list((stored.data / JOBS / CHECKED).iterdir()) == [], "what is refused is not kept"


def without_trips(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            text = before.read(name)
            after.writestr(name, text.splitlines()[0] + b"\n" if name == "trips.txt" else text)
    return packed.getvalue()


def test_no_file_is_told_at_its_field(stored: Kept) -> None:
    client = signed_in(stored)
    page = sent(client, "/check", 400, feed="t", file=(io.BytesIO(b""), ""))
    assert 'aria-describedby="file-note file-fault"' in page.text and "Choisissez un fichier" in page.text


def test_a_long_body_is_read_of_nobody_who_may_not_send_one(stored: Kept) -> None:
    """The form allows 64 kB; a timetable is let in once the session is known."""
    stranger = client_of(stored)
    long = {"key": "x", "feed": "t", "file": (io.BytesIO(b"0" * 200_000), "t.zip")}
    assert stranger.post("/operateurs/check", data=long).headers["Location"] == "/operateurs"
    assert not (stored.data / JOBS / CHECKED).exists()
    loader = signed_in(stored)
    long = {"key": key(loader.get("/operateurs")), "feed": "t", "file": (io.BytesIO(os.urandom(2_000_000)), "t.zip")}
    assert loader.post("/operateurs/check", data=long).status_code == 303


def test_a_file_that_is_too_large_is_refused(stored: Kept) -> None:
    client = signed_in(stored, zip_mib=1)
    long = {"key": key(client.get("/operateurs")), "feed": "t", "file": (io.BytesIO(b"0" * 2**21), "t.zip")}
    assert client.post("/operateurs/check", data=long, headers=PAGE).status_code == 413


def test_what_cannot_be_a_feed_or_a_job_is_not_found(stored: Kept) -> None:
    client = signed_in(stored)
    for path in ("/feeds/..%2f..", "/feeds/A", "/feeds/unknown", "/jobs/..%2fx", "/jobs/none"):
        assert client.get(f"/operateurs{path}", headers=PAGE).status_code == 404, path


def test_every_field_of_its_forms_is_declared(stored: Kept) -> None:
    client = signed_in(stored, Role.ADMIN)
    for path in ("", "/feeds/t"):
        for method, action, name in Forms(client.get(f"/operateurs{path}").text).found:
            with client.application.app_context():
                assert name in declared_fields(endpoint(client.application, action, method)), (action, name)


def test_the_way_to_it_stands_in_the_foot_of_each_page_and_with_the_open_data_and_nowhere_above(stored: Kept) -> None:
    client = client_of(stored)
    before, _, footer = client.get("/", headers=PAGE).text.partition("<footer>")
    assert "/operateurs" not in before and 'href="/operateurs"' in footer
    assert 'href="/operateurs"' in client.get("/data/", headers=PAGE).text


@pytest.mark.parametrize("language", ["br", "en"])
def test_it_speaks_the_languages_of_the_other_pages(stored: Kept, language: str) -> None:
    client = signed_in(stored, Role.ADMIN)
    for path in ("", "/feeds/t", "/jobs", "/log"):
        page = client.get(f"/operateurs{path}?lang={language}").text
        assert f'<html lang="{language}">' in page and "Horaires" not in page


def test_what_reaches_less_far_is_told_before_and_published_only_by_who_knows(stored: Kept, tmp_path: Path) -> None:
    client, before = signed_in(stored), published_versions(stored.data)
    began = checked(client, ending(zipped(tmp_path / "town", STOPS), "20260620"))
    page = ended(client, began)
    assert re.search("Cette version (s’arrête|est terminée depuis) le 20 juin 2026.* celle en service", page)
    assert 'name="sure" value="1" required' in page
    held = ended(client, sent(client, f"/jobs/{job_of(began)}/publish"))
    assert "Cette version s’arrête avant celle en service" in held and "Rien n’a changé" in held
    assert published_versions(stored.data) == before
    page = ended(client, sent(client, f"/jobs/{job_of(began)}/publish", sure="1"))
    assert "Publié." in page and published_versions(stored.data)[1:] == before


@pytest.mark.parametrize(
    ("last_day", "words"),
    [
        ("2024-03-31", "cette version est terminée depuis le 31 mars 2024"),
        (None, "cette version ne prévoit aucun passage"),
    ],
)
def test_a_first_version_that_gives_no_trip_says_so_before_that_it_is_published(
    stored: Kept, last_day: str | None, words: str
) -> None:
    over = {"state": "published", "ending": [{"feed": "t", "lastDay": last_day, "daysLeft": -1, "waiting": False}]}
    (stored.data / JOBS).mkdir(exist_ok=True)
    note(stored.data, Job("abc", Order(Verb.LOAD, "t"), NOW, JobState.DONE, result=over))
    page = signed_in(stored, Role.READ).get("/operateurs/jobs/abc").text
    assert 0 < page.find(words) < page.find("Publié.")


def ending(content: bytes, day: str) -> bytes:
    """The same feed with an earlier last day."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as before, zipfile.ZipFile(packed, "w") as after:
        for name in before.namelist():
            text = before.read(name).decode()
            after.writestr(name, re.sub(r"(?m),\d{8}$", f",{day}", text) if name == "calendar.txt" else text)
    return packed.getvalue()


def test_what_travellers_lose_is_told_what_weighs_most_first(stored: Kept) -> None:
    client = signed_in(stored, Role.READ)
    lost = {
        "feed": "t",
        "days": ["2026-12-01", "2026-12-24"],
        "lines": ["Boat2"],
        "departures": [{"line": "Bus1", "day": "saturday", "before": 12, "after": 3}],
        "stops": ["Quay"],
        "connections": [{"stop": "Tori", "line": "Bus1", "onward": "Boat2", "meetingsBefore": 4}],
        "answers": [{"query": "A to E at 8:00", "before": "Bus1 A 8:00 > D 8:30", "after": "no way"}],
    }
    (stored.data / JOBS).mkdir(exist_ok=True)
    note(stored.data, Job("abc", Order(Verb.LOAD, "t"), NOW, JobState.DONE, result={"losses": [lost]}))
    page = re.sub(r"<[^>]+>|\s+", " ", client.get("/operateurs/jobs/abc").text)
    told = ("Ce que les voyageurs perdent", "A to E at 8:00", "du 1er déc. 2026 au 24 déc. 2026", "Boat2",
            "Bus1, samedi", "12 courses avant, 3 après", "Quay", "Tori : Bus1 vers Boat2, 4 fois par jour")  # fmt: skip
    assert sorted(told, key=page.index) == list(told)


@pytest.mark.parametrize("name", ["-", "--help", "Été", ""])
def test_a_name_that_no_feed_may_have_is_told_with_what_it_may_be(stored: Kept, name: str) -> None:
    client = signed_in(stored)
    assert sent(client, "/check", 400, feed=name, file=(io.BytesIO(b"x"), "t.zip")).mimetype == "text/html"
    with pytest.raises(InvalidQuery, match="begins with a letter or a digit"):
        new_feed(name)


def test_a_name_of_which_nothing_is_kept_has_no_link(stored: Kept) -> None:
    client = signed_in(stored)
    for feed, links in (("old", 0), ("t", 2)):
        (stored.data / JOBS).mkdir(exist_ok=True)
        note(stored.data, Job("a1", Order(Verb.DIFF, feed), 0, JobState.FAILED, ended_at=1, result={}))
        assert client.get("/operateurs/jobs/a1").text.count(f'/operateurs/feeds/{feed}"') == links


@pytest.mark.parametrize(
    ("language", "said"),
    [("fr", "La ligne 7 ne convient pas"), ("br", "N’eo ket mat al linenn 7"), ("en", "Row 7 does not fit")],
)
def test_a_job_that_a_file_of_the_config_stopped_says_which_and_why(stored: Kept, language: str, said: str) -> None:
    fault = InvalidConfig("aliases.csv", "7: name is empty", ConfigFault.BAD_ROW, line=7)
    client = signed_in(stored)
    (stored.data / JOBS).mkdir(exist_ok=True)
    note(stored.data, Job("a2", Order(Verb.CHECK, "t"), 0, JobState.FAILED, ended_at=1, result=fields_of(fault)))
    page = client.get(f"/operateurs/jobs/a2?lang={language}").text
    assert "<code>aliases.csv</code>" in page and said in page
    assert "name is empty" not in page
