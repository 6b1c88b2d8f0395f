"""The process that makes the open data of a network: one at a time, and without a word where all is well."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from api.portal.folder import open_folder
from api.portal.launch import taken
from api.territory.in_service import Following
from gtfs.snapshot import FeedSource
from mobility.feeds.inputs import BuildInputs, Incoming, LoadContext
from mobility.feeds.reload import reload
from tests.api.conftest import LINES, STOPS, config
from tests.forked import forked
from tests.town import ZONE, write_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """In service, without files yet."""
    feed = Incoming(FeedSource("t", "test"), str(write_town(tmp_path / "town", STOPS, LINES)))
    reload(LoadContext(tmp_path / "data", BuildInputs(ZONE), date(2026, 6, 1)), [feed])
    return tmp_path / "data"


@pytest.fixture
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "errors"


def made(data: Path) -> subprocess.CompletedProcess[str]:
    """As `start` has it done, until it has ended."""
    words = [sys.executable, "-m", "api.portal.child", str(data)]
    return subprocess.run(words, input=config().model_dump_json(), capture_output=True, text=True, check=False)


def made_by_a_fork(data: Path, errors: Path) -> int:
    """How that process ends; all is imported."""
    with errors.open("w") as log:
        return forked(["-m", "api.portal.child", data], config().model_dump_json(), stderr=log).wait(60)


def files(data: Path) -> set[str]:
    folder = open_folder(data, Following(data, config()).territory().network.version)
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


def test_the_files_are_made_without_a_word(town: Path) -> None:
    done = made(town)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(town) >= {"stops.csv", "lines.geojson", "t.gtfs.zip", "graph.graphml.gz", "indicators_lines.csv"}


def test_a_second_process_leaves_it_to_the_first(town: Path, log: Path) -> None:
    with taken(town) as is_ours:
        assert is_ours
        ended = made_by_a_fork(town, log)
    assert (ended, log.read_text(), files(town)) == (0, "", set())


def test_a_folder_that_is_gone_is_no_fault(tmp_path: Path, log: Path) -> None:
    assert (made_by_a_fork(tmp_path / "gone", log), log.read_text()) == (0, "")


def test_what_goes_wrong_is_one_line_of_the_log(tmp_path: Path, log: Path) -> None:
    ended, line = made_by_a_fork(tmp_path, log), json.loads(log.read_text())
    assert (ended, line["event"], line["fault"]) == (1, "the open data cannot be made", "NetworkUnavailable")


def test_a_worker_that_offers_the_files_does_not_import_what_makes_them() -> None:
    heavy = "{'gtfs_kit', 'pandas', 'api.portal.products', 'api.portal.indicators'}"
    program = f"import sys, api.app, api.server; print(*({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "\n")
