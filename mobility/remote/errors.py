"""Why a file of another server cannot be had."""

from __future__ import annotations

from enum import StrEnum


class FetchFault(StrEnum):
    ANSWER = "answer"
    HOST = "host"
    SIZE = "size"
    TIME = "time"


class Unfetchable(Exception):
    """str() names no address: it may hold a key. A host that is refused is named."""

    def __init__(self, reason: str, fault: FetchFault = FetchFault.ANSWER) -> None:
        super().__init__(reason)
        self.fault = fault
