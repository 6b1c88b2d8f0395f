"""The rules of the canonical GTFS validator, asked of its engine gtfs-guru in a process of its own.

The process is polite, may use so much memory and time and no more, and what becomes of it harms nobody: a check that
is not finished is itself a finding. The engine never refuses a feed; only our own rules do.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from gtfs.archive import ReadLimits
from gtfs.notice import Notice, Severity

UNFINISHED = "canonical_check_unfinished"


@dataclass(frozen=True, slots=True)
class CanonicalFindings:
    """notices: the first thousand of each code; counts: of all. What a rule of ours finds is left to it."""

    notices: tuple[Notice, ...] = ()
    counts: tuple[tuple[str, int], ...] = ()

    def placed(self, line: Callable[[str, int], int]) -> CanonicalFindings:
        """line: where what stands on a line of a file was published."""
        notices = tuple(replace(one, line=line(one.file, one.line)) for one in self.notices)
        return CanonicalFindings(notices, self.counts)


NOTHING_FOUND = CanonicalFindings()
Engine = Callable[[Path, date, ReadLimits], CanonicalFindings]


def no_engine(path: Path, today: date, limits: ReadLimits) -> CanonicalFindings:
    """For a feed that was checked when it came, and is only read again."""
    return NOTHING_FOUND


def canonical(path: Path, today: date, limits: ReadLimits, country: str = "") -> CanonicalFindings:
    """path: a zip or a folder that has been read within the limits before. country: whose telephone numbers the
    feed gives, two letters of ISO 3166-1; without one they are not judged."""
    command = [sys.executable, "-m", "gtfs.canonical_child", str(path), today.isoformat()]
    try:
        done = subprocess.run(
            [*command, str(limits.max_check_bytes), country],
            capture_output=True,
            timeout=limits.max_check_s,
            check=True,
        )
        return _found(json.loads(done.stdout))
    except subprocess.TimeoutExpired:
        return _unfinished(f"it took longer than {limits.max_check_s:g} s")
    except (subprocess.CalledProcessError, ValueError):
        return _unfinished(f"it failed, or needed more than {limits.max_check_bytes // 2**20} MiB")


def _found(told: dict[str, list[list[str | int]]]) -> CanonicalFindings:
    notices = tuple(
        Notice(str(code), Severity[str(severity)], str(file), int(line), str(field), str(value), str(message), True)
        for code, severity, file, line, field, value, message in told["notices"]
    )
    return CanonicalFindings(notices, tuple((str(code), int(count)) for code, count in told["counts"]))


def _unfinished(why: str) -> CanonicalFindings:
    return CanonicalFindings((Notice(UNFINISHED, Severity.WARNING, "", message=why),), ((UNFINISHED, 1),))
