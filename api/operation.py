"""One operation of the OpenAPI document."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel


@dataclass(frozen=True, slots=True)
class Operation:
    """many: the answer is a list of `answer`. refusals: statuses that come as problems. bearer: a session is needed."""

    method: str
    path: str
    name: str
    summary: str
    answer: type[BaseModel]
    body: type[BaseModel] | None = None
    many: bool = False
    refusals: tuple[int, ...] = ()
    bearer: bool = False
