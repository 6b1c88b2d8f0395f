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
from tests.town import ZONE, write_town


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """In service, without files yet."""
    feed = Incoming(FeedSource("t", "test"), str(write_town(tmp_path / "town", STOPS, LINES)))
    reload(LoadContext(tmp_path / "data", BuildInputs(ZONE), date(2026, 6, 1)), [feed])
    return tmp_path / "data"


def made(data: Path) -> subprocess.CompletedProcess[str]:
    """As `start` has it done, until it has ended."""
    words = [sys.executable, "-m", "api.portal.child", str(data)]
    return subprocess.run(words, input=config().model_dump_json(), capture_output=True, text=True, check=False)


def files(data: Path) -> set[str]:
    folder = open_folder(data, Following(data, config()).territory().network.version)
    return {file.name for file in folder.iterdir()} if folder.is_dir() else set()


def test_the_files_are_made_without_a_word(town: Path) -> None:
    done = made(town)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert files(town) >= {"stops.csv", "lines.geojson", "t.gtfs.zip", "graph.graphml.gz", "indicators_lines.csv"}


def test_a_second_process_leaves_it_to_the_first(town: Path) -> None:
    with taken(town) as is_ours:
        assert is_ours
        done = made(town)
    assert (done.returncode, done.stderr, files(town)) == (0, "", set())


def test_a_folder_that_is_gone_is_no_fault(tmp_path: Path) -> None:
    done = made(tmp_path / "gone")
    assert (done.returncode, done.stderr) == (0, "")


def test_what_goes_wrong_is_one_line_of_the_log(tmp_path: Path) -> None:
    done = made(tmp_path)
    line = json.loads(done.stderr)
    assert (done.returncode, line["event"], line["fault"]) == (1, "the open data cannot be made", "NetworkUnavailable")


def test_a_worker_that_offers_the_files_does_not_import_what_makes_them() -> None:
    heavy = "{'gtfs_kit', 'pandas', 'api.portal.products', 'api.portal.indicators'}"
    program = f"import sys, api.app, api.server; print(*({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (0, "\n")
