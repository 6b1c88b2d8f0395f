"""The operators' endpoints in the OpenAPI document."""

from __future__ import annotations

from functools import partial

from api.openapi.operation import Operation
from api.openapi.responses.operators import (
    OperatorAnswer,
    OperatorFeed,
    OperatorFeeds,
    OperatorJob,
    OperatorJobs,
    OperatorLog,
)
from api.operators.gate import BASE
from api.parse.bodies.operators import CompareRequest, LoadRequest, RollbackRequest

FEED, JOBS, ZIP = f"{BASE}/feeds/{{feed}}", f"{BASE}/jobs", "application/zip"
REFUSALS = (401, 403, 429, 503)
look = partial(Operation, "get", bearer="operator", refusals=REFUSALS)
look_up = partial(Operation, "get", bearer="operator", refusals=(*REFUSALS, 400, 404))
begin = partial(Operation, answer=OperatorJob, bearer="operator", status=202, refusals=(*REFUSALS, 400, 404, 413, 415))
OPERATORS = (
    look(f"{BASE}/me", "operatorMe", "Whose token it is.", OperatorAnswer),
    look(f"{BASE}/feeds", "operatorFeeds", "The feeds: in service, waiting, ending, missing.", OperatorFeeds),
    look_up(FEED, "operatorFeed", "A feed: version in service, report, versions that are kept.", OperatorFeed),
    look_up(
        f"{FEED}/export",
        "operatorExport",
        "A feed as published, or as served.",
        query=("form=published|served",),
        media=(ZIP,),
    ),
    begin(
        *("post", f"{FEED}/upload", "operatorUpload", "Load a zip."),
        upload=ZIP,
        query=("licence", "publisher", "force=false|true"),
    ),
    begin("post", f"{FEED}/check", "operatorCheck", "Check a zip; nothing is loaded.", upload=ZIP),
    begin("post", f"{FEED}/load", "operatorLoad", "Load from an address.", body=LoadRequest),
    begin(
        *("post", f"{FEED}/fetch", "operatorFetch", "Load what is new at the config's address."),
        query=("force=false|true",),
    ),
    begin("post", f"{FEED}/rollback", "operatorRollback", "Go back to a version.", body=RollbackRequest),
    begin("post", f"{FEED}/diff", "operatorDiff", "Compare two versions.", body=CompareRequest),
    begin("delete", FEED, "operatorRemove", "Take a feed out of the network."),
    look(JOBS, "operatorJobs", "What is being done, and was done lately.", OperatorJobs),
    look_up(f"{JOBS}/{{id}}", "operatorJob", "How far a job is.", OperatorJob),
    Operation(
        *("delete", f"{JOBS}/{{id}}", "operatorCancel", "End a job; what is in service stays."),
        answer=OperatorJob,
        bearer="operator",
        refusals=(*REFUSALS, 404, 409),
    ),
    look(f"{BASE}/log", "operatorLog", "Who did what, when, to which version.", OperatorLog),
)
