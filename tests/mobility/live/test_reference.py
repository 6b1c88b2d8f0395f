"""Captured and made files of real time: every changed call, and the answers of an engine that is not ours."""

from __future__ import annotations

import csv
import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mobility.feeds.evaluate import ReferenceFiles, Replayed, evaluate
from mobility.feeds.evaluation import Evaluation
from tests.gtfs.realtime.feeds import feed, reference_data

REFERENCES = {
    "sncb": ("reference_rt/sncb/gtfs.zip", date(2019, 6, 4), 1_559_661_248),
    "helsinki": ("reference/helsinki/gtfs.zip", date(2022, 2, 22), 1_645_516_800),
}


def evaluated(name: str, replayed: Replayed, answers: str, windows: bool) -> Evaluation:
    zip_file, day, now_s = REFERENCES[name]
    folder = reference_data(f"reference_rt/{name}")
    files = ReferenceFiles(folder / "queries.csv", folder / answers, folder / "window_answers.csv" if windows else None)
    return evaluate(reference_data(zip_file), day, files, replace(replayed, now_s=now_s))


@pytest.mark.parametrize("name", REFERENCES)
def test_every_changed_call_and_every_answer_is_the_reference_s(name: str, tmp_path: Path) -> None:
    folder, written = reference_data(f"reference_rt/{name}"), tmp_path / "calls.csv"
    found = evaluated(name, Replayed(folder / "trip_updates.pb", 0, written), "answers.csv", windows=True)
    assert (found.pareto.queries, found.pareto.unequal) == (500, ())
    assert (found.window.queries, found.window.unequal) == (500, ())
    expected = gzip.decompress((folder / "changed_calls.csv.gz").read_bytes()).decode()
    assert sorted(csv.reader(expected.splitlines())) == sorted(csv.reader(written.read_text().splitlines()))


def test_without_updates_the_planned_answers_come_again(tmp_path: Path) -> None:
    (tmp_path / "nothing.pb").write_bytes(feed())
    found = evaluated("sncb", Replayed(tmp_path / "nothing.pb", 0), "answers_static.csv", windows=False)
    assert (found.pareto.queries, found.pareto.unequal) == (500, ())
