"""A network is in service before its day is quick to search; who ordered the load makes it quick once that is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Lock

import click
import pytest

from api.commands.options import ensure_network, read_config
from api.feeds import job_child
from api.feeds.desk import Desk
from api.feeds.job_child import Working
from api.feeds.jobs import JOBS, turn
from mobility.feeds import publish
from mobility.feeds.progress import unwatched
from mobility.operators.jobs import Job, JobState, Order, Verb
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


def test_feeds_that_a_service_loads_at_its_start_leave_the_day_as_it_answers_first(
    tmp_path: Path, config: Path
) -> None:
    ensure_network(tmp_path / "data", read_config(config))
    assert quick_days(tmp_path / "data") == []


def test_a_service_that_has_loaded_its_feeds_makes_today_quick_though_nobody_asks(tmp_path: Path, config: Path) -> None:
    with serving(tmp_path / "data", config, 1) as served:
        until(lambda: quick_days(tmp_path / "data"))
        until(lambda: len(served.children()) == 2)  # the worker and the writer of live versions
    assert served.log.read_text() == ""


def test_a_command_says_what_came_of_it_and_leaves_a_quick_day(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_quick(desk: Desk) -> None:
        click.echo("makes it quick")
        publish_quick(desk)

    publish_quick = publish.make_quick
    monkeypatch.setattr(publish, "make_quick", make_quick)
    told = hent("feeds", "load", tmp_path / "bus.zip", "--config", config, "--data", tmp_path / "data").stdout
    first, *_, last = told.splitlines()
    assert (first.startswith("in service: bus"), last) == (True, "makes it quick")
    assert len(quick_days(tmp_path / "data")) == 1


def test_a_job_has_ended_before_it_leaves_a_quick_day(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, states = tmp_path / "data", []
    (data / JOBS).mkdir(parents=True)
    begun = Job("a" * 16, Order(Verb.LOAD, "bus", str(tmp_path / "bus.zip"), licence="test"), 0)
    working = Working(data, begun, Lock())
    desk = Desk(data, read_config(config), date(2026, 6, 15), working.watch)
    monkeypatch.setattr(job_child, "make_quick", lambda desk: states.append(working.job.state))
    job_child.work(working, desk)
    assert states == [JobState.DONE]


def test_a_job_leaves_a_quick_day_to_the_one_that_works_after_it(
    tmp_path: Path, config: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Desk] = []
    (tmp_path / JOBS).mkdir()
    monkeypatch.setattr(job_child, "make_quick", made.append)
    desk = Desk(tmp_path, read_config(config), date(2026, 6, 15))
    with turn(tmp_path, unwatched):
        job_child.quicken(desk)
    assert made == []
    job_child.quicken(desk)
    assert made == [desk]
