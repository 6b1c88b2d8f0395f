"""The bodies of the operators' endpoints."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from api.parse.bodies import Body

Version = Annotated[str, Field(pattern="^([0-9a-f]{4,64})?$", description="the beginning of a sha256")]
Words = Annotated[str, Field(max_length=500)]


class LoadRequest(Body):
    """url: absent: as the config names the feed. only: takes all other feeds out of the network. force: also a version
    that runs on no day, has ended or ends before the one in service."""

    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=2000)] | None = None
    licence: Words = ""
    publisher: Words = ""
    only: bool = False
    force: bool = False


class RollbackRequest(Body):
    """version: absent: the one that was published before; forward: the one from which one went back.
    force: also one that reaches less far than the one in service."""

    version: Version = ""
    forward: bool = False
    force: bool = False


class CompareRequest(Body):
    """Absent: the version that was published before, and the one in service."""

    before: Version = ""
    after: Version = ""
