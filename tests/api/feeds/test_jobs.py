"""Loads as jobs in processes of their own: watched, cancelled, killed, and what each leaves behind."""

from __future__ import annotations

import json
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from errno import ENOSPC
from pathlib import Path
from threading import Lock

import pytest

from api.config import Config, parse_config
from api.feeds import jobs
from api.feeds.job_child import Working
from mobility.errors import NotFound, WrongState
from mobility.feeds.state import feeds_in_service
from mobility.operators.jobs import Job, JobState, Order, Verb
from tests.api.terminal import zipped
from tests.api.test_config import FEED, MINIMAL

LONGEST_S = 60.0


def config() -> Config:
    return parse_config(MINIMAL, Path())


def ended(data: Path, started: Job) -> Job:
    return until(data, started, lambda job: job.state is not JobState.RUNNING)


def until(data: Path, started: Job, holds: Callable[[Job], bool]) -> Job:
    give_up = time.monotonic() + LONGEST_S
    while not holds(found := jobs.job(data, started.id)):
        assert time.monotonic() < give_up, found
        time.sleep(0.02)
    return found


def load(data: Path, file: Path, feed: str = "bus") -> Job:
    return jobs.begin(data, config(), Order(Verb.LOAD, feed, str(file), licence="CC0"))


def test_a_load_is_done_by_a_process_of_its_own(tmp_path: Path) -> None:
    data = tmp_path / "data"
    done = ended(data, load(data, zipped(tmp_path)))
    assert done.state is JobState.DONE, done
    assert (done.state, done.share, done.result["state"]) == (JobState.DONE, 1.0, "published")
    assert [feed.id for feed in feeds_in_service(data)] == ["bus"]
    assert [one.id for one in jobs.jobs(data)] == [done.id]


def test_why_a_load_failed_is_told_with_the_report(tmp_path: Path) -> None:
    bad = zipped(tmp_path, trips="route_id,service_id,trip_id\nX,S,T1\n")
    failed = ended(tmp_path, load(tmp_path, bad))
    assert (failed.state, failed.result["type"]) == (JobState.FAILED, "/problems/rejected-feed")
    (first, *_) = failed.result["report"]["notices"]
    assert (first["sampleNotices"][0]["file"], first["sampleNotices"][0]["line"]) == ("trips.txt", 2)


