"""Workers and jobs tidy the same folders: a file that one removes between another's list and its look is no fault."""

from __future__ import annotations

from os import stat_result
from pathlib import Path

import pytest

from api.feeds.jobs import CHECKED, JOBS
from api.portal import downloads
from api.web.storage import Kept
from mobility.feeds.state import feeds_in_service
from mobility.feeds.versions import stored_feed
from mobility.operators.tokens import Role
from tests.api.conftest import STOPS
from tests.api.operators.test_operators import bearing, client_of, done, stored, town_in_service, zipped
from tests.api.operators.visits import checked, ended, signed_in
from tests.gone import removed_when_looked_at

__all__ = ["stored", "town_in_service"]


def test_an_upload_comes_in_while_another_worker_tidies_away_what_was_left(stored: Kept, tmp_path: Path) -> None:
    for name in (".upload-abc", "0123456789abcdef.zip"):
        removed_when_looked_at(stored.data / JOBS / name)
    client, headers = client_of(stored), bearing(stored, Role.LOAD)
    content = zipped(tmp_path / "new", STOPS)
    began = client.post("/api/operators/feeds/t/upload", data=content, content_type="application/zip", headers=headers)
    assert done(client, began, headers)["state"] == "done"


def test_a_file_is_checked_while_another_worker_tidies_away_an_old_one(stored: Kept, tmp_path: Path) -> None:
    removed_when_looked_at(stored.data / JOBS / CHECKED / "0123456789abcdef.zip")
    client = signed_in(stored)
    assert "peut être publié" in ended(client, checked(client, zipped(tmp_path / "new", STOPS)))


@pytest.mark.parametrize("path", ["/data/gtfs/t/versions.json", "/data/catalog.json", "/data/catalog.ttl", "/data/"])
def test_open_data_is_told_while_a_load_forgets_a_version(stored: Kept, path: str) -> None:
    (feed,) = feeds_in_service(stored.data)
    gone = removed_when_looked_at(stored_feed(stored.data, "t", "ab" * 32))
    answer = client_of(stored).get(path)
    assert (answer.status_code, feed.sha256 in answer.text, gone.stem in answer.text) == (200, True, False)


def test_a_file_that_is_forgotten_as_it_is_sent_is_not_found(stored: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    (feed,), changed = feeds_in_service(stored.data), downloads.changed

    def forgotten(status: stat_result) -> object:
        stored_feed(stored.data, "t", feed.sha256).unlink()
        return changed(status)

    client = client_of(stored)
    monkeypatch.setattr(downloads, "changed", forgotten)
    assert client.get("/data/gtfs/t/latest.zip").status_code == 404
