"""Operators, their jobs and the log as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

from api.present.pieces import Json
from mobility.operators.jobs import Job
from mobility.operators.log import Action
from mobility.operators.tokens import Operator


def operator_json(one: Operator) -> Json:
    return {"name": one.name, "role": one.role.name.lower(), "expires": instant(one.expires_at)}


def job_json(job: Job) -> Json:
    """result: the outcome, the report or the diff of a job that is done; the problem of one that failed."""
    return {
        "id": job.id,
        "verb": job.order.verb.value,
        "feed": job.order.feed,
        "operator": job.operator,
        "state": job.state.value,
        "step": job.step,
        "share": job.share,
        "began": instant(job.began_at),
        "ended": instant(job.ended_at) if job.ended_at else None,
        "result": job.result,
    }


def action_json(one: Action) -> Json:
    return asdict(one) | {"at": instant(one.at)}


def instant(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