def test_what_an_operator_asked_in_vain_is_logged_as_a_refused_job_and_not_as_a_fault(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    refused = ended(tmp_path, jobs.begin(tmp_path, config(), Order(Verb.ROLL_BACK, "nothing")))
    assert (refused.state, refused.result["detail"]) == (JobState.FAILED, "no such feed")
    line = json.loads(capfd.readouterr().err)
    assert (line["level"], line["event"], line["feed"]) == ("warning", "a job was refused", "nothing")
    assert line["fault"] == "NotFound"


def test_a_file_that_was_uploaded_is_gone_afterwards(tmp_path: Path) -> None:
    (tmp_path / jobs.JOBS).mkdir()
    uploaded = zipped(tmp_path / jobs.JOBS, "upload.zip")
    assert ended(tmp_path, load(tmp_path, uploaded)).state is JobState.DONE
    assert not uploaded.exists()


def test_a_job_that_waits_for_another_load_can_be_cancelled(tmp_path: Path, held: Callable[[Path], None]) -> None:
    held(tmp_path)
    waiting = until(tmp_path, load(tmp_path, zipped(tmp_path)), lambda job: job.step.startswith("waiting"))
    jobs.cancel(tmp_path, waiting.id)
    assert ended(tmp_path, waiting).state is JobState.CANCELLED
    with pytest.raises(WrongState):
        jobs.cancel(tmp_path, waiting.id)
    assert feeds_in_service(tmp_path) == ()


def test_a_file_that_was_uploaded_for_a_job_that_was_cancelled_is_gone(
    tmp_path: Path, held: Callable[[Path], None]
) -> None:
    held(tmp_path)
    (tmp_path / jobs.JOBS).mkdir()
    uploaded = zipped(tmp_path / jobs.JOBS, "upload.zip")
    waiting = until(tmp_path, load(tmp_path, uploaded), lambda job: job.step.startswith("waiting"))
    assert uploaded.exists()
    jobs.cancel(tmp_path, waiting.id)
    ended(tmp_path, waiting)
    assert not uploaded.exists()


@pytest.mark.parametrize(("feed", "told"), [("bus", False), ("tram", True)])
def test_a_check_knows_the_licence_that_the_config_states(tmp_path: Path, feed: str, told: bool) -> None:
    order = Order(Verb.CHECK, feed, str(zipped(tmp_path)))
    done = ended(tmp_path, jobs.begin(tmp_path, parse_config(MINIMAL + FEED, Path()), order))
    codes = {notice["code"] for notice in done.result["report"]["notices"]}
    assert ("licence_unknown" in codes) is told


def test_a_job_whose_process_was_killed_is_lost(tmp_path: Path, held: Callable[[Path], None]) -> None:
    held(tmp_path)
    waiting = until(tmp_path, load(tmp_path, zipped(tmp_path)), lambda job: job.step.startswith("waiting"))
    os.kill(process_of(waiting), signal.SIGKILL)
    assert ended(tmp_path, waiting).state is JobState.LOST


def process_of(job: Job) -> int:
    """The one that holds the job's lock, once whoever began it has let go of it."""
    give_up = time.monotonic() + LONGEST_S
    while len(found := [process for process in Path("/proc").glob("[0-9]*") if has_open(process, job.id)]) != 1:
        assert time.monotonic() < give_up, found
    return int(found[0].name)


def has_open(process: Path, name: str) -> bool:
    with suppress(OSError):  # One that ends meanwhile.
        return any(name in str(file.readlink()) for file in (process / "fd").iterdir())
    return False


@pytest.fixture
def held() -> Callable[[Path], None]:
    """Takes the lock of the data folder, as another load does; open files end with the test."""
    import fcntl

    files = []

    def hold(data: Path) -> None:
        data.mkdir(exist_ok=True)
        files.append((data / ".loading").open("w"))
        fcntl.flock(files[-1], fcntl.LOCK_EX)

    return hold


def test_a_job_that_has_its_result_is_not_cancelled_beside_it(tmp_path: Path) -> None:
    (tmp_path / jobs.JOBS).mkdir()
    working = Working(tmp_path, Job("00", Order(Verb.CHECK), 0), Lock())
    jobs.cancel_file(tmp_path, "00").touch()
    assert working.is_to_end()
    working.settle()
    assert not working.is_to_end()


def test_jobs_that_are_removed_while_somebody_looks_are_left_out(tmp_path: Path) -> None:
    """A name without a file behind it is what a look at the folder leaves of them."""
    done = ended(tmp_path, jobs.begin(tmp_path, config(), Order(Verb.ROLL_BACK, "nothing")))
    (tmp_path / jobs.JOBS / "removed.json").symlink_to("nowhere")
    assert [one.id for one in jobs.jobs(tmp_path)] == [done.id]
    with pytest.raises(NotFound):
        jobs.job(tmp_path, "removed")
    assert jobs.forget_old(tmp_path, int(time.time())) == 1


def test_jobs_can_be_looked_at_while_others_are_forgotten(tmp_path: Path) -> None:
    (tmp_path / jobs.JOBS).mkdir()
    written = [f"{number:03}" for number in range(150)]
    for name in written:
        jobs.note(tmp_path, Job(name, Order(Verb.CHECK), 0, JobState.DONE))
    with ThreadPoolExecutor(1) as pool:
        forgetting = pool.submit(jobs.forget_old, tmp_path, int(time.time()))
        seen = [len(jobs.jobs(tmp_path)) for _ in range(5)]
        assert forgetting.result() == 100
    assert {*seen} <= {*range(50, 151)}
    assert len(jobs.jobs(tmp_path)) == 50


def lost(data: Path, *names: str) -> None:
    """Jobs whose process is gone: nobody holds their lock."""
    (data / jobs.JOBS).mkdir()
    for name in names:
        (data / jobs.JOBS / f"{name}.lock").touch()
        jobs.note(data, Job(name, Order(Verb.CHECK), 0, operator="anne"))


def forget(data: Path, name: str) -> None:
    for file in (data / jobs.JOBS).glob(f"{name}.*"):
        file.unlink()


def test_each_lost_job_ends_once_for_all_who_look(tmp_path: Path) -> None:
    lost(tmp_path, "1", "2")
    assert {job.id for job in jobs.ends_of_lost(tmp_path, 7)} == {"1", "2"}
    assert list(jobs.ends_of_lost(tmp_path, 8)) == []
    assert {(job.state, job.ended_at) for job in jobs.jobs(tmp_path)} == {(JobState.LOST, 7)}


def test_a_lost_job_that_is_forgotten_before_its_turn_is_left_out_and_leaves_nothing(tmp_path: Path) -> None:
    lost(tmp_path, "1", "2", "3")
    ends = jobs.ends_of_lost(tmp_path, 7)
    first = next(ends).id
    gone, other = {"1", "2", "3"} - {first}
    forget(tmp_path, gone)
    assert [job.id for job in ends] == [other]
    assert not list((tmp_path / jobs.JOBS).glob(f"{gone}.*"))


def test_a_lost_job_that_is_forgotten_while_it_is_logged_stays_forgotten(tmp_path: Path) -> None:
    lost(tmp_path, "1")
    for job in jobs.ends_of_lost(tmp_path, 7):
        forget(tmp_path, job.id)
    assert list((tmp_path / jobs.JOBS).iterdir()) == []


def test_jobs_that_never_were_are_not_found(tmp_path: Path) -> None:
    for name in ("", "x", "../secret"):
        with pytest.raises(NotFound):
            jobs.job(tmp_path, name)


def test_a_job_tells_how_it_ended_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "jobs").mkdir()
    begun = Job("a1", Order(Verb.LOAD, "bus"), 0)
    jobs.note(tmp_path, begun)

    def full(path: Path, content: bytes) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(jobs, "write_whole", full)
    jobs.note_end(tmp_path, replace(begun, state=JobState.FAILED, ended_at=1, result={"detail": "full"}))
    ended = jobs.job(tmp_path, "a1")
    assert (ended.state, ended.result) == (JobState.FAILED, {"detail": "full"})
