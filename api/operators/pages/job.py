"""How far a job is, and what came of it: the first lines of the report with the place in the file and what to do, what
travellers lose, and publishing what was checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

from flask import Blueprint, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from api.feeds.jobs import job, jobs
from api.operators.orders import begun, cancelled, close_lost
from api.operators.pages.frame import OperatorFrame, operator_frame, operator_page
from api.operators.pages.session import ROOT, OperatorVisitor, sender, visitor
from api.pages.frame import href
from api.present.pieces import Json
from api.privacy.uses import uses
from api.service import Service
from api.web.sentences import Sentences
from mobility.errors import NotFound, WrongState
from mobility.feeds.progress import LoadStep
from mobility.feeds.versions import kept_versions
from mobility.operators.jobs import Job, JobState, Order, Verb
from mobility.operators.tokens import Role
from mobility.privacy.register import OPERATOR

MOST_CODES, MOST_CASES, MOST_NAMES = 8, 3, 12
"""Of a report and of a list that the page shows; the report as a whole is a page of its own once it is published."""


@dataclass(frozen=True, slots=True)
class ShownJob:
    """verb, state, step: in words. reports, change, faults: of its result; may_publish: what was checked is still
    there, and could be loaded."""

    job: Job
    verb: str
    state: str
    step: str
    began: datetime
    ended: datetime | None
    may_publish: bool = False

    @property
    def runs(self) -> bool:
        return self.job.state is JobState.RUNNING

    @property
    def is_well(self) -> bool:
        return self.job.state is JobState.DONE

    @property
    def is_refused(self) -> bool:
        """What was checked has faults that bar it."""
        return self.job.order.verb is Verb.CHECK and self.is_well and not self.reports[0]["accepted"]

    @property
    def reports(self) -> Sequence[Json]:
        result = self.job.result
        found: Sequence[Json] = [result["report"]] if result.get("report") else result.get("reports", ())
        return found

    @property
    def held(self) -> Sequence[Json]:
        """Why it reaches less far than what is in service, which therefore stays."""
        told = self.job.result.get("heldBack") or ()
        return [told] if isinstance(told, dict) else told

    @property
    def over(self) -> tuple[str, str | None] | None:
        """Of what was checked or loaded, where nothing else says so: that it runs on no day, or has ended, and when."""
        ending = (one for one in self.job.result.get("ending", ()) if one["feed"] == self.job.order.feed)
        is_check = self.job.order.verb is Verb.CHECK
        days = self.job.result.get("days") if is_check else next(ending, None)
        if self.held or days is None or (days["lastDay"] is not None and days["daysLeft"] >= 0):
            return None
        return ("over" if days["lastDay"] else "never"), days["lastDay"]

    @property
    def losses(self) -> Sequence[Json]:
        """What travellers lose, or would lose, feed by feed; what nothing is lost of is left out."""
        told: Sequence[Json] = self.job.result.get("losses") or ()
        return [one for one in told if any(value for name, value in one.items() if name != "feed")]

    @property
    def change(self) -> Json | None:
        """What travellers would notice between two versions."""
        result: Json = self.job.result
        return result if self.job.order.verb is Verb.DIFF and self.is_well else None

    @property
    def waiting(self) -> list[tuple[str, date]]:
        """Feeds that take over on a day to come."""
        waiting = [one for one in self.job.result.get("waiting", ()) if one["firstDay"]]
        return [(one["id"], date.fromisoformat(one["firstDay"])) for one in waiting]

    def named(self, file: str) -> str:
        """A file as whoever sent it calls it: the one that was sent has another name here."""
        return self.job.order.name if self.job.order.name and file == Path(self.job.order.file).name else file

    @property
    def problem(self) -> str:
        """Name of the problem, of a job that failed."""
        return str(self.job.result.get("type", "")).rpartition("/")[2]


def add(bp: Blueprint, service: Service) -> None:
    @bp.get("/jobs")
    @uses(OPERATOR)
    def all_jobs() -> ResponseReturnValue:
        of = operator_frame(service, visitor(service))
        close_lost(service)
        return operator_page("jobs", of, jobs=[shown_job(one, of.said) for one in jobs(service.data())])

    @bp.get("/jobs/<id>")
    @uses(OPERATOR)
    def one_job(id: str) -> ResponseReturnValue:
        of = operator_frame(service, visitor(service))
        close_lost(service)
        return _page(of, job(service.data(), id))

    @bp.post("/jobs/<id>/cancel")
    @uses(OPERATOR)
    def cancel(id: str) -> ResponseReturnValue:
        found = cancelled(service, sender(service, Role.LOAD).operator, id)
        return to_job(found)

    @bp.post("/jobs/<id>/publish")
    @uses(OPERATOR)
    def publish(id: str) -> ResponseReturnValue:
        """What was checked, as it was checked; `sure`: also where it reaches less far than what is in service."""
        who, checked = sender(service, Role.LOAD), job(service.data(), id)
        if not _may_publish(checked):
            raise WrongState("job", checked.state)
        return ordered(service, who, replace(checked.order, verb=Verb.LOAD, force="sure" in request.form))


def ordered(service: Service, who: OperatorVisitor, order: Order) -> Response:
    return to_job(begun(service, who.operator, order))


def to_job(found: Job) -> Response:
    return redirect(href(f"{ROOT}/jobs/{found.id}"), 303)


def shown_job(found: Job, said: Sentences) -> ShownJob:
    verbs, states, steps = said["operators_verb"], said["operators_state"], said["operators_step"]
    step = next((one.name.lower() for one in LoadStep if found.step.startswith(one)), "starting")
    return ShownJob(
        found,
        verbs.get(found.order.verb.value, found.order.verb.value),
        states[found.state.value],
        steps.get(step, found.step),
        datetime.fromtimestamp(found.began_at, UTC),
        datetime.fromtimestamp(found.ended_at, UTC) if found.ended_at else None,
        _may_publish(found),
    )


def _may_publish(found: Job) -> bool:
    is_checked = found.order.verb is Verb.CHECK and found.state is JobState.DONE
    report: Mapping[str, object] = found.result.get("report") or {}
    return is_checked and bool(report.get("accepted")) and Path(found.order.file).is_file()


def _page(of: OperatorFrame, found: Job) -> ResponseReturnValue:
    shown = shown_job(found, of.said)
    most = {"codes": MOST_CODES, "cases": MOST_CASES, "names": MOST_NAMES}
    return operator_page(
        "job",
        of,
        one=shown,
        most=most,
        has_page=_has_page(of.service, found.order.feed),
        done=request.args.get("done", ""),
    )


def _has_page(service: Service, feed: str) -> bool:
    """Of a name that was only checked nothing is kept."""
    if not feed or service.config.feed(feed):
        return bool(feed)
    try:
        return bool(kept_versions(service.data(), feed))
    except NotFound:
        return False
