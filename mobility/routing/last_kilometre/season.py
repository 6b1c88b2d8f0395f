"""Days of the year on which something holds, from the first to the last: `07-01/08-31`, or `11-01/03-31` over New
Year."""

from __future__ import annotations

import re
from datetime import date

MONTH_AND_DAY = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])"
SEASON = re.compile(rf"(?P<first>{MONTH_AND_DAY})/(?P<last>{MONTH_AND_DAY})")


def is_in_season(season: str, day: date) -> bool:
    """What says nothing, or nothing that is understood, holds all year."""
    said = SEASON.fullmatch(season.strip())
    if said is None:
        return True
    first, last, today = said["first"], said["last"], f"{day:%m-%d}"
    return first <= today <= last if first <= last else today >= first or today <= last
