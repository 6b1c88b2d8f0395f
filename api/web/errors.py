"""What can go wrong between HTTP and the domain, beside what mobility/errors.py names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from mobility.errors import MobilityError
from mobility.value_faults import CodedFault

MEDIA_TYPE = "application/problem+json"
UNREADABLE = "unreadable"
"""Under this name the application keeps what the server answers to a request that it cannot read, by its status."""


@dataclass(frozen=True, slots=True)
class BodyFault:
    """What is wrong with a member, "" for the whole body. reason: in English; code, values: as of an InvalidQuery. None
    of it is what was sent."""

    member: str
    code: str
    reason: str
    values: Mapping[str, object] = field(default_factory=dict)

    @classmethod
    def of(cls, member: str, reason: CodedFault, **values: object) -> BodyFault:
        return cls(member, reason.code, reason.told(**values), values)


class InvalidBody(MobilityError):
    def __init__(self, faults: Iterable[BodyFault]) -> None:
        self.faults = tuple(faults)
        told = (f"{one.member}: {one.reason}" if one.member else one.reason for one in self.faults)
        super().__init__("; ".join(told))

    @property
    def errors(self) -> list[dict[str, str]]:
        return [{"member": one.member, "reason": one.reason} for one in self.faults]


class NotMadeYet(MobilityError):
    """The files of the network in service are being made."""

    def __init__(self, retry_after_s: int) -> None:
        super().__init__(f"the file is being made; ask again in {retry_after_s} s")
        self.retry_after_s = retry_after_s
