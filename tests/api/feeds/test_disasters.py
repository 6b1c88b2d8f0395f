"""Whatever happens during a load: killed, disk full, disk read-only, files cut short. People are still answered."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from resource import RLIMIT_FSIZE, setrlimit

import pytest

from api.app import create_app
from api.config import Config, parse_config
from api.territory.in_service import Following
from mobility.errors import FolderUnavailable
from mobility.feeds.inputs import BuildInputs
from mobility.feeds.outcome import LoadState
from mobility.feeds.reload import reload, roll_back
from mobility.network.current import network_folder, published_versions
from tests.api.serving import serving
from tests.api.test_config import MINIMAL
from tests.mobility.feeds.reloads import Operator, called, days
from tests.town import moment

TODAY = date(2026, 6, 15)
WEEK = days("2026-06-15", "2026-06-16", "2026-06-17")
FORK = multiprocessing.get_context("fork")
KILLS = 10


def config() -> Config:
    return parse_config(MINIMAL, Path())


def operating(folder: Path) -> Operator:
    return Operator.in_folder(folder, BuildInputs("Europe/Paris"), TODAY)


def load(operator: Operator, name: str) -> LoadState:
    return operator.load("bus", stops=called(name), calendar_dates=WEEK).state


def answered(operator: Operator, day: str = "2026-06-15") -> str:
    """The last stop of a trip, as a service that starts now tells it."""
    app = create_app(config(), Following(operator.at.data, config()), lambda: moment("2026-06-15 7:30"))
    path = f"/api/v6/plan?fromPlace=bus_A&toPlace=bus_B&time={day}T07:55:00%2B02:00"
    name: str = app.test_client().get(path).json["itineraries"][0]["legs"][-1]["to"]["name"]
    return name


def killed_after(delay_s: float, work: Callable[[], object]) -> None:
    process = FORK.Process(target=work)
    process.start()
    time.sleep(delay_s)
    process.kill()
    process.join()


def test_a_load_killed_at_any_moment_leaves_a_service_that_starts_and_answers(tmp_path: Path) -> None:
    operator, chance = operating(tmp_path), random.Random(9)
    begin = time.monotonic()
    load(operator, "Zero")
    lasts_s = time.monotonic() - begin
    names = ["Zero"]
    for number in range(KILLS):
        names.append(f"Number {number}")
        killed_after(chance.uniform(0, lasts_s), lambda: load(operator, names[-1]))
        assert answered(operator) in names
    assert load(operator, "Last") is LoadState.PUBLISHED
    assert answered(operator) == "Last"
    assert not [*operator.at.data.glob(".incoming-*"), *operator.at.data.glob("networks/.new-*")]
    (tmp_path / "config.toml").write_text(MINIMAL)
    with serving(operator.at.data, tmp_path / "config.toml", workers=1) as served:
        assert served.get("/health/ready").body["network"] == operator.network.version


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of four megabytes."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", disk], capture_output=True).returncode:
        pytest.skip("a disk cannot be mounted here: it needs root")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


def test_a_full_disk_is_survived_and_said(small_disk: Path) -> None:
    operator = operating(small_disk)
    load(operator, "Before")
    filler = small_disk / "filler"
    with pytest.raises(OSError, match="No space left"):
        filler.write_bytes(b"x" * 2**23)
    with pytest.raises(FolderUnavailable, match="No space left on device"):
        load(elsewhere(operator), "After")
    assert (answered(operator), answered(operator, "2026-06-16")) == ("Before", "Before")
    filler.unlink()
    assert load(operator, "After") is LoadState.PUBLISHED
    assert answered(operator) == "After"


def elsewhere(operator: Operator) -> Operator:
    """Feeds come from a disk with room."""
    folder = operator.folder.parent / "sources"
    folder.mkdir()
    return Operator(folder, operator.at)


def test_a_read_only_disk_is_survived_and_said(small_disk: Path) -> None:
    operator = operating(small_disk)
    load(operator, "Before")
    subprocess.run(["mount", "-o", "remount,ro", small_disk], check=True)
    with pytest.raises(FolderUnavailable, match="Read-only file system"):
        load(elsewhere(operator), "After")
    with pytest.raises(FolderUnavailable, match="Read-only file system"):
        roll_back(operator.at, "bus")
    assert (answered(operator), answered(operator, "2026-06-16")) == ("Before", "Before")
    config_file = operator.folder.parent / "config.toml"
    config_file.write_text(MINIMAL)
    with serving(operator.at.data, config_file, workers=1) as served:
        assert served.get("/health/ready").body["network"] == operator.network.version


@pytest.mark.parametrize("limit", [0, 300, 1_500])
def test_files_that_cannot_be_written_to_their_end_change_nothing(tmp_path: Path, limit: int) -> None:
    operator = operating(tmp_path)
    load(operator, "Before")
    assert exit_code(lambda: load_with_files_of(limit, operator)) == 1
    assert answered(operator) == "Before"
    assert load(operator, "After") is LoadState.PUBLISHED


def load_with_files_of(limit: int, operator: Operator) -> None:
    """Exit code 1 if the load says that the folder cannot be written. The tables are written before that."""
    feed = operator.feed("bus", stops=called("After"), calendar_dates=WEEK)
    setrlimit(RLIMIT_FSIZE, (limit, limit))
    try:
        reload(operator.at, [feed])
    except FolderUnavailable:
        os._exit(1)


def exit_code(work: Callable[[], object]) -> int | None:
    process = FORK.Process(target=work)
    process.start()
    process.join()
    return process.exitcode


def test_a_network_that_was_cut_short_gives_way_to_the_one_before(tmp_path: Path) -> None:
    operator = operating(tmp_path)
    load(operator, "Before")
    after = operator.feed("bus", stops=called("After"), calendar_dates=WEEK)
    reload(operator.at, [after])
    column = network_folder(operator.at.data, published_versions(operator.at.data)[0]) / "calls.arrival.npy"
    os.truncate(column, column.stat().st_size - 4)
    assert answered(operator) == "Before"
    assert reload(operator.at, [after]).state is LoadState.PUBLISHED
    assert answered(operator) == "After"
