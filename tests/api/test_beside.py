"""Where the system makes no more processes, the service goes on without the one beside it."""

from __future__ import annotations

import os
from errno import EAGAIN

import pytest

from api.beside import begin_beside
from api.live_writer import LiveWriter


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Each time that the system is asked for a process, which it does not make."""
    asked: list[int] = []

    def fork() -> int:
        asked.append(EAGAIN)
        raise BlockingIOError(EAGAIN, os.strerror(EAGAIN))

    monkeypatch.setattr("os.fork", fork)
    return asked


def test_work_that_may_be_left_out_is_left_out_and_the_log_says_why(
    asked: list[int], caplog: pytest.LogCaptureFixture
) -> None:
    assert begin_beside("a day made quick", lambda: None, ()) == 0
    (line,) = caplog.records
    told = (line.msg, line.where, line.fault)  # type: ignore[attr-defined]
    assert told == ("a process beside the workers cannot begin", "a day made quick", "BlockingIOError")
    assert len(asked) == 1


def test_a_writer_that_could_not_begin_is_tried_again(asked: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.live_writer.REST_S", 0.0)
    writer = LiveWriter(lambda: None)
    writer.keep(())
    writer.keep(())
    assert len(asked) == 2
    writer.end()
