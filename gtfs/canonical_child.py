"""The process in which gtfs-guru runs: FILE, DATE, BYTES of memory and COUNTRY ("": not known) as
arguments, what it found as JSON."""

from __future__ import annotations

import json
import os
import resource
import sys
from collections import Counter
from collections.abc import Mapping
from typing import Any

import gtfs_guru

NICE = 5
KEPT = 1000
OURS = {"filename", "childFilename", "csvRowNumber", "fieldName", "childFieldName", "fieldValue"}
"""Members of a notice's context that have a place of their own in ours."""
CanonicalRow = tuple[str, str, str, int, str, str, str]


def main() -> None:
    path, today, most_bytes, country = sys.argv[1:]
    os.nice(NICE)
    # What is written to counts, for the engine reserves several times the addresses that it uses.
    resource.setrlimit(resource.RLIMIT_DATA, (int(most_bytes), int(most_bytes)))
    result = gtfs_guru.validate(path, country_code=country or None, date=today)
    schema, counts, notices = gtfs_guru.notice_schema(), Counter[str](), []
    for notice in result.notices:
        counts[notice.code] += 1
        if counts[notice.code] <= KEPT:
            notices.append(_told(notice, schema.get(notice.code, {})))
    json.dump({"notices": notices, "counts": list(counts.items())}, sys.stdout)


def _told(notice: Any, schema: Mapping[str, Any]) -> CanonicalRow:
    """code, severity, file, line, field, value, message."""
    context = notice.context()
    files = schema.get("references", {}).get("fileReferences", [])
    rows = [int(value) for name, value in context.items() if "RowNumber" in name]
    # By name: the engine gives its members in another order each time, and two reports of one file shall be equal.
    others = sorted((name, value) for name, value in context.items() if name not in OURS and "RowNumber" not in name)
    return (
        notice.code,
        str(notice.severity),
        notice.file or context.get("filename") or context.get("childFilename") or (files[0] if files else ""),
        int(notice.row or max(rows, default=0)),
        notice.field or context.get("fieldName") or context.get("childFieldName") or "",
        str(context.get("fieldValue", "")),
        "; ".join([notice.message or "", *(f"{name} {value}" for name, value in others)]).strip("; "),
    )


if __name__ == "__main__":
    main()
