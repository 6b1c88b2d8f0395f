"""Why a source of real time says nothing new."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mobility.remote.errors import Unfetchable

UNEXPECTED = "unexpected"


@dataclass(frozen=True, slots=True)
class SourceFault:
    """text: in English, "" no fault. code, values: what tells it in another language."""

    text: str = ""
    code: str = ""
    values: Mapping[str, object] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """As members of what is told of a source."""
        return {"fault": self.text, "faultCode": self.code, "faultValues": dict(self.values)}


NO_FAULT = SourceFault()


def unfetched(error: Unfetchable) -> SourceFault:
    return SourceFault(str(error), error.code, error.values)


def unexpected(error: Exception) -> SourceFault:
    """Its kind alone: what it says may repeat an address."""
    return SourceFault(type(error).__name__, UNEXPECTED)


def from_json(told: Mapping[str, Any]) -> SourceFault:
    """A writer of an older version tells no code."""
    return SourceFault(str(told["fault"]), told.get("faultCode", ""), told.get("faultValues", {}))
