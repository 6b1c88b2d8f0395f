"""The process that does one job: DIR and the job's id as arguments, the config as JSON on standard input."""

from __future__ import annotations

import logging
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from resource import RLIMIT_DATA, setrlimit
from threading import Lock, Thread

from api.config import Config
from api.feeds.desk import Desk, check, compare, fetch, load_one, remove, renew, roll_back, take_over
from api.feeds.inputs import MIB
from api.feeds.jobs import CHECKED, JOBS, cancel_file, job, note, note_end, turn
from api.feeds.logged import TIMER, cancelled, logged
from api.feeds.named_feed import incoming_feed, licence_of
from api.present.feed_diff import diff_json
from api.present.feeds import found_json, held_back_json, outcome_json, preview_json
from api.present.pieces import Json
from api.problems import fields_of, is_refusal
from api.web.logs import install_logs
from gtfs.errors import FeedError, RejectedFeed
from gtfs.snapshot import FeedSource
from mobility.clock import local_date, now_s
from mobility.errors import LoadCancelled, MobilityError
from mobility.feeds.outcome import HeldBack, NotAnswered, Outcome
from mobility.feeds.progress import LoadStep, Progress
from mobility.feeds.publish import make_quick
from mobility.operators.jobs import Job, JobState, Order, Verb

LOG = logging.getLogger("hent.feeds")
LOOK_EVERY_S = 0.2


@dataclass(slots=True)
class Working:
    """The job as it goes on, noted at each step. Safe between the thread that works and the one that may end it."""

    data: Path
    job: Job
    lock: Lock
    may_end: bool = True

    def watch(self, progress: Progress) -> None:
        with self.lock:
            self.may_end = progress.step is not LoadStep.PUBLISH
            if str(progress) != self.job.step:
                self.become(replace(self.job, step=str(progress), share=progress.share))

    def end(self, state: JobState, result: Json) -> None:
        """Whoever reads that a job has ended finds no upload of it any more."""
        with self.lock:
            self.may_end = False
            is_well, verb = state is JobState.DONE, self.job.order.verb
            is_refused = verb is Verb.CHECK and not (is_well and result["report"]["accepted"])
            self.drop_upload(is_settled=is_refused or (verb is Verb.LOAD and is_well))
            share = 1.0 if state is JobState.DONE else self.job.share
            self.job = replace(self.job, state=state, share=share, ended_at=int(now_s()), result=result)
            note_end(self.data, self.job)

    def become(self, job: Job) -> None:
        self.job = job
        note(self.data, job)

    def drop_upload(self, is_settled: bool = False) -> None:
        """What came with the order; a file that it only names stays, and what was checked until that is settled: it is
        refused, or published."""
        file = Path(self.job.order.file)
        if file.parent == self.data / JOBS or (is_settled and file.parent == self.data / JOBS / CHECKED):
            file.unlink(missing_ok=True)

    def settle(self) -> None:
        """It ends as it ends: nobody cancels it from now on, so that the operators' log has one line of its end."""
        with self.lock:
            self.may_end = False

    def is_to_end(self) -> bool:
        """With the lock held."""
        return self.may_end and cancel_file(self.data, self.job.id).exists()

    def end_when_cancelled(self, desk: Desk) -> None:
        """A load may be killed at any moment; so may one that nobody wants any more."""
        while True:
            time.sleep(LOOK_EVERY_S)
            with self.lock:
                if self.is_to_end():
                    self.drop_upload(is_settled=self.job.order.verb is Verb.CHECK)
                    cancelled(desk, self.job)
                    self.become(replace(self.job, state=JobState.CANCELLED, ended_at=int(now_s())))
                    os._exit(1)


def main() -> None:
    data, job_id = Path(sys.argv[1]), sys.argv[2]
    config = Config.model_validate_json(sys.stdin.read())
    install_logs()
    setrlimit(RLIMIT_DATA, (config.limits.load_mib * MIB,) * 2)
    working = Working(data, job(data, job_id), Lock())
    desk = Desk(data, config, local_date(int(now_s()), config.territory.zone), working.watch)
    Thread(target=working.end_when_cancelled, args=[desk], daemon=True).start()
    work(working, desk)


def work(working: Working, desk: Desk) -> None:
    order = working.job.order
    try:
        with logged(desk, working.job.operator or TIMER, order.verb, order.feed):
            try:
                with turn(desk.data, desk.watch):
                    result = perform(order, desk)
            finally:
                working.settle()
    except RejectedFeed as error:
        _fail(working, error, {"report": error.report.to_dict()})
    except HeldBack as error:
        _fail(working, error, held_back_json(error))
    except NotAnswered as error:
        _fail(working, error, found_json(error.findings))
    except Exception as error:
        _fail(working, error, {})
        if not isinstance(error, MobilityError | FeedError):
            raise
    else:
        working.end(JobState.DONE, result)
        if order.verb not in (Verb.CHECK, Verb.DIFF):
            quicken(desk)
    finally:
        working.drop_upload()


def quicken(desk: Desk) -> None:
    """Unless another job works: one that loads leaves a quick day itself."""

    def give_way(_: Progress) -> None:
        raise LoadCancelled

    with suppress(LoadCancelled, OSError), turn(desk.data, give_way):
        make_quick(desk)


def _fail(working: Working, error: Exception, more: Json) -> None:
    feed, fault = working.job.order.feed, type(error).__name__
    if is_refusal(error):
        LOG.warning("a job was refused", extra={"feed": feed, "fault": fault})
    else:
        LOG.error("a job has failed", extra={"feed": feed, "fault": fault})
    working.end(JobState.FAILED, fields_of(error) | more)


def perform(order: Order, desk: Desk) -> Json:
    """Raises what the verb does (api/feeds/desk.py)."""
    match order.verb:
        case Verb.CHECK:
            source = FeedSource(order.feed, licence_of(desk.config, order.feed, order.licence))
            return preview_json(check(desk, Path(order.file), source), desk.today)
        case Verb.DIFF:
            return diff_json(compare(desk, order.feed, order.version, order.after))
        case _:
            return outcome_json(_changed(order, desk), desk.today)


def _changed(order: Order, desk: Desk) -> Outcome:
    match order.verb:
        case Verb.LOAD:
            stated = FeedSource(order.feed, order.licence, order.publisher)
            feed = incoming_feed(desk.config, order.file, stated, desk.data / "demo", desk.today)
            return load_one(desk, replace(feed, force=order.force), order.alone)
        case Verb.FETCH:
            return fetch(desk, order.feed, order.force)
        case Verb.ROLL_BACK:
            return roll_back(desk, order.feed, order.version, forward=order.forward, force=order.force)
        case Verb.REMOVE:
            return remove(desk, order.feed)
        case Verb.RENEW:
            return renew(desk)
        case _:
            return take_over(desk)


if __name__ == "__main__":
    main()
