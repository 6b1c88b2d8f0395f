"""A network is in service before its day is quick to search; who ordered the load makes it quick once that is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.commands.options import ensure_network, read_config
from api.feeds.jobs import begin, job
from mobility.operators.jobs import JobState, Order, Verb
from tests.api.feeds.test_reloading import until
from tests.api.serving import serving
from tests.api.terminal import hent, zipped
from tests.api.test_config import FEED, MINIMAL


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Of a territory with one bus, whose file is at hand."""
    zipped(tmp_path, "bus.zip")
    file = tmp_path / "config.toml"
    file.write_text(MINIMAL + FEED)
    return file


def quick_days(data: Path) -> list[Path]:
    """That have shortcuts, as workers find them."""
    return list(data.glob("networks/*/days/*-quick"))


def test_a_service_answers_before_today_is_quick_to_search(tmp_path: Path, config: Path) -> None:
    ensure_network(tmp_path / "data", read_config(config))
    assert quick_days(tmp_path / "data") == []


def test_a_service_that_has_loaded_its_feeds_makes_today_quick_though_nobody_asks(tmp_path: Path, config: Path) -> None:
    with serving(tmp_path / "data", config, 1) as served:
        until(lambda: quick_days(tmp_path / "data"))
        until(lambda: len(served.children()) == 2)  # the worker and the writer of live versions
    assert served.log.read_text() == ""


def test_a_feed_loaded_by_command_leaves_a_quick_day(tmp_path: Path, config: Path) -> None:
    assert hent("feeds", "load", tmp_path / "bus.zip", "--config", config, "--data", tmp_path / "data").exit_code == 0
    assert len(quick_days(tmp_path / "data")) == 1


def test_a_feed_loaded_by_a_job_leaves_a_quick_day_once_the_job_has_ended(tmp_path: Path, config: Path) -> None:
    ordered = Order(Verb.LOAD, "bus", str(tmp_path / "bus.zip"), licence="test")
    found = begin(tmp_path / "data", read_config(config), ordered)
    until(lambda: job(tmp_path / "data", found.id).state is JobState.DONE)
    until(lambda: quick_days(tmp_path / "data"))
