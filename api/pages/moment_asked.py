"""The moment that a board is asked for. In the night in which clocks go forward an hour is missing: what is shown then
begins as long after the hour before, which is said. In the one in which they go back an hour comes twice: the first one
is meant, and a link to the second one has its offset."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import request

from api.pages.form import CLOCK, day_fault, wall_clock
from api.pages.frame import Frame
from api.present.prose import clock
from mobility.clock import is_skipped


@dataclass(frozen=True, slots=True)
class MomentAsked:
    """at_s: epoch seconds, now where nothing is asked for or nobody can read it. faults: by field. is_read: whether it
    is what was asked for, or as near as clocks have it."""

    at_s: int
    faults: dict[str, str]
    is_read: bool = True


def moment_asked(of: Frame, name: str) -> MomentAsked:
    """name: of the field, in the address: `at=2026-11-24T08:00`."""
    zone, typed = of.asking.territory.zone, request.args.get(name, "").strip()
    wall = wall_clock(typed)
    if wall is None:
        faults = day_fault(of, name)
        return MomentAsked(of.asking.now_s, faults, is_read=not faults)
    at = datetime.fromisoformat(typed)
    at_s = int((at if at.tzinfo else at.replace(tzinfo=zone)).timestamp())
    if at.tzinfo or not is_skipped(wall.date(), wall.time(), zone):
        return MomentAsked(at_s, {})
    said = of.said["board"]["skipped_hour"].format(day=of.days.day(wall.date()), clock=clock(at_s, zone))
    return MomentAsked(at_s, {name: said})


def in_address(of: Frame, epoch_s: int) -> str:
    """As an address has it, and is read again."""
    at = datetime.fromtimestamp(epoch_s, of.asking.territory.zone)
    return at.isoformat(timespec="minutes") if at.fold else at.strftime(CLOCK)
