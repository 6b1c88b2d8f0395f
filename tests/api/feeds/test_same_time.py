"""Loads at the same time by every way in: the command line, the timer and an upload. None loses the feed of another."""

from __future__ import annotations

import shutil
import subprocess
import time
from datetime import date
from pathlib import Path

from api.config import parse_config
from api.feeds import jobs
from mobility.feeds.state import feeds_in_service
from mobility.operators.jobs import Job, JobState, Order, Verb
from tests.api.test_config import MINIMAL
from tests.forked import forked
from tests.mobility.feeds.following import served
from tests.mobility.feeds.reloads import Operator

GIVE_UP_S = 120


def zipped(operator: Operator, feed: str) -> Path:
    folder = operator.feed(feed).file
    return Path(shutil.make_archive(folder, "zip", folder))


def ended(data: Path, job: Job) -> Job:
    give_up = time.monotonic() + GIVE_UP_S
    while (found := jobs.job(data, job.id)).state is JobState.RUNNING and time.monotonic() < give_up:
        time.sleep(0.05)
    return found


def test_feeds_that_are_loaded_at_the_same_time_are_all_in_service(tmp_path: Path) -> None:
    operator = Operator.in_folder(tmp_path, today=date.today())  # noqa: DTZ011
    data = operator.at.data
    by_timer = zipped(operator, "boat").read_bytes()
    with served({"boat.zip": by_timer}) as base:
        address = f'{MINIMAL}\n[[feeds]]\nid = "boat"\nlicence = "CC0"\nurl = "{base}/boat.zip"\n'
        (tmp_path / "config.toml").write_text(address)
        config = parse_config(address, tmp_path)
        words = ["feeds", "load", zipped(operator, "coach"), "--data", data, "--config", tmp_path / "config.toml"]
        command = forked(["hent", *words, "--feed", "coach"], stdout=subprocess.DEVNULL)
        begun = [
            jobs.begin(data, config, Order(Verb.FETCH, "boat")),
            jobs.begin(data, config, Order(Verb.LOAD, "bus", str(zipped(operator, "bus")), licence="CC0"), "Anna"),
        ]
        assert [ended(data, job).state for job in begun] == [JobState.DONE, JobState.DONE]
        assert command.wait(GIVE_UP_S) == 0
    assert {feed.id for feed in feeds_in_service(data)} == {"boat", "bus", "coach"}
