"""Findings about a feed. A finding is a value: it is collected and shown, never raised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from gtfs.counted import counted
from gtfs.remedy import remedy

NOTICED = frozenset(
    """no_service_day expired_feed feed_ends_soon connection_lost stop_never_served unusable_trip duplicate_trip
    service_never_active stop_without_location missing_stop_name invalid_timezone headway_too_small""".split()
)
"""What travellers notice before anybody reads a report."""


class Severity(IntEnum):
    """How much a finding matters to a traveller: ERROR may give wrong answers, INFO merely could be better."""

    INFO = 1
    WARNING = 2
    ERROR = 3


@dataclass(frozen=True, slots=True)
class Notice:
    """One finding. line: of the file as an editor counts it, 0 where no single line is meant. canonical: not ours; it
    never refuses a feed."""

    code: str
    severity: Severity
    file: str
    line: int = 0
    field: str = ""
    value: str = ""
    message: str = ""
    canonical: bool = False

    def __str__(self) -> str:
        place = ":".join(str(part) for part in (self.file, self.line or "", self.field) if part)
        value = f" {self.value[:80]!r}" if self.value else ""
        message = f" ({self.message})" if self.message else ""
        return f"{self.severity.name} {self.code} {place}{value}{message}"


@dataclass(frozen=True, slots=True, eq=False)
class Report:
    """What was found in one version of a feed: at most `KEPT` notices of a code, and how many of each there were."""

    source: str
    sha256: str
    checked_on: date
    notices: tuple[Notice, ...]
    counts: dict[str, int]
    blocking: frozenset[str]

    KEPT = 1000

    @property
    def faults(self) -> tuple[Notice, ...]:
        """The notices that make the feed unusable."""
        return tuple(notice for notice in self.notices if notice.code in self.blocking and not notice.canonical)

    def blocks(self, code: str) -> bool:
        return any(notice.code == code for notice in self.faults)

    @property
    def accepted(self) -> bool:
        return not self.faults

    def of(self, code: str) -> tuple[Notice, ...]:
        return tuple(notice for notice in self.notices if notice.code == code)

    def __str__(self) -> str:
        """Gravest first, five examples of each code; what is merely good to know in one line at the end."""
        verdict = "accepted" if self.accepted else "REJECTED"
        lines = [f"{self.source}: {verdict}, {counted(sum(self.counts.values()), 'finding')} ({self.sha256[:12]})"]
        codes = sorted(self.counts, key=self._gravity)
        notes = [code for code in codes if max(one.severity for one in self.of(code)) is Severity.INFO]
        for code in [code for code in codes if code not in notes]:
            found = self.of(code)
            lines.append(f"{self.counts[code]:>7} x {found[0].severity.name} {code}{' (blocking)' * self.blocks(code)}")
            lines += [f"          {_place(notice)}" for notice in found[:5]]
        told = ", ".join(f"{self.counts[code]} x {code}" for code in notes)
        return "\n".join([*lines, *([f"      good to know: {told}"] if notes else [])])

    def to_dict(self) -> dict[str, object]:
        """Ready for JSON. The shape follows the canonical validator's report.json: a code with its sample notices."""
        return {
            "source": self.source,
            "sha256": self.sha256,
            "checkedOn": self.checked_on.isoformat(),
            "accepted": self.accepted,
            "counts": self.severities(),
            "notices": [self._group(code) for code in sorted(self.counts, key=self._gravity)],
        }

    def severities(self) -> dict[str, int]:
        """How many findings of each severity, by its name."""
        found = Counter[str]()
        for code, count in self.counts.items():
            found[max(notice.severity for notice in self.of(code)).name] += count
        return {severity.name: found[severity.name] for severity in reversed(Severity)}

    def _gravity(self, code: str) -> tuple[bool, int, bool, bool, str]:
        """Of equal severity first what travellers notice, and last what is not of ours."""
        found = self.of(code)
        of_theirs = all(notice.canonical for notice in found)
        return not self.blocks(code), -max(one.severity for one in found), code not in NOTICED, of_theirs, code

    def _group(self, code: str) -> dict[str, object]:
        found = self.of(code)
        samples = [
            {"file": n.file, "line": n.line, "field": n.field, "value": n.value, "message": n.message} for n in found
        ]
        return {
            "code": code,
            "severity": max(notice.severity for notice in found).name,
            "blocking": self.blocks(code),
            "remedy": remedy(code).value,
            "totalNotices": self.counts[code],
            "sampleNotices": samples,
        }


def collect(notices: Iterable[Notice]) -> tuple[tuple[Notice, ...], dict[str, int]]:
    """The notices to keep, and the count of every code."""
    counts: Counter[str] = Counter()
    kept = []
    for notice in notices:
        counts[notice.code] += 1
        if counts[notice.code] <= Report.KEPT:
            kept.append(notice)
    return tuple(kept), dict(counts)


def _place(notice: Notice) -> str:
    return str(notice).split(" ", 2)[2]
