"""Page cursors: a direction and a moment, nothing of what was asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from api.parse.times import FIRST_S, LAST_S
from api.parse.value_faults import RequestFault
from api.parse.values import Values
from mobility.errors import InvalidQuery

PATTERN = r"^(EARLIER|LATER)\|(-?[0-9]{1,10})$"
"""Also of the body of `POST /api/trips`, and published with it."""
WRITTEN = re.compile(PATTERN)


class PageDirection(StrEnum):
    EARLIER = "EARLIER"
    LATER = "LATER"


@dataclass(frozen=True, slots=True)
class Cursor:
    """at_s: epoch seconds at which the page begins, going in the direction."""

    direction: PageDirection
    at_s: int

    def __str__(self) -> str:
        return f"{self.direction}|{self.at_s}"


def cursor(values: Values, name: str = "pageCursor") -> Cursor | None:
    text = values.text(name)
    if not text:
        return None
    written = WRITTEN.fullmatch(text)
    if written is None or not FIRST_S <= int(written[2]) <= LAST_S:
        raise InvalidQuery(name, RequestFault.NO_CURSOR)
    return Cursor(PageDirection(written[1]), int(written[2]))
