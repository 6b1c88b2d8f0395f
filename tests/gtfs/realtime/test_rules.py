"""The rules that our feeds are held to find what MobilityData's validator found in the same files."""

from __future__ import annotations

import json
from pathlib import Path

from tests.gtfs.realtime.feeds import reference_data
from tests.gtfs.realtime.published import Timetable
from tests.gtfs.realtime.rules import CODES, broken

RULES = "realtime/validator_rules"


def groups() -> list[dict[str, object]]:
    manifest = json.loads((reference_data(RULES) / "conformance/manifest.json").read_text())
    return [group for group in manifest["groups"] if not group["ignore_shapes"]]


def expected(results: Path) -> set[str]:
    return {one["errorMessage"]["validationRule"]["errorId"] for one in json.loads(results.read_text())} & CODES


def test_each_file_breaks_the_rules_that_the_validator_says() -> None:
    seen = set[str]()
    for group in groups():
        folder = reference_data(RULES) / "conformance" / str(group["name"])
        timetable = Timetable.of(reference_data(RULES) / "gtfs" / str(group["gtfs"]))
        for one in group["inputs"]:  # type: ignore[attr-defined]
            if one["skip"]:
                continue
            said = expected(folder / f"{one['name']}.results.json")
            assert broken((folder / one["name"]).read_bytes(), timetable, one["mtime"]) == said, one["name"]
            seen |= said
    assert seen == CODES
