"""All rules by which something that was found is not shown, in the order in which they are asked."""

from __future__ import annotations

from typing import Any

from mobility.ranking.bookings import BOOKING
from mobility.ranking.carpools import CARPOOLS, ENOUGH, NOT_MET
from mobility.ranking.chain import Filter
from mobility.ranking.codes import Code
from mobility.ranking.filters import DOMINATED, FILTERS, PAGE
from mobility.ranking.handful import HANDFUL
from mobility.ranking.left import LEFT
from mobility.ranking.loops import CIRCLE

CHAIN: tuple[Filter[Any], ...] = (
    BOOKING,
    CIRCLE,
    DOMINATED,
    *FILTERS,
    PAGE,
    *CARPOOLS,
    NOT_MET,
    ENOUGH,
    LEFT,
    *HANDFUL,
)


def rules() -> dict[Code, Filter[Any]]:
    """By code, in order of the chain. What stands twice means the same of a carpool."""
    found: dict[Code, Filter[Any]] = {}
    for one in CHAIN:
        found.setdefault(one.code, one)
    return found


def numbers_of(code: Code) -> dict[str, float]:
    """What the rule of a code measures with."""
    return dict(rules()[code].numbers)
