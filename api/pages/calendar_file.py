"""Trips as events of a calendar file (RFC 5545). One with a driver who has not said yes is tentative."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

from api.pages.card import Card
from api.pages.leg_line import LegLine, StopLine
from api.web.sentences import Sentences

LINE_END = "\r\n"
LONGEST_LINE = 73


def ics(trips: Sequence[tuple[str, Card]], now_s: int, said: Sentences) -> str:
    """trips: each with a name of its own, of which the identifier of its event is made."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Hent//Trip//EN"]
    for name, found in trips:
        lines.extend(_event(name, found, now_s, said))
    return LINE_END.join(_folded(line) for line in (*lines, "END:VCALENDAR")) + LINE_END


def _event(name: str, found: Card, now_s: int, said: Sentences) -> Iterator[str]:
    first, last = found.legs[0], found.legs[-1]
    told = "\n".join(filter(None, (*(_line(leg, said) for leg in found.legs), found.to_ask)))
    yield from ("BEGIN:VEVENT", f"UID:{sha256(name.encode()).hexdigest()[:32]}@hent", f"DTSTAMP:{_stamp(now_s)}")
    if found.to_ask:
        yield "STATUS:TENTATIVE"
    yield from (f"DTSTART:{_stamp(first.start_s)}", f"DTEND:{_stamp(last.end_s)}")
    yield from (
        f"SUMMARY:{_escaped(f'{first.start.name} → {last.end.name}')}",
        f"LOCATION:{_escaped(first.start.name)}",
    )
    yield from (f"DESCRIPTION:{_escaped(told)}", "END:VEVENT")


def _line(leg: LegLine, said: Sentences) -> str:
    return f"{_at(leg.start, said)} > {_at(leg.end, said)}: {leg.line or leg.text}"


def _at(stop: StopLine, said: Sentences) -> str:
    quay = f", {said['answer']['platform'].format(name=stop.quay)}" if stop.quay else ""
    return f"{stop.when} {stop.name}{quay}"


def _stamp(epoch_s: int) -> str:
    return datetime.fromtimestamp(epoch_s, UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    for letter in "\\;,":
        text = text.replace(letter, f"\\{letter}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets; what goes on begins with a space (section 3.1)."""
    parts, part = [], ""
    for letter in line:
        if len((part + letter).encode()) > LONGEST_LINE:
            parts.append(part)
            part = ""
        part += letter
    return f"{LINE_END} ".join([*parts, part])
