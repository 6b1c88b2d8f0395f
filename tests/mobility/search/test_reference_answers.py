"""Whole cities, one weekday each, with answers on which independent engines agree."""

import json
import os
from datetime import datetime
from pathlib import Path

import pytest

from mobility.feeds.evaluate import ReferenceFiles, evaluate

REFERENCE = os.environ.get("HENT_REFERENCE_DATA")
pytestmark = pytest.mark.skipif(not REFERENCE, reason="HENT_REFERENCE_DATA does not name the reference data")


@pytest.mark.parametrize("city", ["cairns", "helsinki"])
def test_every_answer_is_that_of_the_reference(city: str) -> None:
    folder = Path(REFERENCE or "") / "reference" / city
    day = datetime.strptime(json.loads((folder / "meta.json").read_text())["date"], "%Y%m%d").date()  # noqa: DTZ007
    files = ReferenceFiles(folder / "queries.csv", folder / "answers.csv", folder / "window_answers.csv")
    found = evaluate(folder / "gtfs.zip", day, files)
    told = found.to_dict()
    assert (told["queries"], told["equal"]) == (1000, 1000)
    assert told["window"] == {"queries": 1000, "equal": 1000}
    assert found.all_equal
