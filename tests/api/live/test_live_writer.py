"""Live versions are written by a process beside the workers, which ends with the service and is followed where it is
killed."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from threading import Event, Thread

import pytest

from mobility.feeds.inputs import BuildInputs
from tests.api.feeds.test_reloading import PLAN, publish, today, until
from tests.api.serving import Served, serving
from tests.api.test_config import MINIMAL
from tests.mobility.feeds.reloads import Operator

WORKERS = 2


@pytest.fixture
def operator(tmp_path: Path) -> Operator:
    operator = Operator.in_folder(tmp_path, BuildInputs("Europe/Paris"), today())
    publish(operator, "Zero")
    (operator.folder / "config.toml").write_text(MINIMAL)
    return operator


@pytest.fixture
def served(operator: Operator) -> Iterator[Served]:
    with serving(operator.at.data, operator.folder / "config.toml", WORKERS) as served:
        until(lambda: len(served.children()) == WORKERS + 1)
        yield served


def writer_of(operator: Operator) -> int:
    """The process that holds the lock, as the kernel tells it; 0 none."""
    lock = operator.at.data / "live/.writing"
    locks = [line.split() for line in Path("/proc/locks").read_text().splitlines()] if lock.exists() else []
    held = [int(one[4]) for one in locks if one[1] == "FLOCK" and one[5].endswith(f":{lock.stat().st_ino}")]
    return held[0] if held else 0


def test_a_writer_that_is_killed_is_followed_by_another_and_takes_no_answer_with_it(
    served: Served, operator: Operator
) -> None:
    until(lambda: writer_of(operator) != 0)
    killed, answers, ended = writer_of(operator), list[int](), Event()

    def ask() -> None:
        while not ended.is_set():
            try:
                answers.append(served.get(PLAN).status)
            except (OSError, HTTPException):
                answers.append(0)

    client = Thread(target=ask)
    client.start()
    os.kill(killed, signal.SIGKILL)
    until(lambda: writer_of(operator) not in (0, killed))
    ended.set()
    client.join()
    assert set(answers) == {200}
    assert len(served.children()) == WORKERS + 1


def test_a_writer_ends_with_its_service(served: Served, operator: Operator) -> None:
    until(lambda: writer_of(operator) != 0)
    served.process.terminate()
    served.process.wait(20)
    assert writer_of(operator) == 0


def test_a_writer_does_not_outlive_a_service_that_is_killed(served: Served, operator: Operator) -> None:
    until(lambda: writer_of(operator) != 0)
    os.kill(served.process.pid, signal.SIGKILL)
    until(lambda: writer_of(operator) == 0)
