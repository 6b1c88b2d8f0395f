"""Loads as jobs: each in a process of its own, niced, so that no traveller waits for it. Every worker of every machine
that shares the data folder can watch and cancel it.

DIR/jobs/ID.json     how far it is, written by the process that does it
DIR/jobs/ID.lock     locked as long as that process lives
DIR/jobs/ID.cancel   there once somebody wants it to end
DIR/jobs/.working    locked by the one that works, while the others wait
DIR/jobs/.ordering   locked while one is ordered
DIR/jobs/*.zip       uploaded files, removed when their job has ended
"""

from __future__ import annotations

import fcntl
import json
import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import asdict, replace
from pathlib import Path
from time import sleep
from typing import IO

import orjson

from api.config import Config
from api.web.processes import begin_process
from mobility.clock import SKEW_S, now_s
from mobility.errors import NotFound, TooMany, WrongState, folder_refused
from mobility.feeds.lock import ASK_AGAIN_S, folder_faults, locked
from mobility.feeds.progress import LoadStep, Progress, Watch
from mobility.network.files import changed_ns, write_whole
from mobility.operators.jobs import Job, JobState, Order, Verb
from mobility.privacy.periods import OPERATOR_S

JOBS = "jobs"
CHECKED = "checked"
"""DIR/jobs/checked/*.zip   what was sent to be checked, until it is published or a day is over"""
KEPT = 50
AGAIN_S = 30
"""Who is told that there are too many comes again after so long."""


def begin(data: Path, config: Config, order: Order, operator: str = "") -> Job:
    """Returns at once. Raises FolderUnavailable; TooMany where as many are under way as may be, of which what the timer
    orders counts, and is not refused."""
    with _ordering(data):
        if operator:
            look_for_room(data, config)
        return _begun(data, config, order, operator)


def look_for_room(data: Path, config: Config) -> None:
    """Raises TooMany."""
    if sum(one.state is JobState.RUNNING for one in jobs(data)) >= config.limits.jobs:
        raise TooMany(AGAIN_S)


@contextmanager
def _ordering(data: Path) -> Iterator[None]:
    with ExitStack() as held:
        with folder_faults(data):
            (data / JOBS).mkdir(parents=True, exist_ok=True)
            held.enter_context(locked(data / JOBS / ".ordering", lambda: sleep(0.01)))
        yield


def turn(data: Path, watch: Watch) -> AbstractContextManager[None]:
    """Of the jobs of a data folder one works at a time. Raises OSError, what the watch raises."""

    def wait() -> None:
        watch(Progress(LoadStep.WAIT))
        sleep(ASK_AGAIN_S)

    return locked(data / JOBS / ".working", wait)


def _begun(data: Path, config: Config, order: Order, operator: str) -> Job:
    started = Job(secrets.token_hex(8), order, int(now_s()), operator=operator)
    try:
        forget_old(data, started.began_at)
        with _lock_file(data, started.id).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            note(data, started)
            # The process inherits the lock, and with it ends the lock.
            begin_process("api.feeds.job_child", [str(data), started.id], config, [lock.fileno()])
    except OSError as error:
        raise folder_refused(error) from error
    return started


def job(data: Path, job_id: str) -> Job:
    """Raises NotFound."""
    found = _read(data, job_id)
    return _lost(found) if found.state is JobState.RUNNING and not _lives(data, found) else found


def jobs(data: Path) -> tuple[Job, ...]:
    """The latest first."""
    return tuple(_there(data, _files(data)))


def _there(data: Path, files: Sequence[Path]) -> Iterator[Job]:
    """Another process may remove an old one between the look at the folder and the look at the file."""
    for file in files:
        with suppress(NotFound):
            yield job(data, file.stem)


def cancel(data: Path, job_id: str) -> Job:
    """Ends within a second, unless it is just publishing. Raises NotFound, WrongState where it has ended."""
    found = job(data, job_id)
    if found.state is not JobState.RUNNING:
        raise WrongState("job", found.state)
    cancel_file(data, job_id).touch()
    return found


def ends_of_lost(data: Path, now: int) -> Iterator[Job]:
    """Jobs whose process was killed, each once for all who look: it is noted when the caller has dealt with it. What is
    forgotten meanwhile stays forgotten."""
    for found in jobs(data):
        if found.state is JobState.LOST and not found.ended_at:
            with suppress(FileNotFoundError, NotFound), _lock_file(data, found.id).open("r+") as lock:
                if _takes(lock) and not _read(data, found.id).ended_at:
                    yield found
                    _read(data, found.id)  # not to write again what was forgotten
                    note(data, replace(found, ended_at=now))


def note(data: Path, job: Job) -> None:
    write_whole(data / JOBS / f"{job.id}.json", orjson.dumps(asdict(job)))


def note_end(data: Path, job: Job) -> None:
    """Also on a full disk: there what was noted last is written over in place, as far as that has room, so that the
    reason is told and the job not taken for a lost one."""
    try:
        note(data, job)
    except OSError:
        with (data / JOBS / f"{job.id}.json").open("r+b") as file:
            room, told = len(file.read()), orjson.dumps(asdict(job))
            file.seek(0)
            file.write(told.ljust(room))
            file.truncate()


def cancel_file(data: Path, job_id: str) -> Path:
    return data / JOBS / f"{job_id}.cancel"


def _lock_file(data: Path, job_id: str) -> Path:
    return data / JOBS / f"{job_id}.lock"


def _read(data: Path, job_id: str) -> Job:
    """As its process noted it. Raises NotFound."""
    if not job_id.isalnum():
        raise NotFound("job", "id")
    try:
        read = json.loads((data / JOBS / f"{job_id}.json").read_bytes())
    except FileNotFoundError:
        raise NotFound("job", "id") from None
    order = Order(**(read["order"] | {"verb": Verb(read["order"]["verb"])}))
    return Job(**(read | {"order": order, "state": JobState(read["state"])}))


def _lives(data: Path, job: Job) -> bool:
    """Whether a process holds the job's lock."""
    try:
        with _lock_file(data, job.id).open() as lock:
            return not _takes(lock, fcntl.LOCK_SH)
    except FileNotFoundError:
        return False


def _takes(lock: IO[str], kind: int = fcntl.LOCK_EX) -> bool:
    """Whether nobody else holds it."""
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _lost(job: Job) -> Job:
    return replace(job, state=JobState.LOST)


def forget_old(data: Path, now: int) -> int:
    """How many: what names an operator goes after the period of the register. now: epoch seconds."""
    known = _files(data)
    old = [*known[KEPT:], *(one for one in known[:KEPT] if _is_old(changed_ns(one) // 10**9, now))]
    for file in old:
        for one in (data / JOBS).glob(f"{file.stem}.*"):
            one.unlink(missing_ok=True)
    return len(old)


def _is_old(changed_s: int, now: int) -> bool:
    """Files are dated by the machine, whose clock may be another one than that of the service."""
    return now - changed_s >= OPERATOR_S or changed_s > time.time() + SKEW_S


def _files(data: Path) -> list[Path]:
    files = [file for file in (data / JOBS).glob("*.json") if not file.name.startswith(".")]
    return sorted(files, key=changed_ns, reverse=True)
