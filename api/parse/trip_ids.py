"""Names of runs and of itineraries, as api/present gives them out."""

from __future__ import annotations

import re
from base64 import urlsafe_b64decode
from dataclasses import dataclass
from datetime import date

from api.parse.modes import STREET
from mobility.errors import NotFound

WRITTEN = re.compile(r"(\d{4})(\d{2})(\d{2})_(\d{2,3}):(\d{2})_(.+)", re.ASCII | re.DOTALL)


@dataclass(frozen=True, slots=True)
class RunName:
    """minute: of the first departure, counted from the start of the service day."""

    service_day: date
    minute: int
    trip: str


@dataclass(frozen=True, slots=True)
class Part:
    """A run between two positions of its pattern."""

    run: RunName
    board: int
    alight: int


def run_name(text: str, parameter: str = "tripId") -> RunName:
    """`20260113_25:10_lorient_T7`. Raises NotFound for what is no such name."""
    written = WRITTEN.fullmatch(text)
    try:
        if written is None:
            raise ValueError
        service_day = date(int(written[1]), int(written[2]), int(written[3]))
    except ValueError:
        raise NotFound("trip", parameter) from None
    return RunName(service_day, int(written[4]) * 60 + int(written[5]), written[6])


@dataclass(frozen=True, slots=True)
class ItineraryName:
    """doors: the mode of the way before the first ride and of that after the last one, "" where there was none."""

    parts: tuple[Part, ...]
    doors: tuple[str, str] = ("", "")


def itinerary_name(text: str) -> ItineraryName:
    """Names given out before doors stood in them are read, too. Raises NotFound for any text that is no identifier of
    an itinerary."""
    try:
        rows = [row.split("\t") for row in urlsafe_b64decode(text.encode()).decode().split("\n")]
        first, last = rows.pop() if len(rows[-1]) == 2 else ("", "")
        parts = [Part(run_name(name, "itineraryId"), int(board), int(alight)) for name, board, alight in rows]
        if not parts or not STREET.issuperset({first, last} - {""}):
            raise ValueError
    except ValueError:
        raise NotFound("itinerary", "itineraryId") from None
    return ItineraryName(tuple(parts), (first, last))
