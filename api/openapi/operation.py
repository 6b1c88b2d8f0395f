"""One operation of the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pydantic import BaseModel

JSON = "application/json"
BODY = (400, 413, 415)
"""Refusals of a body."""
MINE = (401, 503)
"""Refusals where a session is looked up."""


@dataclass(frozen=True, slots=True)
class Operation:
    """answer: None where it is no JSON, but one of `media`. many: it is a list of `answer`. query: optional parameters,
    as `name` or `name=one|other`. upload: media type of a body that is a file. refusals: statuses that come as
    problems. bearer: whose token is needed, `session` or `operator`. conditional: 304 may be the answer; ranges: so
    may 206. example: a body that the demo answers, as JSON."""

    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel] | None = None
    body: type[BaseModel] | None = None
    many: bool = False
    refusals: tuple[int, ...] = ()
    bearer: str = ""
    status: int = 200
    query: tuple[str, ...] = ()
    upload: str = ""
    media: tuple[str, ...] = (JSON,)
    conditional: bool = False
    ranges: bool = False
    example: str = ""


def mine(one: Operation) -> Operation:
    """Of the person whose session it is."""
    refusals = (*(BODY if one.body else ()), *MINE, *one.refusals)
    return replace(one, refusals=refusals, bearer="session")
